//! The words of the made-up organisation: its groups with their departments and sizes, and people's names.
//! Must not hold logic beyond turning a name into the local part of an address.

/// A group, the department that its people belong to, and how large it is beside the others.
pub(crate) struct Unit {
    pub(crate) name: &'static str,
    pub(crate) department: &'static str,
    pub(crate) weight: u64,
}

const fn unit(name: &'static str, department: &'static str, weight: u64) -> Unit {
    Unit { name, department, weight }
}

pub(crate) const UNITS: [Unit; 40] = [
    unit("Clinical staff", "Clinical Services", 140),
    unit("Teaching", "Education", 90),
    unit("Nursing", "Clinical Services", 120),
    unit("Students – Medicine", "Education", 110),
    unit("Students – Nursing", "Education", 70),
    unit("Administration", "Administration", 45),
    unit("Research", "Research", 50),
    unit("Cardiology", "Medicine", 22),
    unit("Radiology", "Diagnostics", 18),
    unit("Emergency department", "Medicine", 24),
    unit("Surgery", "Surgery", 26),
    unit("Anaesthesia", "Surgery", 14),
    unit("Paediatrics", "Medicine", 18),
    unit("Obstetrics & Gynaecology", "Medicine", 14),
    unit("Oncology", "Medicine", 16),
    unit("Neurology", "Medicine", 12),
    unit("Psychiatry", "Mental Health", 16),
    unit("Telehealth – adults", "Mental Health", 10),
    unit("Telehealth – children", "Mental Health", 6),
    unit("Orthopaedics", "Surgery", 12),
    unit("Dermatology", "Medicine", 7),
    unit("Pathology", "Diagnostics", 10),
    unit("Laboratory", "Diagnostics", 15),
    unit("Pharmacy", "Pharmacy", 14),
    unit("Physiotherapy", "Therapies", 12),
    unit("Social work", "Therapies", 8),
    unit("Chaplaincy", "Therapies", 2),
    unit("Library", "Education", 4),
    unit("Examinations office", "Education", 4),
    unit("Doctoral school", "Research", 8),
    unit("Ethics committee", "Research", 2),
    unit("Human resources", "Administration", 8),
    unit("Finance", "Administration", 9),
    unit("Legal", "Administration", 3),
    unit("Communications", "Administration", 5),
    unit("IT services", "IT", 14),
    unit("Service desk", "IT", 6),
    unit("Facilities", "Facilities", 20),
    unit("Executive board", "Administration", 2),
    unit("External lecturers", "Education", 12),
];

pub(crate) const JOBS: [&str; 3] = ["Consultant", "Assistant", "Lecturer"];

pub(crate) const FIRST_NAMES: [&str; 64] = [
    "Aisha", "Alan", "Amara", "Ana", "André", "Anja", "Aoife", "Arjun", "Astrid", "Beatriz", "Ben", "Björn", "Camille",
    "Carla", "Chen", "Chidi", "Clara", "Daniel", "David", "Deepa", "Elena", "Emil", "Emma", "Esther", "Fatima",
    "Felix", "Freya", "Grace", "Hana", "Hugo", "Ibrahim", "Ines", "Ivan", "Jack", "Jana", "Joana", "João", "Jonas",
    "Julia", "Kofi", "Laura", "Leila", "Lena", "Liam", "Lucía", "Mateo", "Maya", "Mei", "Mohammed", "Nadia", "Nina",
    "Noah", "Olga", "Omar", "Paul", "Priya", "Rosa", "Sam", "Sofia", "Søren", "Tara", "Tomás", "Yuki", "Zoë",
];

pub(crate) const LAST_NAMES: [&str; 96] = [
    "Adams",
    "Adeyemi",
    "Ahmed",
    "Ali",
    "Almeida",
    "Andersson",
    "Bauer",
    "Bianchi",
    "Brown",
    "Campbell",
    "Carter",
    "Castro",
    "Chen",
    "Clarke",
    "Cohen",
    "Costa",
    "Davies",
    "de Vries",
    "Diaz",
    "Dubois",
    "Edwards",
    "Eriksen",
    "Evans",
    "Farah",
    "Fernandes",
    "Fischer",
    "Flores",
    "Garcia",
    "Gómez",
    "Green",
    "Gupta",
    "Haddad",
    "Hall",
    "Hansen",
    "Hassan",
    "Hernández",
    "Hoffmann",
    "Hughes",
    "Ibrahim",
    "Ito",
    "Ivanova",
    "Jackson",
    "Jansen",
    "Johnson",
    "Jones",
    "Kaya",
    "Khan",
    "Kim",
    "Kowalski",
    "Kumar",
    "Larsen",
    "Lee",
    "Lewis",
    "Lindqvist",
    "López",
    "Martin",
    "Martínez",
    "Meyer",
    "Mitchell",
    "Moreau",
    "Morris",
    "Müller",
    "Murphy",
    "Nakamura",
    "Ncube",
    "Nguyen",
    "Novák",
    "O'Brien",
    "Okafor",
    "Olsen",
    "Osei",
    "Papadopoulos",
    "Park",
    "Patel",
    "Pereira",
    "Petrov",
    "Popescu",
    "Quinn",
    "Reid",
    "Ribeiro",
    "Rossi",
    "Sánchez",
    "Schmidt",
    "Sharma",
    "Silva",
    "Singh",
    "Smith",
    "Suzuki",
    "Taylor",
    "Thompson",
    "Tran",
    "Wagner",
    "Walker",
    "Wilson",
    "Wójcik",
    "Young",
];

/// A name in the letters of an e-mail address: `O'Brien` becomes `obrien`, `Müller` becomes `muller`.
pub(crate) fn local_part(name: &str) -> String {
    let plain = |letter: char| match letter {
        'á' | 'ã' => Some('a'),
        'é' | 'ë' => Some('e'),
        'í' => Some('i'),
        'ó' | 'ö' | 'ø' => Some('o'),
        'ü' => Some('u'),
        'ñ' => Some('n'),
        letter => letter.is_ascii_alphanumeric().then_some(letter),
    };
    name.to_lowercase().chars().filter_map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::{FIRST_NAMES, LAST_NAMES, UNITS, local_part};
    use std::collections::BTreeSet;

    #[test]
    fn names_keep_all_their_letters_in_addresses() {
        for name in FIRST_NAMES.iter().chain(&LAST_NAMES) {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert_eq!(local_part(name).len(), letters, "{name}");
        }
    }

    #[test]
    fn names_occur_once() {
        let distinct = |names: &[&str]| names.iter().map(|name| local_part(name)).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(&FIRST_NAMES), FIRST_NAMES.len());
        assert_eq!(distinct(&LAST_NAMES), LAST_NAMES.len());
        assert_eq!(UNITS.iter().map(|unit| unit.name).collect::<BTreeSet<_>>().len(), UNITS.len());
    }
}
