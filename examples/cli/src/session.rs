//! An open store and the envelope that every command puts around its operation.

use crate::args::{Cli, Command};
use crate::exit::{Failure, Outcome};
use crate::place::{is_server, shown};
use carnet::domain::VenueId;
use carnet::domain::calendar::Zone;
use carnet::ops::venue::VenueList;
use carnet::{Call, Engine, Error, Migrate, Options, Reason};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// How long the checks and copies of a whole store wait for a server: milliseconds.
const LONG: u64 = 3_600_000;

/// An open store.
pub struct Session {
    /// The engine.
    pub engine: Engine,
    /// When, and at which venue.
    pub call: Call,
}

impl Session {
    /// Opens the store that the command line names.
    pub fn open(cli: &Cli, db: &Path) -> Outcome<Self> {
        let options = match cli.command {
            Command::Check { .. } | Command::Journal(_) | Command::Support { .. } => {
                patient(db, Options::default())
            }
            _ => Options::default(),
        };
        let engine = open(db, options)?;
        let call = Call { at: cli.at, venue: cli.venue.map(VenueId), ..Call::default() };
        Ok(Self { engine, call })
    }

    /// The zone in which times are shown: that of the venue named, or of the first one.
    pub fn zone(&self) -> Outcome<Zone> {
        let venues = self.engine.venue_list(&self.call, VenueList {})?.venues;
        let named = venues.iter().find(|venue| self.call.venue.is_none_or(|id| id == venue.venue));
        Ok(named.map_or(Zone::UTC, |venue| venue.time_zone))
    }
}

/// Opens a store that exists.
pub fn open(db: &Path, options: Options) -> Outcome<Engine> {
    if !is_server(db) && !db.exists() {
        return Err(Error::new(Reason::Missing).with("file", shown(db)).into());
    }
    Engine::open(db, options).map_err(|error| named(error, db))
}

/// An error in opening a store, with the name of the server.
fn named(error: Error, db: &Path) -> Failure {
    if is_server(db) { error.with("server", shown(db)).into() } else { error.into() }
}

/// Whether there is a store.
fn exists(db: &Path) -> Outcome<bool> {
    if !is_server(db) {
        return Ok(db.exists());
    }
    let look = Options { migrate: Migrate::Refuse, ..Options::default() };
    match Engine::open(db, look) {
        Ok(engine) => {
            engine.close()?;
            Ok(true)
        }
        Err(error) if error.reason() == Reason::Missing => Ok(false),
        Err(error) if [Reason::Older, Reason::Newer].contains(&error.reason()) => Ok(true),
        Err(error) => Err(named(error, db)),
    }
}

/// What reads or writes all of a store waits for a server as long as that takes.
pub fn patient(db: &Path, options: Options) -> Options {
    if is_server(db) { Options { busy_timeout_ms: LONG, ..options } } else { options }
}

/// Makes a store where there is none.
pub fn create(db: &Path, options: Options) -> Outcome<Engine> {
    if exists(db)? {
        let what = if is_server(db) { "server" } else { "file" };
        return Err(Error::new(Reason::Exists).with(what, shown(db)).into());
    }
    Engine::open(db, Options { create: true, ..options }).map_err(|error| named(error, db))
}

/// The options of a store whose draws are fixed, or of any other.
pub fn options(seed: Option<u64>, node: Option<i64>) -> Options {
    let options = Options { node, ..Options::default() };
    match seed {
        Some(seed) => options.seeded(seed),
        None => options,
    }
}

/// Removes a store with the files beside it. One on a server is never removed.
pub fn remove(db: &Path) -> Outcome {
    if is_server(db) {
        let what = "a store on a server is not removed: drop its schema or database, or name another";
        return Err(Error::new(Reason::Unsupported).with("what", what).with("server", shown(db)).into());
    }
    for suffix in ["", "-wal", "-shm"] {
        let mut name = db.as_os_str().to_owned();
        name.push(suffix);
        let path = PathBuf::from(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(Failure::file(&path, &error)),
            _ => {}
        }
    }
    Ok(())
}
