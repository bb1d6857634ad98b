//! The directory: filters, pages, ids, and that it is the same organisation as elsewhere. Must not read rooms.

use serde_json::{Value, json};

use super::{ME, SECOND_SITE, SITES, Webex, is_refused};

#[tokio::test]
async fn people_are_nine_in_ten_of_the_organisation_and_the_administrators() {
    let webex = Webex::new().await;
    let emails = webex.emails().await;
    assert!((340..=386).contains(&emails.len()), "{}", emails.len());
    assert_eq!(emails[0], ME);
    let mut zoom = Vec::new();
    for status in ["active", "inactive", "pending"] {
        let list = webex.bench.read(&format!("/users?page_size=2000&status={status}")).await;
        zoom.extend(list["users"].as_array().expect("users").clone());
    }
    for email in &emails[6..] {
        let same = zoom.iter().find(|user| user["email"] == email.as_str()).expect("the same person");
        let list = webex.read(&format!("/people?email={email}")).await;
        let person = &list["items"][0];
        assert_eq!((&person["firstName"], &person["lastName"]), (&same["first_name"], &same["last_name"]));
        assert_eq!(person["department"], same["dept"]);
    }
}

#[tokio::test]
async fn person_has_the_vendor_s_shape_and_is_found_by_id() {
    let webex = Webex::new().await;
    let me = webex.read("/people/me").await;
    assert_eq!((&me["emails"], &me["displayName"], &me["type"]), (&json!([ME]), &json!("Admin One"), &json!("person")));
    assert!(me["created"].as_str().is_some_and(|date| date.len() == "2019-01-01T00:00:00.000Z".len()));
    let id = me["id"].as_str().expect("an id");
    assert_eq!(webex.read(&format!("/people/{id}")).await, me);
    is_refused(&webex.get("/people/made-up").await, 404, "There is no person made-up.");
    let other = format!("{}A", &id[..id.len() - 1]);
    is_refused(&webex.get(&format!("/people/{other}")).await, 404, &format!("There is no person {other}."));
}

#[tokio::test]
async fn filters_take_the_exact_address_the_beginning_of_a_name_and_ids() {
    let webex = Webex::new().await;
    let found = |list: &Value| list["items"].as_array().expect("people").len();
    assert_eq!(found(&webex.read("/people?email=ADMIN2@example.com").await), 1);
    assert_eq!(found(&webex.read("/people?email=admin2@example").await), 0);
    assert_eq!(found(&webex.read("/people?displayName=admin%20").await), 6);
    assert_eq!(found(&webex.read("/people?displayName=dmin").await), 0);
    assert_eq!(found(&webex.read("/people?displayName=Admin&email=admin2@example.com").await), 1);
    let id = webex.read("/people/me").await["id"].as_str().expect("an id").to_owned();
    let list = webex.read(&format!("/people?id={id},made-up")).await;
    assert_eq!((found(&list), &list["notFoundIds"]), (1, &json!(["made-up"])));
    assert_eq!(webex.read(&format!("/people?id={id}")).await["notFoundIds"], json!(null));
    let many = vec!["x"; 86].join(",");
    is_refused(&webex.get(&format!("/people?id={many}")).await, 400, "The parameter id is not valid.");
}

#[tokio::test]
async fn pages_are_linked_by_whole_addresses_until_everybody_was_there_once() {
    let webex = Webex::new().await;
    let all = webex.emails().await;
    let mut seen: Vec<String> = Vec::new();
    let mut path = "/people?max=150&displayName=".to_owned();
    loop {
        let answer = webex.get(&path).await;
        let items = answer.json()["items"].as_array().expect("people").clone();
        seen.extend(items.iter().map(|one| one["emails"][0].as_str().expect("an address").to_owned()));
        let Some(link) = answer.header("link") else {
            assert!(items.len() < 150);
            break;
        };
        assert_eq!(items.len(), 150);
        let address = link.strip_prefix('<').and_then(|rest| rest.strip_suffix(">; rel=\"next\"")).expect("a link");
        path = address.strip_prefix("http://127.0.0.1:4000/webex/v1").expect("this host").to_owned();
    }
    assert_eq!(seen, all);
    assert_eq!(webex.read("/people").await["items"].as_array().map(Vec::len), Some(100));
}

#[tokio::test]
async fn wrong_page_sizes_and_cursors_of_other_lists_are_refused() {
    let webex = Webex::new().await;
    for max in ["0", "1001", "many"] {
        is_refused(&webex.get(&format!("/people?max={max}")).await, 400, "The parameter max is not valid.");
    }
    let answer = webex.get("/people?max=3").await;
    let link = answer.header("link").expect("a link");
    let cursor = link.split("cursor=").nth(1).and_then(|rest| rest.split('>').next()).expect("a cursor");
    for query in [format!("cursor={cursor}&displayName=a"), "cursor=x".to_owned()] {
        is_refused(&webex.get(&format!("/people?{query}")).await, 400, "The parameter cursor is not valid.");
    }
}

#[tokio::test]
async fn everybody_is_on_the_first_site_and_a_fifth_on_the_second() {
    let webex = Webex::new().await;
    let mut second = 0;
    let emails = webex.emails().await;
    for email in &emails {
        let sites = webex.read(&format!("{SITES}?userEmail={email}")).await["sites"].clone();
        assert_eq!(sites[0], json!({"siteUrl": "demo.webex.example", "default": true}));
        if sites.as_array().map(Vec::len) == Some(2) {
            assert_eq!(sites[1], json!({"siteUrl": SECOND_SITE, "default": false}));
            second += 1;
        }
    }
    assert!((emails.len() / 8..emails.len() / 3).contains(&second), "{second}");
    assert_eq!(webex.read(SITES).await["sites"].as_array().map(Vec::len), Some(2));
}
