//! An `OpenID` provider that says whatever a test wants it to say, truly signed or not. On a loopback port, since the program
//! asks it over HTTP. Must not use the program's own code for tokens.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use ring::{digest, hmac};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const CLIENT: &str = "roomkey";
pub(crate) const SECRET: &str = "the client's secret";
pub(crate) const ACCESS: &str = "the access token";

/// How a token is signed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Sign {
    Rsa,
    Ec,
    /// With a key that nobody published.
    Stranger,
    Nothing,
    /// With the public key taken for a secret.
    HmacOfPublic,
    HmacOfSecret,
    /// Right, but for one bit.
    Garbled,
}

/// A token before it is signed.
#[derive(Clone, Debug)]
pub(crate) struct Says {
    pub(crate) head: Value,
    pub(crate) claims: Value,
    pub(crate) sign: Sign,
}

/// What the provider does.
pub(crate) struct Behaviour {
    /// Names of its keys.
    pub(crate) rsa_kid: &'static str,
    pub(crate) ec_kid: &'static str,
    /// What the token endpoint answers instead.
    pub(crate) token_answer: Option<(StatusCode, Value)>,
    /// More of its description.
    pub(crate) metadata: Value,
    /// What userinfo says.
    pub(crate) userinfo: Value,
    /// How often keys and tokens were asked for.
    pub(crate) asked: BTreeMap<&'static str, usize>,
    codes: BTreeMap<String, (String, Says)>,
}

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) address: SocketAddr,
    pub(crate) does: Arc<Mutex<Behaviour>>,
    keys: Arc<Keys>,
}

struct Keys {
    rsa: RsaKeyPair,
    ec: EcdsaKeyPair,
    stranger: EcdsaKeyPair,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let text = include_str!("rsa.pkcs8.b64").replace('\n', "");
        let rsa = RsaKeyPair::from_pkcs8(&STANDARD.decode(text).unwrap()).unwrap();
        let keys = Arc::new(Keys { rsa, ec: ec_key(), stranger: ec_key() });
        let does = Behaviour {
            rsa_kid: "rsa-1",
            ec_kid: "ec-1",
            token_answer: None,
            metadata: json!({}),
            userinfo: json!({}),
            asked: BTreeMap::new(),
            codes: BTreeMap::new(),
        };
        let provider = Self { address: listener.local_addr().unwrap(), does: Arc::new(Mutex::new(does)), keys };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn does(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.does.lock().unwrap());
    }

    pub(crate) fn asked(&self, what: &str) -> usize {
        self.does.lock().unwrap().asked.get(what).copied().unwrap_or_default()
    }

    /// What a token says of a person who has just signed in.
    pub(crate) fn says(&self, at_ms: i64, nonce: &str) -> Says {
        let second = at_ms / 1_000;
        let half = digest::digest(&digest::SHA256, ACCESS.as_bytes());
        let claims = json!({
            "iss": self.issuer(), "sub": "248", "aud": CLIENT, "exp": second + 300, "iat": second, "auth_time": second,
            "nonce": nonce, "name": "Dana Fox", "email": "dana@example.com", "groups": ["staff", "desk"], "sid": "sid-1",
            "at_hash": URL_SAFE_NO_PAD.encode(&half.as_ref()[..16]),
        });
        Says { head: json!({"alg": "RS256", "kid": "rsa-1", "typ": "JWT"}), claims, sign: Sign::Rsa }
    }

    /// A code for which the token is given, once, to who knows the verifier.
    pub(crate) fn code(&self, challenge: &str, says: Says) -> String {
        let mut does = self.does.lock().unwrap();
        let code = format!("code-{}", does.codes.len());
        does.codes.insert(code.clone(), (challenge.to_owned(), says));
        code
    }

    /// The token as it is sent.
    pub(crate) fn token(&self, says: &Says) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&says.head), part(&says.claims));
        let random = SystemRandom::new();
        let ec = |key: &EcdsaKeyPair| key.sign(&random, signed.as_bytes()).unwrap().as_ref().to_vec();
        let mac = |key: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), signed.as_bytes()).as_ref().to_vec();
        let rsa = || {
            let mut signature = vec![0; self.keys.rsa.public().modulus_len()];
            self.keys.rsa.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature).unwrap();
            signature
        };
        let signature = match says.sign {
            Sign::Rsa => rsa(),
            Sign::Ec => ec(&self.keys.ec),
            Sign::Stranger => ec(&self.keys.stranger),
            Sign::Nothing => Vec::new(),
            Sign::HmacOfPublic => mac(self.keys.rsa.public().as_ref()),
            Sign::HmacOfSecret => mac(SECRET.as_bytes()),
            Sign::Garbled => rsa().into_iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == 40)).collect(),
        };
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn count(&self, what: &'static str) {
        *self.does.lock().unwrap().asked.entry(what).or_default() += 1;
    }
}

fn ec_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap()
}

async fn configuration(State(provider): State<Provider>) -> Json<Value> {
    provider.count("configuration");
    let issuer = provider.issuer();
    let mut says = json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks"),
        "userinfo_endpoint": format!("{issuer}/userinfo"), "end_session_endpoint": format!("{issuer}/end"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
    });
    let more = provider.does.lock().unwrap().metadata.clone();
    says.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Json(says)
}

async fn jwks(State(provider): State<Provider>) -> Json<Value> {
    provider.count("jwks");
    let does = provider.does.lock().unwrap();
    let rsa: PublicKeyComponents<Vec<u8>> = provider.keys.rsa.public().into();
    let ec = provider.keys.ec.public_key().as_ref();
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Json(json!({"keys": [
        {"kty": "RSA", "use": "sig", "kid": does.rsa_kid, "n": encode(&rsa.n), "e": encode(&rsa.e)},
        {"kty": "EC", "use": "sig", "kid": does.ec_kid, "crv": "P-256", "x": encode(&ec[1..33]), "y": encode(&ec[33..])},
        {"kty": "future", "kid": "unknown"},
    ]}))
}

async fn userinfo(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    provider.count("userinfo");
    if headers.get("authorization").is_none_or(|value| value != &format!("Bearer {ACCESS}")) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(provider.does.lock().unwrap().userinfo.clone()).into_response()
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, body: String) -> Response {
    let form: BTreeMap<String, String> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    provider.count("token");
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response();
    let mut does = provider.does.lock().unwrap();
    if let Some((status, answer)) = &does.token_answer {
        return (*status, Json(answer.clone())).into_response();
    }
    let basic = STANDARD.encode(format!("{CLIENT}:the+client%27s+secret"));
    if headers.get("authorization").is_none_or(|value| value != &format!("Basic {basic}")) {
        return refused("invalid_client");
    }
    let known = form.get("code").and_then(|code| does.codes.remove(code));
    let Some((challenge, says)) = known else { return refused("invalid_grant") };
    let verifier = form.get("code_verifier").cloned().unwrap_or_default();
    let proves = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes())) == challenge;
    if !proves || form.get("redirect_uri").is_none_or(|uri| uri != "http://roomkey.test/auth/oidc/callback") {
        return refused("invalid_grant");
    }
    drop(does);
    let answer =
        json!({"access_token": ACCESS, "token_type": "Bearer", "expires_in": 60, "id_token": provider.token(&says)});
    Json(answer).into_response()
}
