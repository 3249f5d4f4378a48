//! An open store and the envelope that every command puts around its operation.

use crate::args::Cli;
use crate::exit::{Failure, Outcome};
use carnet::domain::VenueId;
use carnet::domain::calendar::Zone;
use carnet::ops::venue::VenueList;
use carnet::{Call, Engine, Error, Options, Reason};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

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
        let engine = open(db, Options::default())?;
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

/// Whether the store lies on a server. Its URL is in no error: it may hold a password.
fn on_server(db: &Path) -> bool {
    let text = db.to_string_lossy();
    ["postgresql://", "postgres://"].iter().any(|scheme| text.starts_with(scheme))
}

/// Opens a store that exists.
pub fn open(db: &Path, options: Options) -> Outcome<Engine> {
    if on_server(db) || db.exists() {
        Ok(Engine::open(db, options)?)
    } else {
        Err(Error::new(Reason::Missing).with("file", db.display()).into())
    }
}

/// Makes a store where there is none.
pub fn create(db: &Path, options: Options) -> Outcome<Engine> {
    if on_server(db) {
        return match Engine::open(db, options.clone()) {
            Ok(_) => Err(Error::new(Reason::Exists).into()),
            Err(error) if error.reason() == Reason::Missing => {
                Ok(Engine::open(db, Options { create: true, ..options })?)
            }
            Err(error) => Err(error.into()),
        };
    }
    if db.exists() {
        return Err(Error::new(Reason::Exists).with("file", db.display()).into());
    }
    Ok(Engine::open(db, Options { create: true, ..options })?)
}

/// The options of a store whose draws are fixed, or of any other.
pub fn options(seed: Option<u64>, node: Option<i64>) -> Options {
    let options = Options { node, ..Options::default() };
    match seed {
        Some(seed) => options.seeded(seed),
        None => options,
    }
}

/// Removes a store with the files beside it.
pub fn remove(db: &Path) -> Outcome {
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
