//! A store with one venue in a file of its own, asked by JSON, and looked at and damaged beside the engine.

use carnet::{Engine, Options};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

pub struct Club {
    engine: Engine,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Club {
    pub fn new(at: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("club.db");
        let engine = Engine::open(&path, Options::create().seeded(1)).expect("opens");
        let club = Self { engine, path, _folder: folder };
        let venue =
            json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR", "country": "RO"});
        club.ok(&json!({"op": "venue.add", "at": at, "args": venue}));
        club
    }

    /// The reply to a request that is carried out.
    pub fn ok(&self, request: &Value) -> Value {
        let reply = self.engine.execute_json(request.to_string().as_bytes());
        let reply: Value = serde_json::from_str(&reply).expect("a reply");
        assert!(reply.get("reply").is_some(), "{request} -> {reply}");
        reply["reply"].clone()
    }

    pub fn other(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.path).expect("opens")
    }

    /// Changes the store behind the engine's back.
    pub fn sql(&self, sql: &str) {
        self.other().execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).expect("runs");
    }

    /// What the check finds different.
    pub fn differs(&self) -> BTreeSet<String> {
        let found = self.ok(&json!({"op": "store.check"}))["differences"].clone();
        let what = |difference: &Value| difference["what"].as_str().expect("a name").to_owned();
        found.as_array().expect("a list").iter().map(what).collect()
    }
}

/// Names of differences.
pub fn names(what: &[&str]) -> BTreeSet<String> {
    what.iter().map(|name| (*name).to_owned()).collect()
}
