//! Divisions: parts of the account, of which each person is in one. The main one is there from the start.
//! Must not keep lists of people: who is where stands with the person.

use serde_json::{Value, json};

use super::rules::Rule;
use super::state::State;
use crate::dice::Dice;

/// A division's number inside the sandbox; 0 is the main division. Never used twice.
pub(super) type DivisionNumber = u16;

pub(super) struct Division {
    pub(super) number: DivisionNumber,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
}

/// Name, description and the departments whose people start there. The last one starts empty.
const PLANTED: [(&str, &str, &[&str]); 5] = [
    ("Example University Hospital", "Everybody who is in no other division", &[]),
    ("School of Medicine", "Teaching, students and examinations", &["Education"]),
    ("Research institute", "Laboratories, doctoral school and ethics", &["Research"]),
    ("Services", "Administration, IT and facilities", &["Administration", "IT", "Facilities"]),
    ("Visiting teams", "For guests of next year's congress", &[]),
];

/// The division in which the people of a department start.
pub(super) fn of_department(department: &str) -> DivisionNumber {
    let at = PLANTED.iter().position(|(_, _, departments)| departments.contains(&department));
    at.and_then(|at| DivisionNumber::try_from(at).ok()).unwrap_or(0)
}

pub(super) fn plant(seed: u64) -> Vec<Division> {
    let numbered = (0..).zip(&PLANTED);
    numbered.map(|(number, (name, description, _))| Division::new(seed, number, name, description)).collect()
}

impl Division {
    fn new(seed: u64, number: DivisionNumber, name: &str, description: &str) -> Self {
        Self {
            number,
            id: Dice::of(seed, "division", u64::from(number)).id(),
            name: name.to_owned(),
            description: description.to_owned(),
        }
    }

    pub(super) fn is_main(&self) -> bool {
        self.number == 0
    }

    /// As one division is read; the list adds how many people are in it.
    pub(super) fn shown(&self) -> Value {
        json!({
            "division_id": self.id,
            "division_name": self.name,
            "division_description": self.description,
            "is_main_division": self.is_main(),
        })
    }
}

impl State {
    pub(super) fn division(&self, id: &str) -> Result<&Division, Rule> {
        self.divisions.iter().find(|one| one.id == id).ok_or_else(|| Rule::NoSuchDivision(id.to_owned()))
    }

    pub(super) fn division_mut(&mut self, id: &str) -> Result<&mut Division, Rule> {
        self.divisions.iter_mut().find(|one| one.id == id).ok_or_else(|| Rule::NoSuchDivision(id.to_owned()))
    }

    pub(super) fn division_id(&self, number: DivisionNumber) -> Option<&str> {
        self.divisions.iter().find(|one| one.number == number).map(|one| one.id.as_str())
    }

    pub(super) fn refuse_taken_division(&self, name: &str, besides: Option<&str>) -> Result<(), Rule> {
        let taken = self.divisions.iter().any(|one| one.name == name && Some(one.id.as_str()) != besides);
        if taken { Err(Rule::DivisionNameInUse(name.to_owned())) } else { Ok(()) }
    }

    pub(super) fn create_division(&mut self, name: &str, description: &str) -> Result<&Division, Rule> {
        self.refuse_taken_division(name, None)?;
        if self.divisions.len() >= self.account.maximum_divisions {
            return Err(Rule::DivisionsFull);
        }
        let number = self.next_division;
        self.next_division += 1;
        self.divisions.push(Division::new(self.seed, number, name, description));
        self.divisions.last().ok_or(Rule::DivisionsFull)
    }
}
