//! Other windows of the console in this browser: one that was opened for signing in tells the others when it is done. Which
//! window opened which is not known once the provider was in between. Must not carry anything but that.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::BroadcastChannel;

const CHANNEL: &str = "roomkey-signed-in";

/// Tells the others that somebody has signed in.
pub(crate) fn tell() {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        drop(channel.post_message(&JsValue::TRUE));
    }
}

/// Listens as long as the page lives.
pub(super) fn listen(hear: impl Fn() + 'static) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let heard = Closure::<dyn Fn()>::new(hear).into_js_value();
        channel.set_onmessage(Some(heard.unchecked_ref()));
        // A channel that nobody holds may be taken away.
        std::mem::forget(channel);
    }
}
