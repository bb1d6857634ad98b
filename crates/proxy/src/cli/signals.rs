//! Waits for the operator, or the system, to ask for the end.

use tokio::sync::oneshot;

/// Ends with Ctrl-C or SIGTERM, from the moment of the call on: not only once somebody waits.
pub(super) fn asked_to_stop() -> impl Future<Output = ()> {
    let (asked, stop) = oneshot::channel();
    let heard = listen();
    tokio::spawn(async move {
        heard.await;
        // Nobody waits any more when the server has ended by itself.
        let _ = asked.send(());
    });
    async {
        let _ = stop.await;
    }
}

#[cfg(unix)]
fn listen() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async {
        match signals {
            (Ok(mut interrupt), Ok(mut terminate)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            // Without handlers the system's own way of ending holds.
            _ => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
fn listen() -> impl Future<Output = ()> + Send {
    async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
