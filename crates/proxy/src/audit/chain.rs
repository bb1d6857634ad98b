//! How rows of the record hang together: each hash covers the hash before it, and a seal made with a key from outside
//! the database covers the end. Pure; must not read or write anything.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// SHA-256.
pub type Hash = [u8; 32];

/// What stands before the first row.
pub const GENESIS: Hash = [0; 32];

/// Keeps hashes of other uses apart from these.
const LINK_DOMAIN: &[u8] = b"roomkey record row 1\n";
const SEAL_DOMAIN: &[u8] = b"roomkey record seal 1\n";

/// Makes and checks hashes and seals.
pub struct Chain {
    key: SecretBox<[u8; 32]>,
}

impl Chain {
    /// A chain whose seals are made with `key`.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key: SecretBox::new(Box::new(key)) }
    }

    /// Hash of a row.
    pub fn link(&self, seq: u64, previous: &Hash, content: &str) -> Hash {
        Sha256::new()
            .chain_update(LINK_DOMAIN)
            .chain_update(seq.to_be_bytes())
            .chain_update(previous)
            .chain_update(content.as_bytes())
            .finalize()
            .into()
    }

    /// Seal over the end of the record.
    pub fn seal(&self, seq: u64, hash: &Hash) -> Hash {
        // An HMAC takes a key of any length; this one's is fixed.
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(self.key.expose_secret()) else { return GENESIS };
        mac.chain_update(SEAL_DOMAIN).chain_update(seq.to_be_bytes()).chain_update(hash).finalize().into_bytes().into()
    }

    /// Whether that seal was made with our key over that end.
    pub fn is_seal(&self, seal: &Hash, seq: u64, hash: &Hash) -> bool {
        self.seal(seq, hash).ct_eq(seal).into()
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A hash from its hexadecimal form.
pub fn from_hex(text: &str) -> Option<Hash> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut hash = GENESIS;
    for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(hash)
}
