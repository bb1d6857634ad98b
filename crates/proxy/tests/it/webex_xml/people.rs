//! People over XML: pages that count from 1, and names in either encoding. Must not look at rooms.

use std::collections::BTreeSet;

use roomkey_proxy::vendors::Trouble;
use serde_json::{Value, json};

use crate::webex::{ADMIN, Bench, PEOPLE};

#[tokio::test]
async fn pages_hold_everybody_once_and_the_same_people_as_over_rest() {
    let bench = Bench::xml().await;
    let (mut found, mut token): (Vec<Value>, Option<String>) = (Vec::new(), Some("1".to_owned()));
    while let Some(start) = token {
        let page = bench.read(PEOPLE, &[("max", "7"), ("next_page_token", &start)]).await;
        found.extend(page["items"].as_array().unwrap().clone());
        token = page["next_page_token"].as_str().map(str::to_owned);
    }
    let names = |rows: &[Value]| -> BTreeSet<(String, String)> {
        rows.iter().map(|row| (row["emails"][0].to_string(), row["displayName"].to_string())).collect()
    };
    assert_eq!(names(&found).len(), found.len());
    let rest = Bench::rest().await.read(PEOPLE, &[("max", "1000")]).await;
    assert_eq!(names(&found), names(rest["items"].as_array().unwrap()));
    assert!(found.iter().all(|row| row["id"] == row["emails"][0]));
}

#[tokio::test]
async fn people_are_found_by_address_and_by_the_beginning_of_their_name() {
    let bench = Bench::xml().await;
    let found = bench.read(PEOPLE, &[("email", ADMIN)]).await;
    assert_eq!((found["items"].as_array().map(Vec::len), &found["items"][0]["id"]), (Some(1), &json!(ADMIN)));
    let name = found["items"][0]["displayName"].as_str().unwrap().to_uppercase();
    let by_name = bench.read(PEOPLE, &[("displayName", &name)]).await;
    assert!(by_name["items"].as_array().unwrap().contains(&found["items"][0]));
    assert!(by_name["items"].as_array().unwrap().len() < 10);
    let nobody = json!({"items": []});
    assert_eq!(bench.read(PEOPLE, &[("email", "nobody@example.com")]).await, nobody);
    assert_eq!(bench.read(PEOPLE, &[("email", "\u{1}")]).await, nobody);
    assert_eq!(bench.read(PEOPLE, &[("next_page_token", "100000")]).await, nobody);
}

#[tokio::test]
async fn a_search_by_name_goes_on_where_it_ended() {
    let bench = Bench::xml().await;
    let all = bench.read(PEOPLE, &[("displayName", "a"), ("max", "500")]).await;
    let all = all["items"].as_array().unwrap();
    assert!(all.len() > 2, "{all:?}");
    let first = bench.read(PEOPLE, &[("displayName", "a"), ("max", "2")]).await;
    let token = first["next_page_token"].as_str().unwrap();
    let rest = bench.read(PEOPLE, &[("displayName", "a"), ("next_page_token", token)]).await;
    let both: Vec<&Value> =
        first["items"].as_array().unwrap().iter().chain(rest["items"].as_array().unwrap()).collect();
    assert_eq!(both, all.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_token_that_is_none_is_refused() {
    let bench = Bench::xml().await;
    for token in ["0", "-1", "x"] {
        let fault = bench.get(PEOPLE, &[("next_page_token", token)]).await.unwrap_err();
        assert!(matches!(&fault.trouble, Trouble::Refused { fields, .. } if fields[0].0 == "next_page_token"));
    }
}

/// The sandbox throws the encoding of a page by where it starts, so that both occur.
#[tokio::test]
async fn names_are_right_in_either_encoding() {
    let bench = Bench::xml().await;
    let emails = bench.emails().await;
    for email in &emails {
        bench.mutate("webex", &format!("people/{email}"), json!({"firstName": "Zoë", "lastName": "Müller"})).await;
    }
    let mut latin1 = 0;
    for start in 1..=20_usize {
        let token = start.to_string();
        let page = bench.read(PEOPLE, &[("max", "500"), ("next_page_token", &token)]).await;
        let rows = page["items"].as_array().unwrap();
        let renamed: Vec<_> =
            rows.iter().filter(|row| emails.iter().any(|email| row["emails"][0] == **email)).collect();
        assert!(renamed.len() > 10 && renamed.iter().all(|row| row["displayName"] == "Zoë Müller"), "{page}");
        latin1 += usize::from(declares_latin1(&bench, start).await);
    }
    assert!((1..20).contains(&latin1), "{latin1}");
}

/// Whether the sandbox's own answer to that page is in ISO-8859-1.
async fn declares_latin1<V>(bench: &Bench<V>, start: usize) -> bool {
    let text = format!(
        "<message><header><securityContext><siteName>demo</siteName><webExID>{ADMIN}</webExID><password>demo-password\
         </password></securityContext></header><body><bodyContent \
         xsi:type=\"java:com.webex.service.binding.user.LstsummaryUser\"><listControl><startFrom>{start}</startFrom>\
         </listControl></bodyContent></body></message>"
    );
    let url = format!("http://{}/webex-xml/WBXService/XMLService", bench.sandbox);
    let answer = crate::support::client().post(url).header("content-type", "text/xml").body(text).send().await.unwrap();
    answer.bytes().await.unwrap().windows(10).any(|window| window == b"ISO-8859-1")
}
