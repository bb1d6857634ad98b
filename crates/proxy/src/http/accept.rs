//! The accept loop: a cap on connections, a deadline for heads and handshakes, a limit on head size, and an end that
//! lets requests finish. Must not know what is served.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use ipnet::IpNet;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::bare::{Bare, Dressed};
use super::patience::Patience;
use super::peer::Peer;
use crate::config::Limits;

/// How connections are treated.
#[derive(Clone)]
pub struct Acceptance {
    /// Sizes and times.
    pub limits: Limits,
    /// HTTPS, when there is a certificate.
    pub tls: Option<TlsAcceptor>,
    /// Ranges that may connect; all of them when empty.
    pub peers: Vec<IpNet>,
    /// Headers for the answers that the HTTP library gives by itself to what it cannot read.
    pub bare: Bare,
}

/// Pause after the system refused to hand out a connection (out of file handles, say).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `shutdown` ends, then lets requests in flight finish for the configured time.
pub async fn serve(listener: TcpListener, router: Router, how: Acceptance, shutdown: impl Future<Output = ()>) {
    let slots = Arc::new(Semaphore::new(how.limits.connections));
    let graceful = GracefulShutdown::new();
    let how = Arc::new(how);
    tokio::pin!(shutdown);
    loop {
        let next = async {
            // The slot first: while all are taken, the system's queue holds further connections.
            let slot = slots.clone().acquire_owned().await.map_err(io::Error::other)?;
            listener.accept().await.map(|(stream, peer)| (slot, stream, peer))
        };
        let accepted = tokio::select! {
            accepted = next => accepted,
            () = &mut shutdown => break,
        };
        let (slot, stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        if !may_connect(&how.peers, peer) {
            tracing::warn!("a connection from outside the reverse proxy's addresses was closed");
            continue;
        }
        let (router, how, watcher) = (router.clone(), how.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _slot = slot;
            connection(stream, peer, router, &how, watcher).await;
        });
    }
    drop(listener);
    let patience = Duration::from_millis(how.limits.shutdown_ms);
    if tokio::time::timeout(patience, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections were cut because they did not end in time");
    }
}

fn may_connect(ranges: &[IpNet], peer: SocketAddr) -> bool {
    ranges.is_empty() || ranges.iter().any(|range| range.contains(&peer.ip().to_canonical()))
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    how: &Acceptance,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let stream = Patience::new(stream, Duration::from_millis(how.limits.stalled_write_ms));
    match &how.tls {
        None => http(stream, peer, router, how, watcher).await,
        Some(acceptor) => {
            let patience = Duration::from_millis(how.limits.head_timeout_ms);
            match tokio::time::timeout(patience, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => http(stream, peer, router, how, watcher).await,
                Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
                Err(_) => tracing::debug!("a TLS handshake did not end in time"),
            }
        }
    }
}

async fn http<S>(
    stream: S,
    peer: SocketAddr,
    router: Router,
    how: &Acceptance,
    watcher: hyper_util::server::graceful::Watcher,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(Some(peer)));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(how.limits.head_timeout_ms))
        .max_buf_size(how.limits.head_bytes)
        .half_close(false)
        .serve_connection(TokioIo::new(Dressed::new(stream, how.bare.clone())), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}
