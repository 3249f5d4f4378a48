//! Who waits for the feed is woken by the sealer's notification, and asks the server nothing meanwhile.

use super::Server;
use crate::store::journal;
use crate::store::postgres::connection::PgConnection;
use crate::store::postgres::talk::{Ear, Unasked};
use crate::store::postgres::wire::Socket;
use crate::store::value::Connection;
use carnet_domain::{Error, Reason, Result};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often it is seen to that the connection still listens.
const LOOK: Duration = Duration::from_secs(1);
/// How long connecting and listening may take.
const OPEN: Duration = Duration::from_secs(5);

/// How many notifications have come.
#[derive(Default)]
struct Heard {
    /// Of this store; until that is known, of any.
    store: OnceLock<String>,
    count: Mutex<u64>,
    more: Condvar,
}

/// A connection that listens, on a thread of its own.
pub(crate) struct Listener {
    socket: Arc<Socket>,
    thread: Option<JoinHandle<()>>,
    heard: Arc<Heard>,
}

impl Listener {
    fn open(server: &Server) -> Result<Self> {
        let heard = Arc::new(Heard::default());
        let told = Arc::clone(&heard);
        let deadline = Instant::now().checked_add(OPEN).unwrap_or_else(Instant::now);
        let ear: Ear = Arc::new(move |said| {
            if let Unasked::Notification(changed) = said
                && told.store.get().is_none_or(|store| store == changed)
            {
                let mut count = told.count.lock().unwrap_or_else(PoisonError::into_inner);
                *count = count.wrapping_add(1);
                told.more.notify_all();
            }
        });
        let opened = PgConnection::hearing(&server.origin.place, deadline, ear);
        let mut connection = opened.map_err(|failure| failure.error)?;
        connection.rows(journal::unsealed::listen())?;
        let store = journal::unsealed::store_name(&mut connection)?;
        heard.store.get_or_init(|| store);
        let mut talk = connection.into_talk();
        let socket = Arc::clone(talk.traffic().socket());
        let thread = std::thread::Builder::new()
            .name("carnet-listener".to_owned())
            .spawn(move || talk.listen())
            .map_err(|_| Error::new(Reason::Internal).with("what", "no thread for the feed"))?;
        Ok(Self { socket, thread: Some(thread), heard })
    }

    fn is_listening(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.socket.shut();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the feed panicked");
        }
    }
}

impl Server {
    /// Waits until an entry after this position is sealed, or the time is over: whether there is one.
    pub fn wait_for_changes(
        &self,
        after: i64,
        wait: Duration,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<bool> {
        let until = Instant::now().checked_add(wait).unwrap_or_else(Instant::now);
        loop {
            // Before the look at the journal: what is sealed after it wakes.
            let (heard, seen) = self.listens()?;
            let deadline = Instant::now().checked_add(OPEN).unwrap_or_else(Instant::now);
            let tip = self.with(deadline, |session| journal::tip(session.connection()))?;
            if tip.position > after {
                return Ok(true);
            }
            loop {
                if interrupted() {
                    return Err(Reason::Interrupted.into());
                }
                let left = until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Ok(false);
                }
                let count = heard.count.lock().unwrap_or_else(PoisonError::into_inner);
                let waited = heard.more.wait_timeout_while(count, left.min(LOOK), |count| *count == seen);
                let now = *waited.unwrap_or_else(PoisonError::into_inner).0;
                if now != seen || !self.still_listens() {
                    break;
                }
            }
        }
    }

    /// What a listening connection has heard so far.
    fn listens(&self) -> Result<(Arc<Heard>, u64)> {
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        // Looked at with the listener in hand: whoever closes drops it afterwards.
        if self.is_closed() {
            return Err(Reason::Closed.into());
        }
        if !listener.as_ref().is_some_and(Listener::is_listening) {
            *listener = Some(Listener::open(self)?);
        }
        let heard = listener.as_ref().map(|held| Arc::clone(&held.heard)).unwrap_or_default();
        let count = *heard.count.lock().unwrap_or_else(PoisonError::into_inner);
        Ok((heard, count))
    }

    fn still_listens(&self) -> bool {
        let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        listener.as_ref().is_some_and(Listener::is_listening)
    }
}
