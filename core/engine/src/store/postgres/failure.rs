//! Errors of the server in the words of Carnet. Their texts never leave: they may quote values.

use carnet_domain::{Error, Reason};

/// What an error asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// Two transactions were in each other's way, or wrote the same key: decide again, alone.
    Repeat,
    /// The connection is gone.
    Reconnect,
    /// None: the caller is told.
    Tell,
}

/// An error with what can be done about it.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub error: Error,
    pub remedy: Remedy,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, remedy: Remedy::Tell }
    }
}

/// The connection does not answer any more.
pub(crate) fn gone() -> Failure {
    Failure { error: Reason::Unreachable.into(), remedy: Remedy::Reconnect }
}

/// An error of the driver, while it greets.
pub(crate) fn of(error: &tokio_postgres::Error) -> Failure {
    error.code().map_or_else(gone, |state| told(state.code(), None))
}

/// An error of the server: its SQLSTATE and the constraint that was in the way.
pub(crate) fn told(state: &str, constraint: Option<&str>) -> Failure {
    let (reason, remedy) = reason(state);
    let mut told = Error::new(reason).with("sqlstate", state);
    if let Some(constraint) = constraint {
        told = told.with("constraint", constraint);
    }
    Failure { error: told, remedy }
}

fn reason(code: &str) -> (Reason, Remedy) {
    let class = code.get(..2).unwrap_or_default();
    match (class, code) {
        // Serialization failure, deadlock, unique violation.
        (_, "40001" | "40P01") => (Reason::Busy, Remedy::Repeat),
        (_, "23505") => (Reason::AlreadyExists, Remedy::Repeat),
        ("23", _) => (Reason::Internal, Remedy::Tell),
        // Lock not available, too many connections, cancelled by a time-out.
        (_, "55P03" | "53300" | "57014") => (Reason::Busy, Remedy::Tell),
        (_, "53100") => (Reason::Full, Remedy::Tell),
        ("53" | "58", _) => (Reason::Io, Remedy::Tell),
        // Shut down, crashed, starting up.
        ("57" | "08", _) => (Reason::Unreachable, Remedy::Reconnect),
        ("28", _) | (_, "42501") => (Reason::AccessDenied, Remedy::Tell),
        (_, "3D000") => (Reason::Missing, Remedy::Tell),
        (_, "25006") => (Reason::ReadOnly, Remedy::Tell),
        ("XX", _) => (Reason::Corrupt, Remedy::Tell),
        // Undefined table, column, function: not the schema that its version promises.
        (_, "42P01" | "42703" | "42883" | "3F000") => (Reason::Corrupt, Remedy::Tell),
        // An earlier statement of the transaction failed; that one is told.
        _ => (Reason::Internal, Remedy::Tell),
    }
}
