//! `LstsummaryUser`: pages, filters and their ends. Must not read single users.

use super::{ADMIN, Xml, fails, succeeds, value};
use crate::bench::Answer;

async fn list(xml: &Xml, content: &str) -> Answer {
    xml.call(ADMIN, "LstsummaryUser", content).await
}

async fn page(xml: &Xml, start: usize, most: usize) -> Answer {
    let control = format!("<startFrom>{start}</startFrom><maximumNum>{most}</maximumNum><listMethod>OR</listMethod>");
    list(xml, &format!("<listControl>{control}</listControl><order><orderBy>UID</orderBy></order>")).await
}

fn ids(answer: &Answer) -> Vec<String> {
    let rows = answer.text.split("<use:webExId>").skip(1);
    rows.filter_map(|row| Some(row.split_once('<')?.0.to_owned())).collect()
}

#[tokio::test]
async fn pages_count_from_one_and_hold_everybody_on_webex() {
    let xml = Xml::new().await;
    let all = xml.webex.emails().await;
    let mut seen = Vec::new();
    while seen.len() < all.len() {
        let answer = page(&xml, seen.len() + 1, 100).await;
        succeeds(&answer);
        let rows = ids(&answer);
        assert_eq!(value(&answer, "serv:total"), all.len().to_string());
        assert_eq!(value(&answer, "serv:returned"), rows.len().to_string());
        assert_eq!(value(&answer, "serv:startFrom"), (seen.len() + 1).to_string());
        assert!(!answer.text.contains("hostPIN"));
        seen.extend(rows);
    }
    assert_eq!(seen, all);
    let no_more = page(&xml, all.len() + 1, 100).await;
    fails(&no_more, "000015", "No records were found.");
    assert_eq!(ids(&list(&xml, "").await).len(), 50);
}

#[tokio::test]
async fn one_person_is_found_by_id_or_address() {
    let xml = Xml::new().await;
    for name in ["webExId", "email"] {
        let answer = list(&xml, &format!("<{name}>Admin3@example.com</{name}>")).await;
        succeeds(&answer);
        assert_eq!(
            (ids(&answer), value(&answer, "serv:total")),
            (vec!["admin3@example.com".to_owned()], "1".to_owned())
        );
        let nobody = list(&xml, &format!("<{name}>no@example.com</{name}>")).await;
        fails(&nobody, "000015", "No records were found.");
    }
}

#[tokio::test]
async fn page_sizes_beyond_five_hundred_and_starts_at_zero_fail() {
    let xml = Xml::new().await;
    succeeds(&page(&xml, 1, 500).await);
    let wrong = |name: &str| format!("The element listControl/{name} has a value that it must not have.");
    fails(&page(&xml, 1, 501).await, "990003", &wrong("maximumNum"));
    fails(&page(&xml, 1, 0).await, "990003", &wrong("maximumNum"));
    fails(&page(&xml, 0, 10).await, "990003", &wrong("startFrom"));
    let text = list(&xml, "<listControl><startFrom>x</startFrom></listControl>").await;
    fails(&text, "990003", &wrong("startFrom"));
}
