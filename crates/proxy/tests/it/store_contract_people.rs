//! What any store must do with the people index, written against the trait.

use std::collections::BTreeSet;

use roomkey_proxy::people::query::Query;
use roomkey_proxy::store::Store;
use roomkey_proxy::store::people::PeopleStore;
use roomkey_schema::path::PathParams;
use roomkey_schema::people::{Hit, Kind};
use roomkey_schema::people_build::Line;
use roomkey_schema::scope::Unit;

pub(crate) fn line(id: &str, name: &str, emails: &[&str]) -> Line {
    Line {
        id: id.to_owned(),
        name: name.to_owned(),
        emails: emails.iter().map(|email| (*email).to_owned()).collect(),
        place: "a.place".to_owned(),
        params: PathParams::from_iter([("id".to_owned(), id.to_owned())]),
        ..Line::default()
    }
}

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

fn in_unit(line: Line, units: &[&str]) -> Line {
    Line { units: units.iter().map(|text| unit(text)).collect(), ..line }
}

fn meeting(id: &str, name: &str, host: &str) -> Line {
    Line { kind: Kind::Meeting, host: host.to_owned(), ..line(id, name, &[]) }
}

/// Reads a vendor whole.
async fn read(store: &dyn PeopleStore, vendor: &str, lines: &[Line]) {
    let pass = store.begin_reading(vendor, "{}").await.unwrap();
    store.put_lines(vendor, pass, lines, Some("{\"at\":1}")).await.unwrap();
    store.end_reading(vendor, pass, 1_000).await.unwrap();
}

async fn hits(store: &dyn PeopleStore, text: &str) -> Vec<Hit> {
    store.search(&Query::new(text, 20, &[])).await.unwrap().0
}

async fn names(store: &dyn PeopleStore, text: &str) -> Vec<String> {
    hits(store, text).await.into_iter().map(|hit| hit.name).collect()
}

async fn one(store: &dyn PeopleStore, text: &str) -> Hit {
    let hits = hits(store, text).await;
    let [hit] = hits.as_slice() else { panic!("{text}: {hits:?}") };
    hit.clone()
}

pub(crate) async fn people_are_found_by_any_part_in_the_order_of_what_matters(store: &dyn Store) {
    let store = store.people();
    let mut zoe = line("u3", "Zoë Ångström", &["zoe@example.com"]);
    zoe.other_names = vec!["Zoë Wiśniewska-Łuczak".to_owned()];
    let mut ids = line("MixedCase", "Anna Müller", &["anna.mueller@example.com"]);
    ids.ids = vec!["5551234567".to_owned()];
    ids.department = "Intensive care".to_owned();
    let lines = [ids, line("u2", "Müller Anne", &["office@anna.example"]), zoe, line("u4", "Hannah Straße", &["hs@x"])];
    read(store, "zoom", &lines).await;
    for (text, found) in [
        ("anna", &["Anna Müller", "Müller Anne", "Hannah Straße"][..]),
        ("MÜLLER", &["Müller Anne", "Anna Müller"]),
        ("mueller", &["Anna Müller", "Müller Anne"]),
        ("mul ann", &["Anna Müller", "Müller Anne"]),
        ("müller anne", &["Müller Anne"]),
        ("strasse", &["Hannah Straße"]),
        ("STRAẞE", &["Hannah Straße"]),
        ("aß", &["Hannah Straße"]),
        ("lucz", &["Zoë Ångström"]),
        ("angstrom zo", &["Zoë Ångström"]),
        ("ngstr", &["Zoë Ångström"]),
        ("h", &["Hannah Straße"]),
        ("hs@x", &["Hannah Straße"]),
        ("zoe@exam", &["Zoë Ångström"]),
        ("5551234567", &["Anna Müller"]),
        ("mixedcase", &["Anna Müller"]),
        ("intensive", &["Anna Müller"]),
        ("annamuller", &[]),
        ("ll", &["Anna Müller", "Müller Anne"]),
        ("\"", &[]),
        ("anna\" OR \"", &["Anna Müller", "Müller Anne", "Hannah Straße"]),
        ("", &[]),
    ] {
        let names = names(store, text).await;
        let expect = if text == "anna\" OR \"" { &[][..] } else { found };
        assert_eq!(names, expect, "{text}");
    }
    let (two, more) = store.search(&Query::new("ann", 2, &[])).await.unwrap();
    assert!(more && two.len() == 2, "{two:?}");
    let (three, more) = store.search(&Query::new("ann", 3, &[])).await.unwrap();
    assert!(!more && three.len() == 3, "{three:?}");
}

