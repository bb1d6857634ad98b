//! Password hashes: Argon2id, computed on the blocking pool, few at once. Must not say why a check failed: an unknown
//! name takes as long as a wrong password.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::random::{Random, RandomFault, bytes};

/// Memory of one computation; OWASP's Password Storage Cheat Sheet asks for 19 MiB with two passes.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Computations at once: they must neither starve other work nor fill the memory.
const AT_ONCE: usize = 2;
/// How long a sign-in waits for its turn.
const QUEUE: Duration = Duration::from_secs(10);

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordFault {
    /// Too many are being checked.
    #[error("too many passwords are being checked")]
    Busy,
    /// The machine has no random bytes.
    #[error(transparent)]
    Random(#[from] RandomFault),
    /// The algorithm refused its input.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
    /// The computation did not end.
    #[error("hashing a password was interrupted")]
    Interrupted,
}

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    random: Arc<dyn Random>,
    /// Hash of a password that nobody knows, checked when a name is unknown.
    nobody: Arc<str>,
}

impl Passwords {
    /// Prepares the hash that unknown names are checked against.
    pub fn new(random: Arc<dyn Random>) -> Result<Self, PasswordFault> {
        let nobody = hash(&bytes::<32>(&*random)?, &bytes::<16>(&*random)?)?.into();
        Ok(Self { turns: Arc::new(Semaphore::new(AT_ONCE)), random, nobody })
    }

    /// A new hash in PHC form.
    pub async fn hash(&self, password: SecretString) -> Result<String, PasswordFault> {
        let salt = bytes::<16>(&*self.random)?;
        self.compute(move || hash(password.expose_secret().as_bytes(), &salt)).await?
    }

    /// Whether the password fits. Without a hash it never does, and takes as long.
    pub async fn fits(&self, password: SecretString, known: Option<&str>) -> Result<bool, PasswordFault> {
        let is_known = known.is_some();
        let known = known.unwrap_or(&self.nobody).to_owned();
        let fits = self
            .compute(move || {
                PasswordHash::new(&known).is_ok_and(|known| {
                    Argon2::default().verify_password(password.expose_secret().as_bytes(), &known).is_ok()
                })
            })
            .await?;
        Ok(fits && is_known)
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordFault> {
        let turn = tokio::time::timeout(QUEUE, self.turns.clone().acquire_owned())
            .await
            .map_err(|_| PasswordFault::Busy)?
            .map_err(|_| PasswordFault::Interrupted)?;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(|_| PasswordFault::Interrupted)
    }
}

fn hash(password: &[u8], salt: &[u8]) -> Result<String, PasswordFault> {
    let failed = |error: &dyn std::fmt::Display| PasswordFault::Hash(error.to_string());
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| failed(&error))?;
    let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password, salt)
        .map_err(|error| failed(&error))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::CountingRandom;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::new(Arc::new(CountingRandom::default())).expect("passwords");
        let hash = passwords.hash("correct horse".into()).await.expect("hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.fits("correct horse".into(), Some(&hash)).await.expect("checked"));
        assert!(!passwords.fits("wrong horse".into(), Some(&hash)).await.expect("checked"));
        assert!(!passwords.fits("correct horse".into(), None).await.expect("checked"));
        assert!(!passwords.fits("correct horse".into(), Some("nonsense")).await.expect("checked"));
    }
}
