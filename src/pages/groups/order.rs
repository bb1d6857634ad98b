//! Which groups are shown and in which order, from what the address says. Plain functions: knows no store and draws
//! nothing.

use crate::stores::groups::Group;
use crate::ui::mark;
use crate::words::compare;

/// By what the rows are ordered.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Column {
    /// By name.
    #[default]
    Name,
    /// By the number of members.
    Members,
}

/// A column and a direction.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Order {
    /// Which column.
    pub(crate) column: Column,
    /// Whether the largest comes first.
    pub(crate) descending: bool,
}

impl Order {
    /// From the address: a column's name, with `-` before it when descending.
    pub(crate) fn read(text: &str) -> Self {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        match name {
            "members" => Self { column: Column::Members, descending },
            "name" => Self { column: Column::Name, descending },
            _ => Self::default(),
        }
    }

    /// For the address; empty for the usual order.
    pub(crate) const fn write(self) -> &'static str {
        match (self.column, self.descending) {
            (Column::Name, false) => "",
            (Column::Name, true) => "-name",
            (Column::Members, false) => "members",
            (Column::Members, true) => "-members",
        }
    }

    /// The order after a press on a column's head: names begin with the first, numbers with the largest.
    pub(crate) fn pressed(self, column: Column) -> Self {
        if self.column == column {
            Self { column, descending: !self.descending }
        } else {
            Self { column, descending: column == Column::Members }
        }
    }

    /// How the rows are ordered by a column, if they are.
    pub(crate) fn of(self, column: Column) -> Option<bool> {
        (self.column == column).then_some(self.descending)
    }
}

/// The groups whose name matches, in order. Groups of the same size stand by name.
pub(crate) fn arrange(mut groups: Vec<Group>, needle: &str, order: Order) -> Vec<Group> {
    if !needle.trim().is_empty() {
        groups.retain(|group| mark::find(&group.name, needle).is_some());
    }
    groups.sort_by(|a, b| {
        let by_name = || compare(&a.name, &b.name);
        match (order.column, order.descending) {
            (Column::Name, false) => by_name(),
            (Column::Name, true) => by_name().reverse(),
            (Column::Members, false) => a.members.cmp(&b.members).then_with(by_name),
            (Column::Members, true) => b.members.cmp(&a.members).then_with(by_name),
        }
    });
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(needle: &str, order: &str) -> Vec<String> {
        let group = |name: &str, members: Option<u64>| Group { id: name.into(), name: name.into(), members };
        let groups =
            vec![group("beta", Some(2)), group("Alpha", Some(2)), group("Gamma", None), group("delta", Some(9))];
        arrange(groups, needle, Order::read(order)).into_iter().map(|group| group.name).collect()
    }

    #[test]
    fn arrange_orders_by_name_whatever_the_case_and_by_size_then_name() {
        assert_eq!(names("", ""), ["Alpha", "beta", "delta", "Gamma"]);
        assert_eq!(names("", "-name"), ["Gamma", "delta", "beta", "Alpha"]);
        assert_eq!(names("", "-members"), ["delta", "Alpha", "beta", "Gamma"]);
        assert_eq!(names("", "members"), ["Gamma", "Alpha", "beta", "delta"]);
    }

    #[test]
    fn arrange_keeps_what_matches() {
        assert_eq!(names("ETA", ""), ["beta"]);
        assert_eq!(names("  ", "").len(), 4);
        assert!(names("nothing", "").is_empty());
    }

    #[test]
    fn order_written_reads_back_and_nonsense_is_the_usual_order() {
        for text in ["", "-name", "members", "-members"] {
            assert_eq!(Order::read(text).write(), text);
        }
        assert_eq!(Order::read("-size"), Order::default());
        assert_eq!(Order::default().pressed(Column::Members).write(), "-members");
        assert_eq!(Order::read("-members").pressed(Column::Members).write(), "members");
    }
}