pub(crate) async fn one_address_makes_one_person_and_keys_stay(store: &dyn Store) {
    let store = store.people();
    read(store, "zoom", &[line("z1", "Ann Reed", &["Ann@x.com"])]).await;
    let before = one(store, "reed").await;
    assert!(before.key.bytes().all(|letter| letter.is_ascii_alphanumeric()) && before.key.len() >= 16, "{before:?}");
    read(store, "webex", &[line("w1", "A. Reed", &["areed@x.com", "ann@X.com"])]).await;
    read(store, "connect", &[line("c1", "areed", &["areed@x.com"])]).await;
    let joined = one(store, "reed").await;
    assert_eq!((joined.key.as_str(), joined.name.as_str(), joined.ambiguous), (before.key.as_str(), "Ann Reed", false));
    assert_eq!(joined.vendors, ["connect", "webex", "zoom"]);
    let person = store.person(&before.key, &[]).await.unwrap().unwrap();
    assert_eq!(person.emails, ["Ann@x.com", "areed@x.com"]);
    let accounts: Vec<&str> = person.accounts.iter().map(|account| account.vendor.as_str()).collect();
    assert_eq!(accounts, ["connect", "webex", "zoom"]);
    assert_eq!(person.accounts[2].params.get("id").map(String::as_str), Some("z1"));

    // The account that gave the key goes: the key still leads to the person, and is the same when it comes back.
    read(store, "zoom", &[]).await;
    let left = store.person(&before.key, &[]).await.unwrap().unwrap();
    assert_eq!(left.hit.vendors, ["connect", "webex"]);
    assert_eq!(one(store, "reed").await.vendors, ["connect", "webex"]);
    read(store, "zoom", &[line("z1", "Ann Reed", &["ann@x.com"])]).await;
    assert_eq!(store.person(&before.key, &[]).await.unwrap().unwrap().hit.vendors, ["connect", "webex", "zoom"]);

    // All of it goes.
    for vendor in ["zoom", "webex", "connect"] {
        read(store, vendor, &[]).await;
    }
    assert_eq!(store.person(&before.key, &[]).await.unwrap(), None);
    assert_eq!(hits(store, "reed").await, []);
}

pub(crate) async fn what_is_ambiguous_is_shown_and_not_guessed(store: &dyn Store) {
    let store = store.people();
    read(store, "zoom", &[line("z1", "Ann Reed", &["ann@x"]), line("z2", "Ben Reed", &["ben@x"])]).await;
    read(store, "webex", &[line("w1", "Ann Reed", &["ann@x", "team@x"]), line("w2", "Ben Reed", &["ben@x", "team@x"])])
        .await;
    let all = hits(store, "reed").await;
    assert_eq!(
        all.iter().map(|hit| (hit.name.as_str(), hit.ambiguous)).collect::<Vec<_>>(),
        [("Ann Reed", true), ("Ben Reed", true)]
    );
    assert!(all.iter().all(|hit| hit.vendors == ["webex", "zoom"]));
    let ann = store.person(&all[0].key, &[]).await.unwrap().unwrap();
    assert_eq!(ann.others.iter().map(|hit| hit.key.as_str()).collect::<Vec<_>>(), [all[1].key.as_str()]);

    // One of them gives the alias up: nothing is ambiguous any more.
    read(store, "webex", &[line("w1", "Ann Reed", &["ann@x", "team@x"]), line("w2", "Ben Reed", &["ben@x"])]).await;
    assert!(hits(store, "reed").await.iter().all(|hit| !hit.ambiguous));
    let keys: Vec<String> = hits(store, "reed").await.into_iter().map(|hit| hit.key).collect();
    assert_eq!(keys, [all[0].key.clone(), all[1].key.clone()]);

    // Two accounts of one vendor with one address: nobody is joined.
    read(store, "zoom", &[line("z1", "Ann Reed", &["ann@x"]), line("z2", "Ben Reed", &["ann@x"])]).await;
    let found = hits(store, "reed").await;
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found.iter().filter(|hit| hit.ambiguous).count(), 3, "Ben's Webex account shares nothing: {found:?}");
}

