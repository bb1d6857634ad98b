//! Which accounts are one person. Pure: addresses decide, and where they contradict each other nothing is joined.

use std::collections::{BTreeMap, BTreeSet};

/// An account with its addresses, as they are compared.
#[derive(Clone, Debug)]
pub struct Member {
    /// Names the account.
    pub id: i64,
    /// Vendor's id.
    pub vendor: String,
    /// In small letters.
    pub addresses: Vec<String>,
}

/// Accounts that are one person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Group {
    /// In order; at least one.
    pub members: Vec<i64>,
    /// Whether an address of it belongs to others too.
    pub ambiguous: bool,
}

/// Joins accounts that share an address. `crowded` are addresses that more accounts have than are given here. An address
/// that leads to two accounts of one vendor joins nothing; and where one account would bring two of another vendor
/// together, none of them is joined.
pub fn join(members: &[Member], crowded: &BTreeSet<String>) -> Vec<Group> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        for address in member.addresses.iter().collect::<BTreeSet<_>>() {
            holders.entry(address).or_default().push(at);
        }
    }
    let contested = |address: &str| {
        crowded.contains(address) || holders.get(address).is_some_and(|holders| has_a_vendor_twice(members, holders))
    };
    let mut sets = Sets((0..members.len()).collect());
    for (address, holders) in &holders {
        if !contested(address)
            && let Some((first, others)) = holders.split_first()
        {
            for other in others {
                sets.unite(*first, *other);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..members.len() {
        groups.entry(sets.root(at)).or_default().push(at);
    }
    let shares = |at: &usize| members.get(*at).is_some_and(|it| it.addresses.iter().any(|address| contested(address)));
    let mut joined = Vec::new();
    for group in groups.into_values() {
        let ids = |group: &[usize]| {
            let mut ids: Vec<i64> = group.iter().filter_map(|at| members.get(*at)).map(|member| member.id).collect();
            ids.sort_unstable();
            ids
        };
        if has_a_vendor_twice(members, &group) {
            joined.extend(group.iter().map(|at| Group { members: ids(&[*at]), ambiguous: true }));
        } else {
            joined.push(Group { members: ids(&group), ambiguous: group.iter().any(shares) });
        }
    }
    joined.sort_by(|one, other| one.members.cmp(&other.members));
    joined
}

fn has_a_vendor_twice(members: &[Member], group: &[usize]) -> bool {
    let vendors: BTreeSet<&str> = group.iter().filter_map(|at| members.get(*at)).map(|it| it.vendor.as_str()).collect();
    vendors.len() < group.len()
}

struct Sets(Vec<usize>);

impl Sets {
    fn root(&self, of: usize) -> usize {
        let mut at = of;
        while let Some(above) = self.0.get(at).copied().filter(|above| *above != at) {
            at = above;
        }
        at
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(root) = self.0.get_mut(one.max(other)) {
            *root = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn member(id: i64, vendor: &str, addresses: &[&str]) -> Member {
        let addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
        Member { id, vendor: vendor.to_owned(), addresses }
    }

    fn groups(members: &[Member]) -> Vec<(Vec<i64>, bool)> {
        join(members, &BTreeSet::new()).into_iter().map(|group| (group.members, group.ambiguous)).collect()
    }

    #[test]
    fn an_address_or_an_alias_joins_accounts_of_different_vendors() {
        let all = [
            member(1, "zoom", &["ann@x"]),
            member(2, "webex", &["a.reed@x", "ann@x"]),
            member(3, "connect", &["a.reed@x"]),
            member(4, "veeting", &["ben@x"]),
            member(5, "connect", &[]),
        ];
        assert_eq!(groups(&all), [(vec![1, 2, 3], false), (vec![4], false), (vec![5], false)]);
    }

    #[test]
    fn an_address_of_two_accounts_of_one_vendor_joins_nothing() {
        let all = [member(1, "zoom", &["a@x"]), member(2, "zoom", &["a@x"]), member(3, "webex", &["a@x"])];
        assert_eq!(groups(&all), [(vec![1], true), (vec![2], true), (vec![3], true)]);
    }

    #[test]
    fn an_alias_that_two_people_share_joins_neither_and_leaves_what_else_they_have() {
        let all = [
            member(1, "zoom", &["ann@x"]),
            member(2, "webex", &["ann@x", "team@x"]),
            member(3, "zoom", &["ben@x"]),
            member(4, "webex", &["ben@x", "team@x"]),
        ];
        assert_eq!(groups(&all), [(vec![1, 2], true), (vec![3, 4], true)]);
    }

    #[test]
    fn an_account_between_two_of_one_vendor_is_joined_with_neither() {
        let all = [member(1, "zoom", &["a@x"]), member(2, "webex", &["a@x", "b@x"]), member(3, "zoom", &["b@x"])];
        assert_eq!(groups(&all), [(vec![1], true), (vec![2], true), (vec![3], true)]);
    }

    #[test]
    fn an_address_that_half_the_world_has_joins_nothing() {
        let all = [member(1, "zoom", &["noreply@x"]), member(2, "webex", &["noreply@x"])];
        let crowded = BTreeSet::from(["noreply@x".to_owned()]);
        let groups = join(&all, &crowded);
        assert_eq!(groups, [Group { members: vec![1], ambiguous: true }, Group { members: vec![2], ambiguous: true }]);
    }

    fn some() -> impl Strategy<Value = Vec<Member>> {
        let addresses = prop::collection::vec(0_u8..6, 0..3);
        let one = (0_usize..4, addresses);
        prop::collection::vec(one, 0..12).prop_map(|all| {
            let vendors = ["zoom", "webex", "connect", "veeting"];
            let member = |(id, (vendor, addresses)): (i64, (usize, Vec<u8>))| Member {
                id,
                vendor: vendors[vendor].to_owned(),
                addresses: addresses.iter().map(|address| format!("{address}@x")).collect(),
            };
            (0..).zip(all).map(member).collect()
        })
    }

    proptest! {
        #[test]
        fn nobody_is_lost_nor_has_two_accounts_of_one_vendor(all in some()) {
            let groups = join(&all, &BTreeSet::new());
            let mut ids: Vec<i64> = groups.iter().flat_map(|group| group.members.clone()).collect();
            ids.sort_unstable();
            prop_assert_eq!(ids, all.iter().map(|member| member.id).collect::<Vec<_>>());
            for group in &groups {
                let vendors: Vec<&str> =
                    all.iter().filter(|one| group.members.contains(&one.id)).map(|one| one.vendor.as_str()).collect();
                prop_assert_eq!(vendors.iter().collect::<BTreeSet<_>>().len(), vendors.len());
            }
        }

        #[test]
        fn whoever_shares_an_address_is_joined_or_marked(all in some()) {
            let groups = join(&all, &BTreeSet::new());
            let group_of = |id: i64| groups.iter().find(|group| group.members.contains(&id)).expect("a group");
            for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (one, other))) {
                if one.id != other.id && one.addresses.iter().any(|address| other.addresses.contains(address)) {
                    let (left, right) = (group_of(one.id), group_of(other.id));
                    prop_assert!(left == right || left.ambiguous && right.ambiguous);
                }
            }
        }

        #[test]
        fn the_order_of_accounts_does_not_matter(all in some()) {
            let backwards: Vec<Member> = all.iter().rev().cloned().collect();
            prop_assert_eq!(join(&all, &BTreeSet::new()), join(&backwards, &BTreeSet::new()));
        }
    }
}
