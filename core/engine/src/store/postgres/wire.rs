//! A socket to the server and the traffic on it, which whoever waits for an answer carries itself: no thread and no
//! reactor stand between. So an answer wakes its caller and nobody else, and a host that is asynchronous itself may call
//! from inside its own runtime.

use bytes::{Buf, BytesMut};
use postgres_protocol::message::backend::Message;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::future::Future;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How much is read at once.
const CHUNK: usize = 8192;

/// A socket that never blocks, and what is known of it.
pub(crate) struct Socket {
    stream: Stream,
    /// Nothing was left to read when it was read last.
    drained: AtomicBool,
    /// It took no more when it was written last.
    full: AtomicBool,
}

enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

impl Socket {
    pub fn tcp(stream: TcpStream) -> io::Result<Arc<Self>> {
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        Ok(Self::of(Stream::Tcp(stream)))
    }

    #[cfg(unix)]
    pub fn unix(stream: UnixStream) -> io::Result<Arc<Self>> {
        stream.set_nonblocking(true)?;
        Ok(Self::of(Stream::Unix(stream)))
    }

    fn of(stream: Stream) -> Arc<Self> {
        Arc::new(Self { stream, drained: AtomicBool::new(false), full: AtomicBool::new(false) })
    }

    fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match &self.stream {
            Stream::Tcp(stream) => (&mut &*stream).read(buffer),
            #[cfg(unix)]
            Stream::Unix(stream) => (&mut &*stream).read(buffer),
        }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        match &self.stream {
            Stream::Tcp(stream) => (&mut &*stream).write(bytes),
            #[cfg(unix)]
            Stream::Unix(stream) => (&mut &*stream).write(bytes),
        }
    }

    /// Ends what anybody waits for on it.
    pub fn shut(&self) {
        // It is gone already where this fails.
        drop(match &self.stream {
            Stream::Tcp(stream) => stream.shutdown(std::net::Shutdown::Both),
            #[cfg(unix)]
            Stream::Unix(stream) => stream.shutdown(std::net::Shutdown::Both),
        });
    }

    /// Waits until it can be read, or written where it was full: whether that came before the deadline.
    fn wait(&self, deadline: Option<Instant>) -> bool {
        let mut events = PollFlags::IN;
        if self.full.swap(false, Ordering::Relaxed) {
            events |= PollFlags::OUT;
        }
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let left = left.map(|left| Timespec {
                tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX),
                tv_nsec: left.subsec_nanos().into(),
            });
            let mut asked = [match &self.stream {
                Stream::Tcp(stream) => PollFd::new(stream, events),
                #[cfg(unix)]
                Stream::Unix(stream) => PollFd::new(stream, events),
            }];
            match poll(&mut asked, left.as_ref()) {
                Ok(0) => return false,
                Err(rustix::io::Errno::INTR) => {}
                // What is wrong with it is said by whoever reads.
                Ok(_) | Err(_) => {
                    self.drained.store(false, Ordering::Relaxed);
                    return true;
                }
            }
        }
    }
}

/// A socket as the driver and the encryption see it.
pub(crate) struct Wire(pub Arc<Socket>);

fn tried<T>(mut job: impl FnMut() -> io::Result<T>) -> Poll<io::Result<T>> {
    loop {
        match job() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Poll::Pending,
            done => return Poll::Ready(done),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let socket = &self.0;
        if socket.drained.load(Ordering::Relaxed) {
            return Poll::Pending;
        }
        let space = buffer.initialize_unfilled();
        let read = tried(|| socket.read(space));
        let short = match &read {
            Poll::Ready(Ok(count)) => *count > 0 && *count < space.len(),
            Poll::Ready(Err(_)) => false,
            Poll::Pending => true,
        };
        socket.drained.store(short, Ordering::Relaxed);
        read.map_ok(|count| buffer.advance(count))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = tried(|| self.0.write(bytes));
        if written.is_pending() {
            self.0.full.store(true, Ordering::Relaxed);
        }
        written
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let ended = match &self.0.stream {
            Stream::Tcp(stream) => stream.shutdown(std::net::Shutdown::Write),
            #[cfg(unix)]
            Stream::Unix(stream) => stream.shutdown(std::net::Shutdown::Write),
        };
        Poll::Ready(ended)
    }
}

