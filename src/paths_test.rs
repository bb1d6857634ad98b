//! What addresses mean, and that each reads back as what it was made of.

use super::*;

#[test]
fn every_route_reads_back_as_its_place() {
    assert_eq!(Place::read(&start()), Place::Desk);
    assert_eq!(Place::read(path_of(&desk("a b"))), Place::Desk);
    assert_eq!(Place::read(&person("a b")), Place::Person { key: "a b".into() });
    assert_eq!(people_call("", 1), "/api/people?q=&limit=1");
    assert_eq!(people_call("a b", 8), "/api/people?q=a%20b&limit=8");
    assert!(is_ours(&person("7")) && !is_ours(&person_call("7")) && !is_ours(&people_call("a", 8)));
    assert_eq!(Place::read(&sign_in("/")), Place::SignIn);
    assert_eq!(Place::read(SIGN_OUT), Place::SignOut);
    let window = sign_in_window("a-b_c", true);
    assert_eq!(Place::read(path_of(&window)), Place::SignInWindow);
    assert_eq!(asked_of_window(path_query(&window)), ("a-b_c".to_owned(), true));
    assert_eq!(asked_of_window(path_query(&sign_in_window("x", false))), ("x".to_owned(), false));
    assert_eq!(Place::read(&form("zoom.ten")), Place::Form { form_id: "zoom.ten".into() });
    assert_eq!(Place::read(&jobs()), Place::Jobs);
    assert_eq!(Place::read(&new_job()), Place::NewJob);
    assert_eq!(Place::read(&job("a b")), Place::Job { job_id: "a b".into() });
    assert!(is_ours(&job("7")) && !is_ours(&job_call("7", "export")));
    assert_eq!(Place::read(&connections()), Place::Connections);
    assert_eq!(Place::read(&record(&[])), Place::Record);
    assert_eq!(Place::read(&entry(7)), Place::Entry { seq: "7".into() });
    assert_eq!(record(&[("actor", "d a"), ("q", "")]), "/audit?actor=d%20a");
    assert_eq!(record_export(&[("q", "x")], "csv"), "/api/audit/export?q=x&format=csv");
    assert_eq!(test_call("zoom"), "/api/connections/zoom/test");
    assert_eq!((Place::read(&sessions()), Place::read(&signed_in())), (Place::Sessions, Place::SignedIn));
    assert_eq!(session_call("a1"), "/api/sessions/a1");
    assert_eq!(provider("/bulk?a=b", true), "/auth/oidc?to=%2Fbulk%3Fa%3Db&prove=1");
    assert!(!is_ours(path_of(&provider("/", false))), "the browser goes there, not the console");
    assert!(is_ours("/zoom/groups") && !is_ours("/api/zoom/groups") && !is_ours("/healthz"));
}

#[test]
fn place_of_an_object_reads_back_with_its_tab_and_hostile_ids_lead_to_the_start() {
    let group = |id: &str| PathParams::from_iter([("groupId".to_owned(), id.to_owned())]);
    let template = "/zoom/groups/{groupId}";
    let path = place(template, &group("a b?c#ü"), "settings");
    assert_eq!(find(template, &path), Some((group("a b?c#ü"), "settings".to_owned())));
    assert_eq!(find(template, "/zoom/groups/a"), Some((group("a"), String::new())));
    assert_eq!(find(template, "/zoom/groups"), None);
    assert_eq!(find("/zoom/groups", "/zoom/groups"), Some((PathParams::default(), String::new())));
    assert_eq!(place(template, &group("a/../b"), ""), "/");
}

#[test]
fn return_to_foreign_address_becomes_the_start_page() {
    for to in
        ["https://example.com/", "//example.com", "/\\example.com", "/sign-in", "/sign-out", "/nowhere", "zoom/groups"]
    {
        let query = with_query("", &[("to", to)]);
        assert_eq!(return_to(&query), "/", "{to}");
    }
    assert_eq!(return_to(path_query(&sign_in("/zoom/groups?q=a b&c"))), "/zoom/groups?q=a b&c");
}

#[test]
fn every_place_is_the_same_in_a_frame() {
    for place in ["/", "/?q=a", "/zoom/groups/7/settings?q=a#b", "/people/a%40b", "/bulk"] {
        let address = framed(place);
        assert!(is_framed(path_of(&address)), "{address}");
        assert_eq!(unframed(path_of(&address)), path_of(place));
    }
    assert_eq!((framed("/").as_str(), framed("/?q=a").as_str()), ("/embed/desk", "/embed/desk?q=a"));
    for start in ["/embed", "/embed/", "/embed/desk"] {
        assert_eq!(unframed(start), "/");
    }
    for other in ["/embedded/x", "/zoom/groups", "/"] {
        assert_eq!((unframed(other), is_framed(other)), (other, false));
    }
    assert!(!is_ours("/embed/zoom/groups") && !may_lead_to("/sign-out") && may_lead_to("/zoom/groups?q=x"));
}

#[test]
fn only_writes_are_told_as_changes() {
    for (method, path) in [("PATCH", "/api/zoom/groups/7"), ("POST", "/api/jobs"), ("POST", "/api/jobs/7/pause")] {
        assert!(changes(method, path), "{method} {path}");
    }
    for (method, path) in [
        ("GET", "/api/zoom/groups/7"),
        ("POST", "/api/reveal"),
        ("POST", "/api/jobs/tables"),
        ("POST", "/api/connections/zoom/test"),
        ("POST", "/auth/login"),
    ] {
        assert!(!changes(method, path), "{method} {path}");
    }
}

#[test]
fn query_pairs_are_decoded_and_broken_ones_left_out() {
    assert_eq!(query_pairs("?a=1%202&b&=x&c=%zz"), [("a".into(), "1 2".into()), ("b".into(), String::new())]);
    assert_eq!(with_query("/p", &[("q", "a&b"), ("none", ""), ("s", "ü")]), "/p?q=a%26b&s=%C3%BC");
}

fn path_query(url: &str) -> &str {
    url.split_once('?').map_or("", |(_, query)| query)
}
