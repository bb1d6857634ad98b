//! Rule: versions stand in the workspace's table and nowhere else. Must not read more TOML than one line at a time:
//! that is how dependencies are written here.

use super::Finding;
use super::source::Source;

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.path.ends_with("Cargo.toml") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut in_dependencies = false;
    for (index, line) in source.text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            in_dependencies =
                line.trim_end_matches(']').ends_with("dependencies") && line != "[workspace.dependencies]";
            if line.contains("dependencies.") && !line.starts_with("[workspace.") {
                findings
                    .push(source.finding(index + 1, "Write a dependency on one line: name = { workspace = true }."));
            }
        } else if in_dependencies && names_a_version(line) {
            findings.push(source.finding(
                index + 1,
                "Versions stand in [workspace.dependencies] of the root: name = { workspace = true }.",
            ));
        }
    }
    findings
}

fn names_a_version(line: &str) -> bool {
    let Some((name, value)) = line.split_once('=').filter(|(name, _)| !name.starts_with('#')) else { return false };
    let value = value.trim();
    !name.contains(".workspace") && (value.starts_with('"') || value.starts_with('\'') || value.contains("version"))
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[test]
    fn a_version_in_a_member_is_found() {
        let text = "[package]\nversion = \"1.0.0\"\n[dependencies]\nserde = \"1\"\naxum = { version = \"0.8\" }\n\
                    ours = { workspace = true, features = [\"a\"] }\nother.workspace = true\n\
                    [target.'cfg(unix)'.dependencies]\nlibc = '0.2'\n[dependencies.long]\nversion = \"2\"\n";
        assert_eq!(lines(check, "crates/proxy/Cargo.toml", text), [4, 5, 9, 10]);
    }

    #[test]
    fn the_workspace_table_itself_passes() {
        let text = "[workspace.dependencies]\nserde = \"1\"\n[dependencies]\nserde = { workspace = true }\n";
        assert!(lines(check, "Cargo.toml", text).is_empty());
    }
}
