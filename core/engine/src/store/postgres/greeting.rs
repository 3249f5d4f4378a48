//! The driver greets the server: encryption, password, parameters. The way there is lent to it for that, and comes back
//! when it is done.

use super::wire::{Socket, Traffic, Way, Wire, carry};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, TlsConnect, TlsStream};
use tokio_postgres::{CancelToken, Config, Error};

/// Introduces itself on a socket. Nothing if the deadline passes first.
pub(crate) fn greet<T>(
    config: &Config,
    socket: Arc<Socket>,
    deadline: Instant,
    tls: T,
) -> Option<Result<(CancelToken, Traffic), Error>>
where
    T: TlsConnect<Lent<Wire>>,
{
    let back = Back::default();
    let lent = Lent::new(Wire(Arc::clone(&socket)), Arc::clone(&back));
    let token = match carry(&socket, deadline, config.connect_raw(lent, tls))? {
        Ok((client, _)) => client.cancel_token(),
        Err(error) => return Some(Err(error)),
    };
    let way = back.lock().unwrap_or_else(PoisonError::into_inner).take()?;
    Some(Ok((token, Traffic::new(socket, way))))
}

/// Where what was lent comes back to.
type Back = Arc<Mutex<Option<Box<dyn Way>>>>;

/// The head of a message: its kind, and its length, which counts itself and not the kind.
const HEAD: usize = 5;

/// A way that comes back when it is dropped. Nobody gets more from it at a time than a message: what the server says after
/// the greeting is not for the driver.
pub(crate) struct Lent<S: Way + 'static> {
    way: Option<S>,
    back: Back,
    /// What has been read of the head of a message.
    head: Vec<u8>,
    /// How much of its body is still to come.
    left: usize,
}

impl<S: Way + 'static> Lent<S> {
    const fn new(way: S, back: Back) -> Self {
        Self { way: Some(way), back, head: Vec::new(), left: 0 }
    }

    fn way(&mut self) -> io::Result<Pin<&mut S>> {
        self.way.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// Follows what was read up to the end of its message.
    fn follow(&mut self, read: &[u8]) {
        if self.left > 0 {
            self.left = self.left.saturating_sub(read.len());
            return;
        }
        self.head.extend_from_slice(read);
        if let [_, a, b, c, d] = *self.head {
            let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
            self.left = length.saturating_sub(4);
            self.head.clear();
        }
    }
}

impl<S: Way + 'static> Drop for Lent<S> {
    fn drop(&mut self) {
        if let Some(way) = self.way.take() {
            *self.back.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(way));
        }
    }
}

impl<S: Way + 'static> AsyncRead for Lent<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let most = if this.left > 0 { this.left } else { HEAD.saturating_sub(this.head.len()) };
        let mut space = [0_u8; 512];
        let most = most.min(buffer.remaining()).min(space.len());
        let mut part = ReadBuf::new(space.get_mut(..most).unwrap_or_default());
        ready!(this.way()?.poll_read(context, &mut part))?;
        this.follow(part.filled());
        buffer.put_slice(part.filled());
        Poll::Ready(Ok(()))
    }
}

impl<S: Way + 'static> AsyncWrite for Lent<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        // In a greeting nobody speaks before the other is done. Whether there is encryption is answered by a byte alone.
        this.head.clear();
        this.left = 0;
        this.way()?.poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().way()?.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().way()?.poll_shutdown(context)
    }
}

impl<S: Way + TlsStream + 'static> TlsStream for Lent<S> {
    fn channel_binding(&self) -> ChannelBinding {
        self.way.as_ref().map_or_else(ChannelBinding::none, TlsStream::channel_binding)
    }
}

/// Encrypts what is lent, and lends what it becomes.
pub(crate) struct Encrypted<T>(pub T);

impl<S, T> TlsConnect<Lent<S>> for Encrypted<T>
where
    S: Way + 'static,
    T: TlsConnect<S>,
    T::Stream: Way + 'static,
    T::Future: Send + 'static,
    T::Error: Send + 'static,
{
    type Stream = Lent<T::Stream>;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Stream, Self::Error>> + Send>>;

    fn connect(self, mut lent: Lent<S>) -> Self::Future {
        let back = Arc::clone(&lent.back);
        let connecting = lent.way.take().map(|way| self.0.connect(way));
        Box::pin(async move {
            let connecting = connecting.ok_or("nothing to encrypt")?;
            Ok(Lent::new(connecting.await.map_err(Into::into)?, back))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    /// Everything that the server says, there at once.
    struct Said(Vec<u8>);

    impl AsyncRead for Said {
        fn poll_read(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            let count = buffer.remaining().min(self.0.len());
            let said: Vec<u8> = self.0.drain(..count).collect();
            buffer.put_slice(&said);
            Poll::Ready(Ok(()))
        }
    }

    impl AsyncWrite for Said {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    fn read(lent: &mut Lent<Said>, most: usize) -> Vec<u8> {
        let mut space = vec![0; most];
        let mut buffer = ReadBuf::new(&mut space);
        let read = Pin::new(lent).poll_read(&mut Context::from_waker(Waker::noop()), &mut buffer);
        assert!(matches!(read, Poll::Ready(Ok(()))));
        buffer.filled().to_vec()
    }

    #[test]
    fn what_comes_after_the_greeting_is_left_for_others() {
        // No encryption; a long message; one without a body; the last of the greeting. Then what comes after it.
        let long = [b"S".as_slice(), &1004_u32.to_be_bytes(), &[7; 1000]].concat();
        let greeting = [long.as_slice(), b"1\0\0\0\x04", b"Z\0\0\0\x05I"].concat();
        let all = [b"N".as_slice(), &greeting, b"A\0\0\0\x08next"].concat();
        let back = Back::default();
        let mut lent = Lent::new(Said(all), Arc::clone(&back));
        assert_eq!(read(&mut lent, 1), b"N");
        let write = Pin::new(&mut lent).poll_write(&mut Context::from_waker(Waker::noop()), b"startup");
        assert!(matches!(write, Poll::Ready(Ok(7))));
        let mut heard = Vec::new();
        while heard.len() < greeting.len() {
            heard.extend(read(&mut lent, 4096));
        }
        assert_eq!(heard, greeting);
        drop(lent);
        let mut way = back.lock().expect("nobody panicked").take().expect("came back");
        let mut space = [0; 64];
        let mut rest = ReadBuf::new(&mut space);
        let read = Pin::new(&mut way).poll_read(&mut Context::from_waker(Waker::noop()), &mut rest);
        assert!(matches!(read, Poll::Ready(Ok(()))));
        assert_eq!(rest.filled(), b"A\0\0\0\x08next");
    }
}
