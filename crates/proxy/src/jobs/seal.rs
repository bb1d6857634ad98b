//! Seals values that are kept for a while: files, and what rows set. ChaCha20-Poly1305 with a key of the data directory that
//! is not in the database. Each box is bound to its place, so that none can be put where another was.

use std::io;
use std::path::Path;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::audit::key::open_or_create_secret;
use crate::random::{Random, bytes};

/// Name of the key in the data directory.
pub const KEY_FILE: &str = "jobs.key";

/// Seals and opens.
pub struct Seal(LessSafeKey);

/// What was sealed cannot be opened: another key, or not what was sealed.
#[derive(Debug, thiserror::Error)]
#[error("a sealed value cannot be opened; does jobs.key belong to this database?")]
pub struct SealFault;

impl Seal {
    /// With the data directory's key; makes the key when there is none.
    pub fn open_or_create(directory: &Path, random: &dyn Random) -> io::Result<Self> {
        let key = open_or_create_secret(directory, KEY_FILE, random)?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &key).map_err(|_| io::Error::other("the key is of no use"))?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals for a place.
    pub fn close(&self, place: &str, plain: &[u8], random: &dyn Random) -> Result<Vec<u8>, SealFault> {
        let nonce: [u8; NONCE_LEN] = bytes(random).map_err(|_| SealFault)?;
        let mut sealed = plain.to_vec();
        let aad = Aad::from(place.as_bytes());
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed)
            .map_err(|_| SealFault)?;
        sealed.splice(..0, nonce);
        Ok(sealed)
    }

    /// Opens what was sealed for that place.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or(SealFault)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealFault)?;
        let mut plain = sealed.to_vec();
        let length = self.0.open_in_place(nonce, Aad::from(place.as_bytes()), &mut plain).map_err(|_| SealFault)?.len();
        plain.truncate(length);
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::CountingRandom;

    #[test]
    fn what_was_sealed_opens_at_its_place_only() {
        let directory = tempfile::tempdir().expect("directory");
        let random = CountingRandom::default();
        let seal = Seal::open_or_create(directory.path(), &random).expect("seal");
        let sealed = seal.close("job/7", b"0482", &random).expect("sealed");
        assert!(!sealed.windows(4).any(|part| part == b"0482"));
        let again = Seal::open_or_create(directory.path(), &random).expect("the same key");
        assert_eq!(again.open("job/7", &sealed).expect("opened"), b"0482");
        assert!(again.open("job/8", &sealed).is_err() && again.open("job/7", &sealed[1..]).is_err());
    }
}
