//! Repeatable chance: the same seed and the same name give the same throws, on every machine and in every order.
//! Must not be used for anything that has to be hard to guess.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A stream of numbers that belongs to one seed and one name (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn of(seed: u64, name: &str, index: u64) -> Self {
        // FNV-1a, so that names that differ in one letter start far apart.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in name.bytes().chain(index.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`; 0 when there are no sides.
    pub(crate) fn below(&mut self, sides: u64) -> u64 {
        self.throw().checked_rem(sides).unwrap_or(0)
    }

    pub(crate) fn index(&mut self, length: usize) -> usize {
        let sides = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.below(sides)).unwrap_or(0)
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.index(from.len()))
    }

    /// Sixteen bytes in base64url: the 22 characters of Zoom's ids.
    pub(crate) fn id(&mut self) -> String {
        let (first, second) = (self.throw().to_le_bytes(), self.throw().to_le_bytes());
        URL_SAFE_NO_PAD.encode([first, second].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn same_seed_and_name_throw_the_same_and_others_differ() {
        let id = |seed, name, index| Dice::of(seed, name, index).id();
        assert_eq!(id(1, "group", 7), id(1, "group", 7));
        assert_ne!(id(1, "group", 7), id(2, "group", 7));
        assert_ne!(id(1, "group", 7), id(1, "group", 8));
        assert_ne!(id(1, "group", 7), id(1, "person", 7));
        assert_eq!(id(1, "group", 7).len(), 22);
    }
}
