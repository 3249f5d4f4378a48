//! Checkpoints on a thread of their own: in the commit path they would be the tail of every hundredth commit.

use crate::options::Options;
use crate::store::sqlite::{self, Role, SqliteConnection};
use carnet_domain::{Error, Reason, Result};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the WAL is looked at.
const INTERVAL: Duration = Duration::from_millis(50);
/// Frames in the WAL above which readers and writers are asked to wait for its reset: 64 MiB of pages of 4 KiB.
const FRAMES_MAX: i64 = 16_384;

/// The thread; it ends when this is dropped.
pub(crate) struct Checkpointer {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    pub fn start(path: &Path, options: &Options) -> Result<Self> {
        let (path, options) = (path.to_path_buf(), options.clone());
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new()
            .name("carnet-checkpoint".to_owned())
            .spawn(move || run(&path, &options, &stopped))
            .map_err(|_| Error::new(Reason::Internal).with("what", "no thread could be started"))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the checkpoint thread panicked");
        }
    }
}

/// The connection is opened here and not where the store is opened: nobody has to wait for it.
fn run(path: &Path, options: &Options, stopped: &Receiver<()>) {
    let mut opened = None;
    while stopped.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
        let connection = match &mut opened {
            Some(connection) => connection,
            None => match SqliteConnection::open(path, Role::Checkpointer, options, false) {
                Ok(connection) => opened.insert(connection),
                Err(error) => {
                    tracing::error!(reason = error.reason().as_str(), "no connection for checkpoints");
                    continue;
                }
            },
        };
        // Nobody is made to wait for a passive checkpoint, and it waits for nobody.
        sqlite::wait_for(Duration::ZERO);
        let frames = match connection.checkpoint("PASSIVE") {
            Ok((frames, _)) => frames,
            Err(error) => {
                tracing::debug!(reason = error.reason().as_str(), "a checkpoint was put off");
                continue;
            }
        };
        if frames > FRAMES_MAX {
            sqlite::wait_for(Duration::from_millis(200));
            if connection.checkpoint("RESTART").is_err() {
                tracing::warn!(frames, "the WAL could not be reset: a reader holds on to it");
            }
        }
    }
}
