//! A reverse proxy that signs people in and says who they are in headers. Those are believed from its addresses and with its
//! proof, and refused from everybody else; a second one, or one that only reads alike, is refused from everybody.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue};
use roomkey_schema::actor;
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use super::federated::Vouched;
use super::session::SignedIn;
use crate::app::App;
use crate::config::TrustedHeader;

/// Why headers are not believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Distrust {
    /// One is there twice, is spelt in another way, or cannot be read.
    Twice,
    /// They come from an address that is not the proxy's.
    Elsewhere,
    /// They come without the proxy's proof.
    Unproven,
}

/// The person whom the proxy names; none when it names nobody.
pub fn read(trusted: &TrustedHeader, peer: Option<IpAddr>, headers: &HeaderMap) -> Result<Option<Vouched>, Distrust> {
    let mut is_there = false;
    for own in trusted.headers() {
        let own = own.to_ascii_lowercase();
        let folded = own.replace('_', "-");
        let alike = headers.keys().filter(|name| name.as_str().replace('_', "-") == folded);
        for name in alike {
            is_there = true;
            if name.as_str() != own || headers.get_all(name).iter().count() > 1 {
                return Err(Distrust::Twice);
            }
        }
    }
    if !is_there {
        return Ok(None);
    }
    if !peer.is_some_and(|peer| trusted.from.iter().any(|range| range.contains(&peer))) {
        return Err(Distrust::Elsewhere);
    }
    let given = headers.get(trusted.proof_header.to_ascii_lowercase()).map(HeaderValue::as_bytes);
    let wanted = trusted.proof.as_ref().map(|proof| proof.expose_secret().as_bytes()).filter(|it| !it.is_empty());
    let is_proven = given.zip(wanted).is_some_and(|(given, wanted)| given.ct_eq(wanted).into());
    if !is_proven {
        return Err(Distrust::Unproven);
    }
    let text = |name: &str| match headers.get(name.to_ascii_lowercase()) {
        None => Ok(String::new()),
        Some(value) => value.to_str().map(|text| text.trim().to_owned()).map_err(|_| Distrust::Twice),
    };
    let subject = text(&trusted.header)?;
    let groups = text(&trusted.groups_header)?;
    let email = trusted.email_header.as_deref().map_or(Ok(String::new()), text)?;
    let groups = groups.split(',').map(str::trim).filter(|group| !group.is_empty()).map(str::to_owned).collect();
    let issuer = format!("header:{}", trusted.header.to_ascii_lowercase());
    let vouched = Vouched { issuer, subject, label: String::new(), email, groups };
    Ok(Some(vouched).filter(|vouched| !vouched.subject.is_empty()))
}

/// Whether the proxy still names the person whose session this is, with groups that give the same role: then the session
/// stands, and else there is none.
pub fn stands(app: &App, signed_in: &SignedIn, vouched: Option<&Vouched>) -> bool {
    vouched.is_some_and(|vouched| {
        actor::is_of(&signed_in.name, &vouched.subject, &vouched.issuer)
            && vouched.role(app) == Some((signed_in.role, signed_in.scope.clone()))
    })
}
