//! Randomness, as a parameter. The only file of the proxy that may ask the machine for random bytes.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The machine has no random bytes to give.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct RandomFault;

/// Gives random bytes that nobody can guess.
pub trait Random: Send + Sync + 'static {
    /// Fills the whole slice or fails.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFault>;
}

/// The operating system's source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFault> {
        getrandom::fill(bytes).map_err(|_| RandomFault)
    }
}

/// A source that anybody can guess: for tests that must repeat.
#[derive(Debug, Default)]
pub struct CountingRandom(AtomicU64);

impl Random for CountingRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFault> {
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::digest(self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

/// An array of random bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> Result<[u8; N], RandomFault> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// A password of 120 bits that a person can type: no quotes, no spaces.
pub fn password(random: &dyn Random) -> Result<String, RandomFault> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<15>(random)?).replace('-', "x").replace('_', "y"))
}
