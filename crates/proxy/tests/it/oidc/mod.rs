//! Signing in at an `OpenID` provider, which may be anything but honest.

mod backchannel;
mod flow;
mod provider;
mod tokens;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::StatusCode;
use roomkey_proxy::clock::Clock as _;
use roomkey_proxy::config::{Config, Oidc, RoleRule};
use roomkey_schema::{Role, Scope};

use self::provider::{CLIENT, Provider, SECRET, Says};
use crate::support::{Answer, Browser, HOST, Stage};

/// The program and its provider.
pub(super) struct Bench {
    pub(super) stage: Stage,
    pub(super) provider: Provider,
}

/// Somebody who was sent to the provider.
pub(super) struct Journey {
    /// What the provider is asked.
    pub(super) asked: BTreeMap<String, String>,
    /// What the browser keeps meanwhile.
    pub(super) cookie: String,
}

impl Bench {
    pub(super) async fn new() -> Self {
        let provider = Provider::start().await;
        let issuer = provider.issuer();
        let stage = Stage::with(|config| configure(config, issuer)).await;
        Self { stage, provider }
    }

    /// Sends somebody there, from a page with that session, if there is one.
    pub(super) async fn begin(&self, query: &str, session: Option<&str>) -> Journey {
        let browser = Browser { router: self.stage.app.router(), cookie: session.map(str::to_owned) };
        let answer = browser.get(&format!("/auth/oidc{query}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        let (address, query) = answer.header("location").split_once('?').unwrap();
        assert_eq!(address, format!("{}/authorize", self.provider.issuer()), "{query}");
        let asked = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Journey { asked, cookie: pair(answer.header("set-cookie")) }
    }

    /// What the provider says of the person whom it sends back.
    pub(super) fn says(&self, journey: &Journey) -> Says {
        self.provider.says(self.stage.clock.now_ms(), &journey.asked["nonce"])
    }

    /// Comes back with a code for that token.
    pub(super) async fn back(&self, journey: &Journey, says: Says) -> Answer {
        let code = self.provider.code(&journey.asked["code_challenge"], says);
        self.come(Some(&journey.cookie), &format!("code={code}&state={}", journey.asked["state"])).await
    }

    /// Comes back with that query.
    pub(super) async fn come(&self, cookie: Option<&str>, query: &str) -> Answer {
        let browser = Browser { router: self.stage.app.router(), cookie: cookie.map(str::to_owned) };
        let request = browser.request("GET", &format!("/auth/oidc/callback?{query}"));
        browser.send(request.header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap()).await
    }

    /// Signs in with what the provider says after a change.
    pub(super) async fn sign_in(&self, change: impl FnOnce(&mut Says)) -> Answer {
        let journey = self.begin("", None).await;
        let mut says = self.says(&journey);
        change(&mut says);
        self.back(&journey, says).await
    }

    /// A browser with the session that an answer brought.
    pub(super) fn browser(&self, answer: &Answer) -> Browser {
        Browser { router: self.stage.app.router(), cookie: Some(session(answer).expect("a session")) }
    }
}

/// The session cookie that an answer sets.
pub(super) fn session(answer: &Answer) -> Option<String> {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    cookies.map(pair).find(|cookie| cookie.starts_with("__Host-roomkey="))
}

/// The problem that the sign-in page is told of; none when the person went on.
pub(super) fn problem(answer: &Answer) -> Option<String> {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let query = answer.header("location").strip_prefix("/sign-in?")?;
    let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "problem")?;
    Some(found.1.into_owned())
}

fn pair(cookie: &str) -> String {
    cookie.split(';').next().unwrap_or_default().to_owned()
}

fn configure(config: &mut Config, issuer: String) {
    config.public_origin = Some(format!("http://{HOST}"));
    config.oidc = Some(Oidc {
        issuer,
        client_id: CLIENT.to_owned(),
        client_secret: Some(SECRET.into()),
        client_secret_file: None,
        name: "Example".to_owned(),
        scopes: vec!["profile".to_owned()],
        groups_claim: "groups".to_owned(),
        timeout_ms: 5_000,
    });
    let rule = |group: &str, role| RoleRule { groups: vec![group.to_owned()], role, scope: Scope::default() };
    let north = Scope { units: vec!["zoom.group:north".parse().unwrap()] };
    config.roles = vec![
        RoleRule { scope: north, ..rule("desk-north", Role::Helpdesk) },
        rule("desk", Role::Helpdesk),
        rule("boss", Role::Admin),
    ];
}