/// Whether something has happened that somebody on this thread waits for.
#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}

/// Carries work on a socket out on this thread; nothing if the deadline passes first.
pub(crate) fn carry<T>(socket: &Socket, deadline: Instant, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = work.as_mut().poll(&mut context) {
            return Some(value);
        }
        if !woken.0.swap(false, Ordering::Acquire) && !socket.wait(Some(deadline)) {
            return None;
        }
    }
}

/// A way to the server, whatever it is encrypted with.
pub(crate) trait Way: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Way for T {}

/// What goes to the server and comes from it. Nothing does while nobody waits.
pub(crate) struct Traffic {
    socket: Arc<Socket>,
    stream: Box<dyn Way>,
    /// What waits to be sent.
    pub outbox: BytesMut,
    /// What has come and was not looked at yet.
    inbox: BytesMut,
    /// What is read into: once made, never emptied.
    chunk: Box<[u8]>,
    /// The connection has ended.
    ended: bool,
}

impl Traffic {
    /// Takes over after the greeting.
    pub fn new(socket: Arc<Socket>, stream: Box<dyn Way>) -> Self {
        let chunk = vec![0; CHUNK].into_boxed_slice();
        Self { socket, stream, outbox: BytesMut::new(), inbox: BytesMut::new(), chunk, ended: false }
    }

    pub const fn socket(&self) -> &Arc<Socket> {
        &self.socket
    }

    /// Sends and takes what can be without waiting.
    pub fn step(&mut self) {
        // Nobody needs to be woken: whoever waits, waits for the socket.
        let mut context = Context::from_waker(Waker::noop());
        if self.ended {
            return;
        }
        let sent = self.send(&mut context);
        // A server that takes nothing any more may have said why.
        let taken = self.take(&mut context);
        self.ended = sent.is_err() || taken.is_err();
    }

    fn send(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        while !self.outbox.is_empty() {
            match Pin::new(&mut self.stream).poll_write(context, &self.outbox)? {
                Poll::Ready(0) => return Err(ErrorKind::WriteZero.into()),
                Poll::Ready(count) => self.outbox.advance(count),
                Poll::Pending => return Ok(()),
            }
        }
        match Pin::new(&mut self.stream).poll_flush(context)? {
            Poll::Ready(()) | Poll::Pending => Ok(()),
        }
    }

    fn take(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        loop {
            let mut chunk = ReadBuf::new(&mut self.chunk);
            match Pin::new(&mut self.stream).poll_read(context, &mut chunk)? {
                Poll::Ready(()) if chunk.filled().is_empty() => return Err(ErrorKind::UnexpectedEof.into()),
                Poll::Ready(()) => self.inbox.extend_from_slice(chunk.filled()),
                Poll::Pending => return Ok(()),
            }
        }
    }

    pub const fn has_ended(&self) -> bool {
        self.ended
    }

    /// Ends the connection: what comes late would be taken for the answer to something else, and a transaction that
    /// nobody goes on with would keep its locks.
    pub fn give_up(&mut self) {
        self.ended = true;
        self.socket.shut();
        self.inbox.clear();
    }

    /// Whether the server has not ended the connection, as far as can be seen without waiting.
    pub fn is_open(&mut self) -> bool {
        self.socket.drained.store(false, Ordering::Relaxed);
        self.step();
        !self.ended
    }

    /// The next message that has come.
    fn arrived(&mut self) -> Option<Message> {
        let Ok(message) = Message::parse(&mut self.inbox) else {
            // Whatever that is, nothing after it can be trusted.
            self.give_up();
            return None;
        };
        message
    }

    /// The next message; nothing if the deadline passes before it has come, or the connection ends.
    pub fn next(&mut self, deadline: Option<Instant>) -> Option<Message> {
        loop {
            if let Some(message) = self.arrived() {
                return Some(message);
            }
            if self.ended {
                return None;
            }
            self.step();
            if let Some(message) = self.arrived() {
                return Some(message);
            }
            if self.ended || !self.socket.wait(deadline) {
                return None;
            }
        }
    }
}
