//! The engine: the one object that a host holds.

use crate::call::Call;
use crate::options::Options;
use carnet_domain::{Error, Reason, Result};
use std::path::Path;

/// A store and all that may be done with it. Thread-safe.
pub struct Engine;

impl Engine {
    /// Opens a store.
    pub fn open(_path: impl AsRef<Path>, _options: Options) -> Result<Self> {
        Ok(Self)
    }
    /// Executes one JSON request and returns the JSON reply, an error included. Never fails.
    pub fn execute_json(&self, _request: &[u8]) -> String {
        String::new()
    }
    /// Executes several JSON requests in one commit, each with its own outcome, in order.
    pub fn execute_json_group(&self, requests: &[&[u8]]) -> Vec<String> {
        requests.iter().map(|r| self.execute_json(r)).collect()
    }
    /// Executes a JSON array of requests, all or nothing: `{"replies":[…]}` or `{"error":…,"index":n}`.
    pub fn execute_json_batch(&self, _requests: &[u8]) -> String {
        String::new()
    }
    /// Copies the running store to a new file.
    pub fn backup(&self, _to: impl AsRef<Path>) -> Result<()> {
        Ok(())
    }
    /// Makes a store at `to` from a backup, after checking it.
    pub fn restore(_from: impl AsRef<Path>, _to: impl AsRef<Path>) -> Result<()> {
        Ok(())
    }
    /// Applies exported journal entries to an empty store.
    pub fn replay(&self, _entries: &[crate::ops::journal::JournalEntry]) -> Result<()> {
        Ok(())
    }
    /// The whole state as text, table by table, in one order: equal states give equal text.
    pub fn dump(&self) -> Result<String> {
        Ok(String::new())
    }
    /// Ends the engine: no call is accepted any more, running ones are waited for.
    pub fn close(&self) -> Result<()> {
        Ok(())
    }
}

macro_rules! typed_methods { ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
    impl Engine { $(
        #[doc = $doc]
        #[doc = ""]
        #[doc = concat!("The operation `", $json, "`.")]
        ///
        /// # Errors
        /// Those of the operation, see the reference page.
        pub fn $name(&self, call: &Call, request: $request) -> Result<$reply> { let _ = (call, request); Err(Error::new(Reason::Internal)) }
    )* }
} }
crate::for_each_operation!(typed_methods);
