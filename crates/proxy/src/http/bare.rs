//! Dresses the answers that the HTTP library gives by itself, without calling us, to heads that it cannot read: they get
//! the security headers too. Must not touch any other answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::headers::SecurityHeaders;

/// Header lines for bare answers.
#[derive(Clone, Debug)]
pub struct Bare(Arc<[u8]>);

impl Bare {
    /// The lines of these headers.
    pub fn new(headers: &SecurityHeaders) -> Self {
        let mut lines = Vec::new();
        for (name, value) in headers.iter() {
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.extend_from_slice(b": ");
            lines.extend_from_slice(value.as_bytes());
            lines.extend_from_slice(b"\r\n");
        }
        Self(lines.into())
    }

    /// For servers that need none.
    pub fn none() -> Self {
        Self(Arc::new([]))
    }
}

/// A stream whose bare answers are dressed on their way out.
#[derive(Debug)]
pub struct Dressed<S> {
    stream: S,
    bare: Bare,
    /// Bytes that still have to go out before anything else.
    pending: Vec<u8>,
}

impl<S> Dressed<S> {
    /// Around that stream.
    pub const fn new(stream: S, bare: Bare) -> Self {
        Self { stream, bare, pending: Vec::new() }
    }
}

/// The library's own answers are a whole head and nothing else: a 4xx without any header of ours.
fn is_bare(bytes: &[u8]) -> bool {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    (bytes.starts_with(b"HTTP/1.1 4") || bytes.starts_with(b"HTTP/1.0 4"))
        && bytes.len() < 512
        && bytes.ends_with(b"\r\n\r\n")
        && holds(b"content-length: 0\r\n")
        && !holds(b"x-request-id:")
}

impl<S: AsyncWrite + Unpin> Dressed<S> {
    fn flush_pending(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.pending.is_empty() {
            let written = std::task::ready!(Pin::new(&mut self.stream).poll_write(context, &self.pending))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.pending.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Dressed<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Dressed<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        std::task::ready!(self.flush_pending(context))?;
        if !self.bare.0.is_empty() && is_bare(bytes) {
            let lines = self.bare.0.clone();
            self.pending.extend_from_slice(&bytes[..bytes.len() - 2]);
            self.pending.extend_from_slice(&lines);
            self.pending.extend_from_slice(b"\r\n");
            // Taken over whole; what does not fit now goes out before the next byte or with the flush.
            return match self.flush_pending(context) {
                Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                _ => Poll::Ready(Ok(bytes.len())),
            };
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        std::task::ready!(self.flush_pending(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        std::task::ready!(self.flush_pending(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let [only] = slices {
            return self.poll_write(context, only);
        }
        std::task::ready!(self.flush_pending(context))?;
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