pub(crate) async fn an_address_of_hundreds_joins_nothing_and_costs_little(store: &dyn Store) {
    let store = store.people();
    let many = |vendor: &str| -> Vec<Line> {
        (0..300).map(|number| line(&format!("{vendor}{number}"), &format!("Number {number}"), &["all@x"])).collect()
    };
    read(store, "zoom", &many("z")).await;
    read(store, "webex", &many("w")).await;
    let (hits, more) = store.search(&Query::new("all@x", 100, &[])).await.unwrap();
    assert!(more && hits.len() == 100);
    assert!(hits.iter().all(|hit| hit.ambiguous && hit.vendors.len() == 1), "{hits:?}");
    let person = store.person(&hits[0].key, &[]).await.unwrap().unwrap();
    assert_eq!(person.others.len(), 20, "no more are told");
}

pub(crate) async fn units_are_those_of_the_whole_person(store: &dyn Store) {
    let store = store.people();
    let zoom = [
        in_unit(line("z1", "Ann Reed", &["ann@x"]), &["zoom.group:g1", "zoom.division:d1"]),
        in_unit(line("z2", "Ben Oak", &["ben@x"]), &["zoom.group:g2"]),
        in_unit(line("z3", "Cy Elm", &["twice@x"]), &["zoom.group:g1", "zoom.group:g2"]),
        in_unit(line("z4", "Di Elm", &["twice@x"]), &["zoom.group:g2"]),
    ];
    read(store, "zoom", &zoom).await;
    read(store, "webex", &[in_unit(line("w1", "Ann Reed", &["ann@x"]), &["webex.department:IT"])]).await;
    let mut login = line("c1", "Ann Reed", &["ANN@x"]);
    login.ids = vec!["areed".to_owned()];
    read(store, "connect", &[login, meeting("m1", "Elm round", "areed"), meeting("m2", "Elm talk", "")]).await;

    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let texts = |units: &BTreeSet<Unit>| units.iter().map(Unit::to_string).collect::<Vec<_>>();
    let ann = ["webex.department:IT", "zoom.division:d1", "zoom.group:g1"];
    let of = store.units_of("connect", &ids(&["c1", "areed", "Ann@X", "m1", "m2", "AREED", "c9"])).await.unwrap();
    for id in ["c1", "areed", "Ann@X", "m1"] {
        assert_eq!(texts(&of[id]), ann, "{id}");
    }
    assert_eq!(of["m2"], BTreeSet::new(), "nobody knows whose meeting it is");
    assert!(!of.contains_key("AREED") && !of.contains_key("c9"), "{of:?}");
    let of = store.units_of("zoom", &ids(&["z2", "twice@x", "ann@x", "areed"])).await.unwrap();
    assert_eq!(texts(&of["z2"]), ["zoom.group:g2"]);
    assert_eq!(texts(&of["twice@x"]), ["zoom.group:g2"], "only where both are");
    assert_eq!(texts(&of["ann@x"]), ann);
    assert!(!of.contains_key("areed"), "another vendor's login");

    let found = async |text: &str, units: &[&str]| {
        let units: Vec<Unit> = units.iter().map(|text| unit(text)).collect();
        let (hits, _) = store.search(&Query::new(text, 20, &units)).await.unwrap();
        hits.into_iter().map(|hit| hit.name).collect::<Vec<_>>()
    };
    assert_eq!(found("e", &["webex.department:IT"]).await, ["Elm round", "Ann Reed"]);
    assert_eq!(found("elm", &["zoom.group:g2"]).await, ["Cy Elm", "Di Elm"]);
    assert_eq!(found("elm", &["zoom.group:g1", "zoom.group:g9"]).await, ["Cy Elm", "Elm round"]);
    assert_eq!(found("elm", &[]).await, ["Cy Elm", "Di Elm", "Elm round", "Elm talk"]);
    assert_eq!(found("ben", &["zoom.group:g1"]).await, [""; 0]);
    let key = one(store, "ben oak").await.key;
    assert!(store.person(&key, &[unit("zoom.group:g2")]).await.unwrap().is_some());
    assert_eq!(store.person(&key, &[unit("zoom.group:g1")]).await.unwrap(), None);
    let cy = one(store, "cy elm").await.key;
    let seen = store.person(&cy, &[unit("zoom.group:g1")]).await.unwrap().unwrap();
    assert_eq!(seen.others, [], "whoever is elsewhere is not told");
}

