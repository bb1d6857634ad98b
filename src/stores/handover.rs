//! Signing in for a frame of another page, seen from both ends: the frame opens a window of ours and waits for a code, the
//! window asks for the code and hands it over (docs/decisions/018-embedding.md). Must not hold a password, nor let a code
//! go to any origin but our own.

use js_sys::{Object, Reflect, Uint8Array};
use leptos::ev;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Window};

use super::{Session, store};
use crate::api::{self, Failure};
use crate::paths;

/// What a message about this is called.
const KEY: &str = "roomkey";
const CODE: &str = "code";
const NAME: &str = "roomkey-sign-in";
const FEATURES: &str = "popup,width=480,height=640";

/// How far signing in has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Handover {
    /// Not asked for.
    #[default]
    Idle,
    /// The window is open, or was.
    Open,
    /// The browser did not open the window.
    Blocked,
    /// The code is being exchanged, or asked for.
    Busy,
    /// In the window: the code has been handed over.
    Done,
    /// In the window: nobody waits for a code.
    Alone,
    /// It did not work.
    Failed(Failure),
}

/// What the frame keeps to itself, and what it shows of it.
#[derive(Clone, Default)]
struct Secret {
    verifier: String,
    challenge: String,
}

/// Signing in through a window.
#[derive(Clone, Copy)]
pub(crate) struct HandoverStore {
    state: RwSignal<Handover>,
    /// Made before it is needed: browsers open a window at once when a person asks for it, and not later.
    secret: StoredValue<Secret>,
    window: StoredValue<Option<SendWrapper<Window>>>,
}

impl HandoverStore {
    /// Makes it, where it is needed.
    pub(crate) fn provide() -> Self {
        let own = Self {
            state: RwSignal::new(Handover::Idle),
            secret: StoredValue::new(Secret::default()),
            window: StoredValue::new(None),
        };
        provide_context(own);
        own
    }

    /// How far it has come.
    pub(crate) fn state(self) -> Handover {
        self.state.get()
    }

    /// Begins to wait for codes, in a frame. Ends with the component that calls it.
    pub(crate) fn listen(self) {
        let session = store::<Session>();
        self.prepare();
        let listener = window_event_listener(ev::message, move |event| {
            if let Some(code) = self.code_of(&event) {
                self.exchange(session, code);
            }
        });
        on_cleanup(move || listener.remove());
    }

    /// Opens the window. Only what a person does at that moment may do so.
    pub(crate) fn open(self, again: bool) {
        let secret = self.secret.get_value();
        let url = paths::sign_in_window(&secret.challenge, again);
        let opened = window().open_with_url_and_target_and_features(&url, NAME, FEATURES).ok().flatten();
        self.state.set(if opened.is_some() { Handover::Open } else { Handover::Blocked });
        self.window.set_value(opened.map(SendWrapper::new));
    }

    /// In the window: asks for a code and hands it to the frame that opened the window.
    pub(crate) fn hand_over(self, challenge: String) {
        let Some(opener) = window().opener().ok().filter(|opener| !opener.is_null() && !challenge.is_empty()) else {
            self.state.set(Handover::Alone);
            return;
        };
        self.state.set(Handover::Busy);
        api::spawn(async move {
            match api::embed::code(&challenge).await {
                Ok(code) => {
                    // To a page of ours and to no other, whoever has opened the window.
                    let opener: Window = opener.unchecked_into();
                    let said = window().location().origin().and_then(|own| opener.post_message(&message(&code), &own));
                    self.state.set(if said.is_ok() { Handover::Done } else { Handover::Alone });
                    if said.is_ok() {
                        drop(window().close());
                    }
                }
                Err(failure) => self.state.set(Handover::Failed(failure)),
            }
        });
    }

    /// The code in a message, when it comes from the window that was opened and from a page of ours in it.
    fn code_of(self, event: &MessageEvent) -> Option<String> {
        let source = JsValue::from(event.source()?);
        let is_window =
            self.window.with_value(|window| window.as_ref().is_some_and(|window| JsValue::from(&**window) == source));
        let is_ours = window().location().origin().is_ok_and(|own| own == event.origin());
        let code = Reflect::get(&event.data(), &KEY.into()).ok().filter(|what| *what == CODE);
        code.filter(|_| is_window && is_ours)?;
        Reflect::get(&event.data(), &CODE.into()).ok()?.as_string()
    }

    fn exchange(self, session: Session, code: String) {
        let secret = self.secret.get_value();
        self.window.set_value(None);
        self.state.set(Handover::Busy);
        api::spawn(async move {
            let outcome = take_over(session, &code, &secret.verifier).await;
            self.state.set(outcome.map_or_else(Handover::Failed, |()| Handover::Idle));
            self.prepare();
        });
    }

    /// Makes a new secret.
    fn prepare(self) {
        api::spawn(async move {
            if let Some(secret) = secret().await {
                self.secret.set_value(secret);
            }
        });
    }
}

/// In a frame of the same site the browser sends what the window got, and signing in is all; elsewhere the code becomes a
/// session of this frame.
async fn take_over(session: Session, code: &str, verifier: &str) -> Result<(), Failure> {
    let is_proving = untrack(|| session.ended() && session.is_proving());
    if is_proving || api::session::me().await?.is_none() {
        api::embed::session(code, verifier).await?;
    }
    session.signed_in().await
}

fn message(code: &str) -> JsValue {
    let message = Object::new();
    drop(Reflect::set(&message, &KEY.into(), &CODE.into()));
    drop(Reflect::set(&message, &CODE.into(), &code.into()));
    message.into()
}

async fn secret() -> Option<Secret> {
    let crypto = window().crypto().ok()?;
    let mut bytes = [0; 32];
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    let verifier = base64(&bytes);
    let digest = crypto.subtle().digest_with_str_and_u8_array("SHA-256", verifier.as_bytes()).ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Some(Secret { challenge: base64(&Uint8Array::new(&digest).to_vec()), verifier })
}

/// Base64 as addresses take it, without padding (RFC 4648 §5).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=group.len() {
            let letter = bits >> (18 - 6 * at) & 63;
            text.push(char::from(LETTERS[letter as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_has_no_padding_and_no_letters_that_addresses_change() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg"),
            (&[251, 255, 191], "-_-_"),
        ] {
            assert_eq!(base64(bytes), text);
        }
        assert_eq!(base64(&[7; 32]).len(), 43);
    }
}
