//! Readers beside the writer: connections that are opened when needed and kept.

use crate::options::Options;
use crate::store::sqlite::{Role, SqliteConnection, Stop};
use carnet_domain::{Code, Error, Result};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How many idle readers are kept.
const IDLE: usize = 16;

pub(crate) struct Readers {
    path: PathBuf,
    options: Options,
    idle: Mutex<Vec<SqliteConnection>>,
    /// What stops the statements of each of them, while it lives.
    stops: Mutex<Vec<Stop>>,
}

impl Readers {
    pub fn new(path: &Path, options: &Options) -> Self {
        Self {
            path: path.to_path_buf(),
            options: options.clone(),
            idle: Mutex::default(),
            stops: Mutex::default(),
        }
    }

    /// Lends a reader to a piece of work. One that failed is not used again.
    pub fn with<T>(&self, work: impl FnOnce(&mut SqliteConnection) -> Result<T>) -> Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = work(&mut connection);
        let failed = |error: &Error| matches!(error.code(), Code::Storage | Code::Internal);
        let sound = !connection.in_transaction() && !result.as_ref().is_err_and(failed);
        if sound {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < IDLE {
                idle.push(connection);
            }
        }
        result
    }

    fn open(&self) -> Result<SqliteConnection> {
        let connection = SqliteConnection::open(&self.path, Role::Reader, &self.options, false)?;
        let mut stops = self.stops.lock().unwrap_or_else(PoisonError::into_inner);
        stops.retain(Stop::is_alive);
        stops.push(connection.stop());
        Ok(connection)
    }

    /// Stops every statement that runs.
    pub fn interrupt(&self) {
        self.stops.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(Stop::stop);
    }

    /// Closes every idle reader.
    pub fn close(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
