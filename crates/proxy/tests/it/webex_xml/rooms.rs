//! Rooms over XML: what is read, and that nothing but the PIN is written. Must not test whose turn it is.

use roomkey_proxy::vendors::Trouble;
use roomkey_schema::Method;
use serde_json::{Value, json};

use crate::webex::{ADMIN, Bench, PEOPLE, ROOM, SITES, call};
use roomkey_proxy::vendors::Vendor as _;

#[tokio::test]
async fn a_pin_is_set_alone_and_read_back() {
    let bench = Bench::xml().await;
    let before = bench.read(ROOM, &[("userEmail", ADMIN)]).await;
    let rest = Bench::rest().await.read(ROOM, &[("userEmail", ADMIN)]).await;
    for name in ["topic", "personalMeetingRoomLink"] {
        assert_eq!(before[name], rest[name], "both adapters answer the same");
    }
    assert_eq!(before["telephony"], json!({"accessCode": rest["telephony"]["accessCode"]}));
    let answer = bench.put(&[("userEmail", ADMIN)], json!({"hostPin": "0070"})).await.unwrap();
    assert_eq!((answer.body, answer.tracking_id), (None, None));
    let mut expect = before;
    expect["hostPin"] = "0070".into();
    assert_eq!(bench.read(ROOM, &[("userEmail", ADMIN)]).await, expect);
}

#[tokio::test]
async fn on_the_wire_set_user_holds_the_pin_alone_and_the_password_goes_with_signing_in_only() {
    let bench = Bench::xml().await;
    bench.read(ROOM, &[("userEmail", ADMIN)]).await;
    bench.put(&[("userEmail", ADMIN)], json!({"hostPin": "2583"})).await.unwrap();
    let ledger = bench.ledger().await;
    let services: Vec<&str> = ledger.iter().map(|line| line["service"].as_str().unwrap()).collect();
    assert_eq!(services, ["AuthenticateUser", "GetUser", "SetUser"]);
    let body = |index: usize| ledger[index]["body"].as_str().unwrap();
    for (index, service) in services.iter().enumerate() {
        assert_eq!(body(index).contains("<password>"), *service == "AuthenticateUser", "{}", body(index));
        assert_eq!(body(index).contains("<sessionTicket>"), *service != "AuthenticateUser", "{}", body(index));
    }
    let content = "<webExId>admin1@example.com</webExId>\
                   <personalMeetingRoom><hostPIN>2583</hostPIN></personalMeetingRoom></bodyContent>";
    let kind = "<bodyContent xsi:type=\"java:com.webex.service.binding.user.SetUser\">";
    assert!(body(2).contains(&format!("{kind}{content}")), "{}", body(2));
}

#[tokio::test]
async fn anything_but_a_pin_is_refused_without_asking() {
    let bench = Bench::xml().await;
    for (body, pointer) in [
        (json!({"hostPin": "2583", "topic": "T"}), "/topic"),
        (json!({"active": "DEACTIVATED"}), "/active"),
        (json!({"hostPin": 2583}), "/hostPin"),
        (json!({}), "/hostPin"),
        (json!(["hostPin"]), ""),
    ] {
        let fault = bench.put(&[("userEmail", ADMIN)], body).await.unwrap_err();
        let Trouble::Refused { fields, .. } = &fault.trouble else { panic!("{fault:?}") };
        assert_eq!(fields[0].0, pointer);
    }
    assert!(bench.ledger().await.is_empty());
}

#[tokio::test]
async fn hostile_ids_and_pins_stay_text() {
    let bench = Bench::xml().await;
    let hostile = "x</webExId><active>DEACTIVATED</active><webExId>admin2@example.com";
    let fault = bench.get(ROOM, &[("userEmail", hostile)]).await.unwrap_err();
    assert_eq!(fault.code.as_deref(), Some("030001"));
    assert!(matches!(fault.trouble, Trouble::Refused { absent: true, .. }));
    let pin = "1</hostPIN></personalMeetingRoom><active>DEACTIVATED</active><!--";
    let refused = bench.put(&[("userEmail", ADMIN)], json!({"hostPin": pin})).await.unwrap_err();
    assert!(
        matches!(&refused.trouble, Trouble::Refused { message: Some(said), .. } if said.contains("digits")),
        "{refused:?}"
    );
    let asked = bench.ledger().await.len();
    let nobody = bench.get(ROOM, &[("userEmail", "a\u{0}b")]).await.unwrap_err();
    assert!(matches!(nobody.trouble, Trouble::Refused { absent: true, .. }));
    assert_eq!(bench.ledger().await.len(), asked, "XML cannot hold that name");
}

#[tokio::test]
async fn there_is_one_site() {
    let bench = Bench::xml().await;
    let sites = bench.read(SITES, &[("userEmail", ADMIN)]).await;
    assert_eq!(sites, json!({"sites": [{"siteUrl": "demo.webex.example", "default": true}]}));
    assert!(bench.get(ROOM, &[("userEmail", ADMIN), ("siteUrl", "Demo.Webex.Example")]).await.is_ok());
    let other = bench.get(ROOM, &[("userEmail", ADMIN), ("siteUrl", "demo-eu.webex.example")]).await.unwrap_err();
    assert!(matches!(other.trouble, Trouble::Refused { absent: true, .. }));
    let by_host = Bench::xml_with(|xml| xml.site_url = None).await;
    assert_eq!(by_host.read(SITES, &[]).await["sites"][0]["siteUrl"], "127.0.0.1");
}

#[tokio::test]
async fn other_calls_are_not_known() {
    let bench = Bench::xml().await;
    for (method, path) in [
        (Method::Post, PEOPLE),
        (Method::Patch, ROOM),
        (Method::Get, &["people", "me"][..]),
        (Method::Get, &["meetings"]),
    ] {
        let fault = bench.vendor.call(&call(method, path, &[("userEmail", ADMIN)], None::<Value>)).await.unwrap_err();
        assert_eq!(fault.trouble, Trouble::WrongAddress);
    }
    assert!(bench.ledger().await.is_empty());
}
