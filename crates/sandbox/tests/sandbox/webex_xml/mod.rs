//! Webex XML: a bench that writes envelopes, and the tests of services, reading, the wall and limits.
//! Must not hold assertions about single services.

mod encodings;
mod envelope;
mod listing;
mod running;
mod services;
mod sign_in;
mod wall;

use axum::body::Body;
use axum::http::Request;
use roomkey_sandbox::Options;

use crate::bench::{Answer, options};
use crate::webex::Webex;

pub(crate) const ADDRESS: &str = "/webex-xml/WBXService/XMLService";
pub(crate) const ADMIN: &str = "admin1@example.com";
const PASSWORD: &str = "<password>demo-password</password>";

pub(crate) struct Xml {
    pub(crate) webex: Webex,
}

impl Xml {
    pub(crate) async fn new() -> Self {
        Self::with(options()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        Self { webex: Webex::with(options).await }
    }

    pub(crate) async fn send(&self, content_type: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(ADDRESS).header("content-type", content_type).body(body.into());
        self.webex.bench.raw(request.expect("a request")).await
    }

    /// Calls a service with an administrator's password.
    pub(crate) async fn call(&self, administrator: &str, service: &str, content: &str) -> Answer {
        self.send("text/xml", envelope(administrator, PASSWORD, service, content)).await
    }

    /// Calls a service with another credential of the first administrator.
    pub(crate) async fn call_with(&self, credential: &str, service: &str, content: &str) -> Answer {
        self.send("text/xml", envelope(ADMIN, credential, service, content)).await
    }

    pub(crate) async fn get_user(&self, email: &str) -> Answer {
        self.call(ADMIN, "GetUser", &format!("<webExId>{email}</webExId>")).await
    }

    pub(crate) async fn set_pin(&self, administrator: &str, email: &str, pin: &str) -> Answer {
        let room = format!("<personalMeetingRoom><hostPIN>{pin}</hostPIN></personalMeetingRoom>");
        self.call(administrator, "SetUser", &format!("<webExId>{email}</webExId>{room}")).await
    }

    /// The tag of a session ticket of the first administrator.
    pub(crate) async fn ticket(&self) -> String {
        let answer = self.call(ADMIN, "AuthenticateUser", "").await;
        succeeds(&answer);
        format!("<sessionTicket>{}</sessionTicket>", value(&answer, "use:sessionTicket"))
    }
}

pub(crate) fn envelope(administrator: &str, credential: &str, service: &str, content: &str) -> String {
    let folder = if service == "GetSite" { "site" } else { "user" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><serv:message \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><header><securityContext>\
         <webExID>{administrator}</webExID>{credential}<siteName>demo</siteName></securityContext></header>\
         <body><bodyContent xsi:type=\"java:com.webex.service.binding.{folder}.{service}\">{content}</bodyContent>\
         </body></serv:message>"
    )
}

/// The text between the first tags of this name.
#[track_caller]
pub(crate) fn value(answer: &Answer, name: &str) -> String {
    let inside =
        answer.text.split(&format!("<{name}>")).nth(1).and_then(|rest| rest.split(&format!("</{name}>")).next());
    inside.unwrap_or_else(|| panic!("{name} in {}", answer.text)).to_owned()
}

#[track_caller]
pub(crate) fn succeeds(answer: &Answer) {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert_eq!(value(answer, "serv:result"), "SUCCESS", "{}", answer.text);
    assert!(!answer.text.contains("serv:exceptionID"));
    assert_eq!(value(answer, "serv:gsbStatus"), "PRIMARY");
}

/// Asserts a failure, which HTTP calls a success.
#[track_caller]
pub(crate) fn fails(answer: &Answer, code: &str, reason: &str) {
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert_eq!(value(answer, "serv:result"), "FAILURE", "{}", answer.text);
    assert_eq!((value(answer, "serv:exceptionID").as_str(), value(answer, "serv:reason").as_str()), (code, reason));
    assert!(answer.text.ends_with("<serv:body><serv:bodyContent/></serv:body></serv:message>"));
}
