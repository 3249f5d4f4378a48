//! The thread that talks to the server. The callers of an engine wait for it and never run it, so that a host which is
//! asynchronous itself may call the engine from inside its own runtime.

use carnet_domain::{Error, Reason, Result};
use std::future::Future;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Instant;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// The thread and its runtime. Ends with the last owner.
pub(crate) struct Driver {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

fn no_thread() -> Error {
    Error::new(Reason::Internal).with("what", "no thread for the network")
}

impl Driver {
    /// Starts the thread.
    pub fn start() -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|_| no_thread())?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new()
            .name("carnet-postgres".to_owned())
            .spawn(move || {
                // Ends when the sender is dropped, too.
                drop(runtime.block_on(stopped));
                runtime.shutdown_background();
            })
            .map_err(|_| no_thread())?;
        Ok(Self { handle, stop: Some(stop), thread: Some(thread) })
    }

    /// Carries out something on the thread without waiting for it.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.handle.spawn(future));
    }

    /// Carries out something on the thread and waits for it; nothing if the deadline passes first.
    pub fn wait<T: Send + 'static>(
        &self,
        deadline: Instant,
        future: impl Future<Output = T> + Send + 'static,
    ) -> Result<Option<T>> {
        let (sender, receiver) = sync_channel(1);
        self.spawn(async move {
            // Who gave up does not want it any more.
            drop(sender.send(future.await));
        });
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(value) => Ok(Some(value)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(no_thread()),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.stop.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the network panicked");
        }
    }
}
