//! What somebody may do whom others vouch for: the first of `[[roles]]` that names one of the person's groups. The order is
//! the operator's, so that it can be read from the configuration. Pure.

use roomkey_schema::{Role, Scope};

use crate::config::RoleRule;

/// Role and scope; none when no rule fits.
pub fn of(rules: &[RoleRule], groups: &[String]) -> Option<(Role, Scope)> {
    let fits = |rule: &&RoleRule| rule.groups.iter().any(|group| groups.contains(group));
    rules.iter().find(fits).map(|rule| (rule.role, rule.scope.clone()))
}

/// Every group that would have let the person in, for the log.
pub fn looked_for(rules: &[RoleRule]) -> String {
    rules.iter().flat_map(|rule| rule.groups.iter().map(String::as_str)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(groups: &[&str], role: Role, scope: &[&str]) -> RoleRule {
        let units = scope.iter().map(|unit| unit.parse().expect("a unit")).collect();
        RoleRule { groups: groups.iter().map(|group| (*group).to_owned()).collect(), role, scope: Scope { units } }
    }

    #[test]
    fn the_first_rule_that_fits_decides_and_none_lets_nobody_in() {
        let rules = [
            rule(&["north"], Role::Helpdesk, &["zoom.group:n"]),
            rule(&["desk", "night"], Role::Helpdesk, &[]),
            rule(&["boss"], Role::Admin, &[]),
        ];
        let of = |groups: &[&str]| {
            let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
            of(&rules, &groups).map(|(role, scope)| (role, scope.units.len()))
        };
        assert_eq!(of(&["boss", "desk", "north"]), Some((Role::Helpdesk, 1)));
        assert_eq!(of(&["night", "boss"]), Some((Role::Helpdesk, 0)));
        assert_eq!(of(&["boss"]), Some((Role::Admin, 0)));
        assert_eq!((of(&[]), of(&["Boss"]), of(&["bos"])), (None, None, None));
        assert_eq!(looked_for(&rules), "north, desk, night, boss");
    }
}
