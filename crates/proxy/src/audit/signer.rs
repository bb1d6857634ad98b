//! Signs where the record ends, so that anybody who knows the public key can check it (Ed25519). The key is a file beside
//! the database, made on first use; must never be replaced while somebody keeps checkpoints.

use std::io;
use std::path::Path;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use super::chain::{Hash, hex};
use super::key::{self, SIGNING_KEY_FILE};
use crate::random::Random;

/// Keeps signatures of other uses apart from these.
const DOMAIN: &[u8] = b"roomkey record checkpoint 1\n";

/// Makes signatures.
pub struct Signer {
    pair: Ed25519KeyPair,
}

impl Signer {
    /// The signer of the data directory; makes its key when there is none.
    pub fn open_or_create(directory: &Path, random: &dyn Random) -> io::Result<Self> {
        Self::of(&key::open_or_create_secret(directory, SIGNING_KEY_FILE, random)?)
    }

    /// The signer of the data directory.
    pub fn open(directory: &Path) -> io::Result<Self> {
        Self::of(&key::read(&directory.join(SIGNING_KEY_FILE))?)
    }

    fn of(seed: &[u8; 32]) -> io::Result<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed);
        pair.map(|pair| Self { pair }).map_err(|_| io::Error::other("the checkpoints' key cannot be used"))
    }

    /// What others check signatures with, in hexadecimal.
    pub fn public_key(&self) -> String {
        hex(self.pair.public_key().as_ref())
    }

    /// Signature over an end of the record.
    pub fn sign(&self, at: &str, seq: u64, hash: &Hash) -> Vec<u8> {
        self.pair.sign(&message(at, seq, hash)).as_ref().to_vec()
    }

    /// Whether that signature is ours.
    pub fn is_ours(&self, signature: &[u8], at: &str, seq: u64, hash: &Hash) -> bool {
        let public = UnparsedPublicKey::new(&ED25519, self.pair.public_key().as_ref());
        public.verify(&message(at, seq, hash), signature).is_ok()
    }
}

/// Number, hash and time, after what they are.
fn message(at: &str, seq: u64, hash: &Hash) -> Vec<u8> {
    [DOMAIN, &seq.to_be_bytes(), hash, at.as_bytes()].concat()
}
