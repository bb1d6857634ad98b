//! Rule: who may use whom inside the console. Between crates Cargo sees to it.
//! Must not know single names: areas only.

use super::Finding;
use super::rust_tokens::{Kind, Token};
use super::source::Source;

/// An area of the console and what it may use of ours. The longest name that fits counts; what is not listed may use all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("api", &["api", "paths", "words"]),
    ("form", &["form", "ui", "words"]),
    ("form::change", &["form::change", "form::model"]),
    ("form::fields", &["form::change", "form::fields", "form::model", "ui", "words"]),
    ("form::model", &["form::change", "form::model"]),
    ("paths", &["paths"]),
    ("stores", &["api", "form::change", "form::model", "paths", "stores", "words"]),
    ("ui", &["ui", "words"]),
    ("words", &["words"]),
];

/// What plain Rust with host tests does without.
const BROWSER: &[&str] = &[
    "gloo_net",
    "js_sys",
    "leptos",
    "leptos_router",
    "reactive_stores",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// Areas that are plain Rust.
const PLAIN: &[&str] = &["form::change", "form::model"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let Some(file) = source.path.strip_prefix("src/").and_then(|file| file.strip_suffix(".rs")) else {
        return Vec::new();
    };
    let file = file.strip_suffix("/mod").unwrap_or(file);
    let module: Vec<&str> = if file == "main" { Vec::new() } else { file.split('/').collect() };
    let here = module.join("::");
    let mut findings = uses_of_ours(source, &module, &here);
    for token in source.tokens.iter().filter(|token| token.kind == Kind::Word) {
        let name = token.text.as_str();
        if name == "gloo_net" && !within(&here, "api") {
            findings.push(source.finding(token.line, "Only `api` speaks HTTP."));
        } else if BROWSER.contains(&name) && PLAIN.iter().any(|plain| within(&here, plain)) {
            findings.push(source.finding(token.line, format!("`{here}` is plain Rust: no {name}.")));
        }
    }
    findings
}

fn uses_of_ours(source: &Source, module: &[&str], here: &str) -> Vec<Finding> {
    let rule = MAY_USE.iter().filter(|(area, _)| within(here, area)).max_by_key(|(area, _)| area.len());
    let Some((area, allowed)) = rule else { return Vec::new() };
    let mut findings = Vec::new();
    for (used, line) in paths_of_ours(&source.tokens, module) {
        if !used.is_empty() && !within(&used, here) && !allowed.iter().any(|allowed| within(&used, allowed)) {
            findings.push(
                source.finding(line, format!("`{area}` may not use `{used}`; it may use {}.", allowed.join(", "))),
            );
        }
    }
    findings
}

/// Whether a module path stands in an area: `form::fields::text` in `form::fields`.
fn within(path: &str, area: &str) -> bool {
    path.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Every path that begins with `crate` or `super`, as seen from the top, with its line.
fn paths_of_ours(tokens: &[Token], module: &[&str]) -> Vec<(String, usize)> {
    let mut paths = Vec::new();
    let mut inner = InnerModules::default();
    for (place, token) in tokens.iter().enumerate() {
        inner.see(tokens, place);
        if continues_a_path(&tokens[..place]) {
            continue;
        }
        let full =
            || module.iter().map(|name| (*name).to_owned()).chain(inner.names.iter().map(|(name, _)| name.clone()));
        if token.is_word("crate") {
            collect(&tokens[place + 1..], Vec::new(), &mut paths);
        } else if token.is_word("super") {
            let mut base: Vec<String> = full().collect();
            base.pop();
            collect(&tokens[place + 1..], base, &mut paths);
        }
    }
    paths.into_iter().map(|(path, line)| (path.join("::"), line)).collect()
}

fn continues_a_path(before: &[Token]) -> bool {
    matches!(before, [.., first, second] if first.is_sign(":") && second.is_sign(":"))
}

/// Follows `::a::b` and `::{a, b::{c}}`.
fn collect(mut tokens: &[Token], mut base: Vec<String>, paths: &mut Vec<(Vec<String>, usize)>) {
    let mut line = tokens.first().map_or(0, |token| token.line);
    while let [first, second, next, rest @ ..] = tokens
        && first.is_sign(":")
        && second.is_sign(":")
    {
        if next.is_sign("{") {
            for branch in branches(rest) {
                collect_branch(branch, &base, paths);
            }
            return;
        }
        line = next.line;
        if next.is_word("super") {
            base.pop();
        } else if next.kind == Kind::Word {
            base.push(next.text.clone());
        } else {
            break;
        }
        tokens = rest;
    }
    paths.push((base, line));
}

fn collect_branch(branch: &[Token], base: &[String], paths: &mut Vec<(Vec<String>, usize)>) {
    let Some((first, rest)) = branch.split_first() else { return };
    let mut base = base.to_vec();
    if first.is_word("super") {
        base.pop();
    } else if first.kind == Kind::Word && first.text != "self" {
        base.push(first.text.clone());
    } else {
        paths.push((base, first.line));
        return;
    }
    if rest.is_empty() {
        paths.push((base, first.line));
    } else {
        collect(rest, base, paths);
    }
}

/// What stands between the commas of a group, up to its end.
fn branches(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut branches, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (place, token) in tokens.iter().enumerate() {
        if token.is_sign("{") {
            depth += 1;
        } else if token.is_sign("}") && depth > 0 {
            depth -= 1;
        } else if depth == 0 && (token.is_sign(",") || token.is_sign("}")) {
            branches.push(&tokens[start..place]);
            start = place + 1;
            if token.is_sign("}") {
                break;
            }
        }
    }
    branches.retain(|branch| !branch.is_empty());
    branches
}

/// Modules written inside the file, such as its tests: `super` counts from there.
#[derive(Default)]
struct InnerModules {
    names: Vec<(String, usize)>,
    depth: usize,
}

impl InnerModules {
    fn see(&mut self, tokens: &[Token], place: usize) {
        let token = &tokens[place];
        if token.is_sign("{") {
            self.depth += 1;
            if let [.., keyword, name] = &tokens[..place]
                && keyword.is_word("mod")
            {
                self.names.push((name.text.clone(), self.depth));
            }
        } else if token.is_sign("}") {
            if self.names.last().is_some_and(|(_, depth)| *depth == self.depth) {
                self.names.pop();
            }
            self.depth = self.depth.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::lines;
    use super::check;

    #[test]
    fn what_an_area_may_not_use_is_found() {
        for (path, text) in [
            ("src/ui/button.rs", "use crate::stores::session;"),
            ("src/ui/button.rs", "use super::super::api;"),
            ("src/stores/groups.rs", "use crate::{api::groups, pages::App};"),
            ("src/stores/groups.rs", "use crate::form::fields::text;"),
            ("src/form/fields/text.rs", "fn a() { crate::api::get(); }"),
            ("src/form/model.rs", "use leptos::prelude::*;"),
            ("src/form/model.rs", "use super::section::Section;"),
            ("src/stores/groups.rs", "use gloo_net::http::Request;"),
            ("src/api/mod.rs", "use crate::pages::groups;"),
        ] {
            assert_eq!(lines(check, path, text), [1], "{path}: {text}");
        }
    }

    #[test]
    fn what_an_area_may_use_passes() {
        for (path, text) in [
            ("src/ui/button.rs", "use super::icon::Icon; use crate::words::t;"),
            ("src/ui/button.rs", "mod tests { use super::*; }"),
            ("src/api/groups.rs", "use gloo_net::http::Request; use super::error::Problem;"),
            ("src/stores/groups.rs", "use crate::api::{self, groups}; use crate::form::model::Model;"),
            ("src/form/fields/text.rs", "use super::super::model::Model; use crate::ui::{input::Input, Tag};"),
            ("src/form/model.rs", "use roomkey_schema::form::Form; // leptos"),
            ("src/pages/groups.rs", "use crate::{api, form, stores, ui};"),
            ("src/main.rs", "use crate::pages::App;"),
            ("crates/proxy/src/a.rs", "use crate::pages::x;"),
        ] {
            assert!(lines(check, path, text).is_empty(), "{path}: {text}");
        }
    }
}
