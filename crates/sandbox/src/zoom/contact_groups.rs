//! Contact groups: lists of people and user groups that clients show among their contacts.
//! Must not be mixed up with user groups: nobody's settings hang on them.

use serde_json::{Value, json};

use super::state::{GroupNumber, State};
use crate::dice::Dice;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Member {
    /// A position in `people`.
    Person(usize),
    Group(GroupNumber),
}

pub(super) struct ContactGroup {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: String,
    /// 1 for everybody, 2 for who searches, 3 for members.
    pub(super) privacy: u64,
    pub(super) members: Vec<Member>,
}

impl ContactGroup {
    pub(super) fn row(&self) -> Value {
        json!({
            "group_id": self.id,
            "group_name": self.name,
            "group_privacy": self.privacy,
            "description": self.description,
        })
    }

    pub(super) fn shown(&self) -> Value {
        let mut shown = self.row();
        shown["total_members"] = self.members.len().into();
        shown
    }
}

/// Name, description, privacy, a group that is in it, and every how manieth person.
const PLANTED: [(&str, &str, u64, GroupNumber, usize); 6] = [
    ("On call tonight", "Who can be reached after eight", 1, 9, 29),
    ("Crisis team", "Called together by the executive board", 3, 38, 61),
    ("Ward managers", "One from each ward", 2, 2, 23),
    ("Examiners", "Oral examinations in spring and autumn", 2, 28, 17),
    ("IT contacts", "Who knows whom to ask", 1, 35, 37),
    ("Newsletter", "Writes and proofreads", 1, 34, 41),
];

/// The contact groups of the start: some people of the first thousand each, and one group.
pub(super) fn plant(seed: u64, people: usize, groups: usize) -> Vec<ContactGroup> {
    let numbered = (0_u64..).zip(&PLANTED);
    let planted = numbered.map(|(number, (name, description, privacy, group, stride))| {
        let somebody = (0..people.min(1000)).skip(7).step_by(*stride).map(Member::Person);
        let there = usize::try_from(*group).is_ok_and(|at| at < groups);
        ContactGroup {
            id: id(seed, number),
            name: (*name).to_owned(),
            description: (*description).to_owned(),
            privacy: *privacy,
            members: somebody.chain(there.then_some(Member::Group(*group))).collect(),
        }
    });
    planted.collect()
}

pub(super) fn id(seed: u64, number: u64) -> String {
    format!("dir.{}", Dice::of(seed, "contact group", number).id())
}

impl State {
    /// Type, id and name of a member, or nothing when it is no longer there.
    pub(super) fn contact(&self, member: Member) -> Option<(u8, &str, String)> {
        match member {
            Member::Person(at) => self.people.get(at).map(|person| (1, person.id.as_str(), person.display_name())),
            Member::Group(number) => {
                let group = self.groups.iter().find(|group| group.number == number)?;
                Some((2, group.id.as_str(), group.name.clone()))
            }
        }
    }

    /// A person who left and a group that was deleted are nobody's contact.
    pub(super) fn forget_contact(&mut self, member: Member) {
        for group in &mut self.contact_groups {
            group.members.retain(|other| *other != member);
        }
    }
}