pub(crate) async fn a_half_read_list_keeps_what_it_has_and_what_there_was(store: &dyn Store) {
    let store = store.people();
    read(store, "zoom", &[line("z1", "Ann Reed", &["a@x"]), line("z2", "Ben Oak", &["b@x"])]).await;
    let pass = store.begin_reading("zoom", "{\"page\":0}").await.unwrap();
    store.put_lines("zoom", pass, &[line("z3", "Cy Elm", &["c@x"])], Some("{\"page\":1}")).await.unwrap();
    store.note_problem("zoom", Some("Zoom does not answer.")).await.unwrap();
    assert_eq!(names(store, "x").await, ["Ann Reed", "Ben Oak", "Cy Elm"]);
    let sources = store.sources().await.unwrap();
    let zoom = sources.iter().find(|source| source.vendor == "zoom").unwrap();
    assert_eq!((zoom.pass, zoom.position.as_deref(), zoom.lines), (pass, Some("{\"page\":1}"), 3));
    assert_eq!((zoom.read_ms, zoom.problem.as_deref()), (Some(1_000), Some("Zoom does not answer.")));

    store.put_lines("zoom", pass, &[line("z1", "Ann Reed", &["a@x"])], None).await.unwrap();
    let unseen = store.unseen("zoom", pass, 5).await.unwrap();
    assert_eq!(unseen, [("a.place".to_owned(), "z2".to_owned())]);
    store.end_reading("zoom", pass, 2_000).await.unwrap();
    assert_eq!(names(store, "x").await, ["Ann Reed", "Cy Elm"]);
    let sources = store.sources().await.unwrap();
    let zoom = sources.iter().find(|source| source.vendor == "zoom").unwrap();
    assert_eq!((zoom.position.as_deref(), zoom.read_ms, zoom.lines), (None, Some(2_000), 2));
    assert_eq!(zoom.problem, None);

    store.remove_lines("zoom", &["z3".to_owned(), "z9".to_owned()]).await.unwrap();
    assert_eq!(names(store, "x").await, ["Ann Reed"]);
    store.put_lines("zoom", pass, &[line("z1", "Ann Oak", &["a@x"])], None).await.unwrap();
    assert_eq!(names(store, "ann").await, ["Ann Oak"]);
    assert_eq!(names(store, "reed").await, [""; 0], "the old name is gone");
    store.forget_vendor("zoom").await.unwrap();
    assert_eq!(names(store, "ann").await, [""; 0]);
    assert_eq!(store.sources().await.unwrap(), []);
}
