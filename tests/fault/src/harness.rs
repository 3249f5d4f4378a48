//! What a program under test has to offer, and how the harnesses drive it.

use crate::disk::Disk;
use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The answer to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Done and promised to stay.
    Acknowledged,
    /// Refused by a rule: it left no trace.
    Refused,
}

/// What is known of the steps so far. A step with an error is unknown: it may have been done, wholly
/// or not at all. A step in neither list was refused or never tried.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Steps that were acknowledged, ascending.
    pub acknowledged: Vec<u64>,
    /// Steps that ended in an error, ascending.
    pub unknown: Vec<u64>,
}

/// What is wrong with a reopened store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is sound, but an acknowledged step is not in it.
    Lost(String),
    /// It is damaged, contradicts itself, or holds what nobody did.
    Broken(String),
}

/// A program that writes to a [`Disk`]. It must do nothing that outlives its session: threads are joined
/// and connections closed when the session is dropped.
pub trait Workload {
    /// An open store; dropping it closes it.
    type Session;

    /// Opens the store on the disk (VFS [`Disk::name`]), and makes it if it is not there.
    ///
    /// # Errors
    /// When the disk fails; the text is for the report.
    fn open(&self, disk: &Disk) -> Result<Self::Session, String>;

    /// Does step `i`. Numbers go up and none is given twice in one life of a store.
    ///
    /// # Errors
    /// When the outcome is unknown, or surely nothing was done: the harness does not tell them apart.
    fn step(&self, session: &mut Self::Session, i: u64) -> Result<Step, String>;

    /// Looks the whole store over.
    ///
    /// # Errors
    /// What it found.
    fn check(&self, session: &mut Self::Session, history: &History) -> Result<(), Finding>;

    /// How many steps a script has.
    fn steps(&self) -> u64 {
        24
    }
}

/// A name for a disk that no other has.
pub(crate) fn disk_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("carnet-fault-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A disk of its own for one run of a harness, or the reason why there is none.
pub(crate) fn disk() -> Result<Arc<Disk>, String> {
    Disk::register(&disk_name())
}

/// Why a step or an opening did not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    Error(String),
    Panic(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(text) => write!(f, "error: {text}"),
            Self::Panic(text) => write!(f, "panic: {text}"),
        }
    }
}

/// Runs `f`; a panic is a finding, not the end of the run.
pub(crate) fn guard<T>(f: impl FnOnce() -> Result<T, String>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(result) => result.map_err(Failure::Error),
        Err(payload) => Err(Failure::Panic(panic_text(&*payload))),
    }
}

fn panic_text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}

/// Does one step and writes its outcome into the history.
pub(crate) fn step<W: Workload>(
    workload: &W,
    session: &mut W::Session,
    i: u64,
    history: &mut History,
) -> Result<Step, Failure> {
    let result = guard(|| workload.step(session, i));
    match &result {
        Ok(Step::Acknowledged) => history.acknowledged.push(i),
        Ok(Step::Refused) => {}
        Err(_) => history.unknown.push(i),
    }
    result
}

/// Closes a session.
pub(crate) fn close<S>(session: S) -> Result<(), Failure> {
    guard(|| {
        drop(session);
        Ok(())
    })
}

/// Checks an open session; a panic of the check is a broken store.
pub(crate) fn check<W: Workload>(
    workload: &W,
    session: &mut W::Session,
    history: &History,
) -> Result<(), Finding> {
    match catch_unwind(AssertUnwindSafe(|| workload.check(session, history))) {
        Ok(result) => result,
        Err(payload) => Err(Finding::Broken(format!("the check panicked: {}", panic_text(&*payload)))),
    }
}

/// Opens the store again on a healthy disk, checks it and gives the session back.
pub(crate) fn reopen<W: Workload>(
    workload: &W,
    disk: &Disk,
    history: &History,
) -> Result<W::Session, Finding> {
    match guard(|| workload.open(disk)) {
        Err(failure) => Err(Finding::Broken(format!("does not open: {failure}"))),
        Ok(mut session) => check(workload, &mut session, history).map(|()| session),
    }
}
