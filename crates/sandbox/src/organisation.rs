//! Who works in the made-up organisation: the same people, names and addresses for every vendor.
//! Must not know what a vendor keeps of a person, nor depend on anything but the seed and the position.

use crate::dice::Dice;
use crate::names::{FIRST_NAMES, LAST_NAMES, UNITS, local_part};

/// Without a factor in common with the number of names, so that each pair of names comes once before any comes twice.
const STRIDE: usize = 2593;

/// A person as all vendors know them.
pub(crate) struct Named {
    pub(crate) first_name: &'static str,
    pub(crate) last_name: &'static str,
    pub(crate) email: String,
}

/// The person at a position of the organisation's list.
pub(crate) fn named(seed: u64, at: usize) -> Named {
    let pairs = FIRST_NAMES.len() * LAST_NAMES.len();
    let start = Dice::of(seed, "names", 0).index(pairs);
    let pair = (at % pairs * STRIDE + start) % pairs;
    let (first_name, last_name) = (FIRST_NAMES[pair % FIRST_NAMES.len()], LAST_NAMES[pair / FIRST_NAMES.len()]);
    let again = at / pairs;
    let suffix = if again == 0 { String::new() } else { (again + 1).to_string() };
    let email = format!("{}.{}{suffix}@example.com", local_part(first_name), local_part(last_name));
    Named { first_name, last_name, email }
}

/// A second address that a few people have.
pub(crate) fn alias(seed: u64, at: usize) -> Option<String> {
    let Named { first_name, last_name, .. } = (at % 97 == 31).then(|| named(seed, at))?;
    let initial: String = first_name.chars().take(1).collect();
    Some(format!("{}{}{at}@example.com", local_part(&initial), local_part(last_name)))
}

/// An address that two of a list have, as those who sit at one desk do.
pub(crate) fn shared(at: usize) -> Option<String> {
    matches!(at % 1000, 21 | 22).then(|| format!("front.desk{}@example.com", at / 1000))
}

/// A person's id with one vendor and the unit they mainly belong to; the dice go on from there.
pub(crate) fn placed(seed: u64, at: usize) -> (String, usize, Dice) {
    let mut dice = Dice::of(seed, "person", u64::try_from(at).unwrap_or(u64::MAX));
    let id = dice.id();
    // The first people go one into each unit, so that none starts empty.
    let unit = if at < UNITS.len() { at } else { weighted(&mut dice) };
    (id, unit, dice)
}

/// A unit, the large ones more often.
pub(crate) fn weighted(dice: &mut Dice) -> usize {
    let total: u64 = UNITS.iter().map(|unit| unit.weight).sum();
    let mut left = dice.below(total);
    for (index, unit) in UNITS.iter().enumerate() {
        if left < unit.weight {
            return index;
        }
        left -= unit.weight;
    }
    0
}
