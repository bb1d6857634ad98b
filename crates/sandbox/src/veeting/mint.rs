//! Ids, numbers and tokens in the vendor's forms. Must not give one twice.

use crate::clock::Timestamp;
use crate::dice::Dice;

#[derive(Clone)]
pub(super) struct Mint {
    seed: u64,
    given: u64,
}

impl Mint {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, given: 0 }
    }

    fn dice(&mut self, what: &str) -> Dice {
        self.given += 1;
        Dice::of(self.seed, what, self.given)
    }

    /// An id of 24 hexadecimal digits, as the vendor's database makes them: the second, the machine, a counter.
    pub(super) fn id(&mut self, at: Timestamp) -> String {
        let mut machine = Dice::of(self.seed, "veeting machine", 0);
        let start = machine.throw();
        self.given += 1;
        let (machine, counter) = (machine.throw() & 0xff_ffff_ffff, start.wrapping_add(self.given) & 0xff_ffff);
        format!("{:08x}{machine:010x}{counter:06x}", at.second() & 0xffff_ffff)
    }

    /// The number that people call a meeting by: four times four digits.
    pub(super) fn number(&mut self) -> String {
        let mut dice = self.dice("veeting number");
        let groups: Vec<String> = (0..4).map(|_| format!("{:04}", dice.below(10_000))).collect();
        groups.join("-")
    }

    /// What opens a calendar without a key: two UUIDs.
    pub(super) fn token(&mut self) -> String {
        let mut dice = self.dice("veeting token");
        format!("{}-{}", uuid(&mut dice), uuid(&mut dice))
    }
}

fn uuid(dice: &mut Dice) -> String {
    let (high, low) = (dice.throw(), dice.throw());
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::Mint;
    use crate::clock::Timestamp;

    #[test]
    fn ids_begin_with_their_second_and_are_never_given_twice() {
        let mut mint = Mint::new(1);
        let at = Timestamp::from_millis(0x5e94_59c5 * 1000);
        let ids: std::collections::BTreeSet<String> = (0..1000).map(|_| mint.id(at)).collect();
        assert_eq!(ids.len(), 1000);
        let begin = format!("{:08x}", at.second());
        assert!(ids.iter().all(|id| id.len() == 24 && id.starts_with(&begin)), "{ids:?}");
    }

    #[test]
    fn numbers_and_tokens_have_the_vendors_form() {
        let mut mint = Mint::new(1);
        assert_eq!(mint.number().split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        let token = mint.token();
        assert_eq!(token.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12, 8, 4, 4, 4, 12]);
        assert_ne!(mint.token(), token);
    }
}
