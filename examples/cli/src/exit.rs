//! How a command ends: exit codes by family of error.

use crate::place;
use carnet::{Code, Error, Reason};
use std::fmt;
use std::io;
use std::path::Path;

/// What a command comes to.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a command ends with another code than 0.
#[derive(Debug)]
pub enum Failure {
    /// An error of the engine, or of a file, which is `storage.io`.
    Engine(Error),
    /// The reply of a request held an error; it was written with the replies.
    Reply(String),
    /// A check or verification found what should not be; it was printed.
    Differences,
    /// Nobody reads the output any more.
    PipeClosed,
}

/// The exit code of a check that found differences.
const DIFFERENCES: u8 = 1;

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Engine(error) => of_family(error.code().as_str()),
            Self::Reply(family) => of_family(family),
            Self::Differences => DIFFERENCES,
            Self::PipeClosed => 0,
        }
    }

    /// A failure to read or write a file.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        Self::Engine(Error::new(Reason::Io).with("file", place::shown(path)).with("cause", error))
    }

    /// A failure to write the output.
    pub fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::PipeClosed;
        }
        Self::Engine(Error::new(Reason::Io).with("file", "standard output").with("cause", error))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => error.fmt(f),
            Self::Reply(family) => write!(f, "stopped at an error: {family}"),
            Self::Differences => f.write_str("not everything is as it should be"),
            Self::PipeClosed => f.write_str("nobody reads the output"),
        }
    }
}

/// The exit code of a family of errors, by its stable string.
fn of_family(family: &str) -> u8 {
    [
        (Code::InvalidInput, 10),
        (Code::NotFound, 20),
        (Code::Refused, 30),
        (Code::Conflict, 40),
        (Code::Storage, 50),
        (Code::Misuse, 90),
    ]
    .into_iter()
    .find_map(|(code, exit)| (code.as_str() == family).then_some(exit))
    .unwrap_or(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_its_code() {
        for (reason, code) in [
            (Reason::BadJson, 10),
            (Reason::ClientNotFound, 20),
            (Reason::Insufficient, 30),
            (Reason::KeyReused, 40),
            (Reason::Busy, 50),
            (Reason::Closed, 90),
            (Reason::Internal, 99),
        ] {
            assert_eq!(Failure::Engine(reason.into()).code(), code, "{reason:?}");
            assert_eq!(Failure::Reply(reason.code().as_str().to_owned()).code(), code, "{reason:?}");
        }
        assert_eq!(Failure::Differences.code(), 1);
        assert_eq!(Failure::Reply("a family of a later release".to_owned()).code(), 99);
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        assert_eq!(Failure::output(&io::ErrorKind::BrokenPipe.into()).code(), 0);
        assert_eq!(Failure::output(&io::ErrorKind::WriteZero.into()).code(), 50);
    }
}
