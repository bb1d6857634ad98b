//! A body that breaks off: it gives its bytes and then fails, which makes the server close the connection.
//! Must not be used for anything but the `cut` fault.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use http_body::{Body, Frame};

enum Step {
    Bytes(Bytes),
    /// One turn of the loop, in which the server sends what it has so far.
    Flush,
    Break,
}

pub(crate) struct CutBody(Step);

impl CutBody {
    pub(crate) fn new(bytes: Bytes) -> Self {
        Self(if bytes.is_empty() { Step::Flush } else { Step::Bytes(bytes) })
    }
}

impl Body for CutBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match std::mem::replace(&mut self.0, Step::Break) {
            Step::Bytes(bytes) => {
                self.0 = Step::Flush;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Step::Flush => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Step::Break => Poll::Ready(Some(Err(io::Error::other("cut on demand")))),
        }
    }
}
