//! Requests in, replies out, one a line; each reply only after its commit.

use crate::args::Exec;
use crate::exit::{Failure, Outcome};
use crate::progress::Progress;
use crate::requests::Source;
use crate::session::{open, options};
use crate::ui::Ui;
use serde::Deserialize;
use std::io::{BufWriter, Write};
use std::path::Path;

/// What of a reply decides how to go on.
#[derive(Debug, Default, Deserialize)]
pub struct Head {
    /// The error, if it is one.
    pub error: Option<ErrorHead>,
}

/// What of an error decides how to go on.
#[derive(Debug, Deserialize)]
pub struct ErrorHead {
    /// The family.
    pub code: String,
    /// The reason.
    pub reason: String,
}

impl Head {
    /// The head of a reply of the engine.
    ///
    /// # Errors
    /// `internal` if it is not a reply.
    pub fn of(reply: &str) -> carnet::Result<Self> {
        serde_json::from_str(reply)
            .map_err(|_| carnet::Error::new(carnet::Reason::Internal).with("what", "reply"))
    }
}

/// Carries out every request of a file or of standard input.
pub fn run(_ui: &Ui, db: &Path, what: &Exec) -> Outcome {
    let source = Source::open(&what.file)?;
    let engine = open(db, options(what.seed, None))?;
    let progress = Progress::bytes(source.bytes);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for group in source.groups(what.group.into()) {
        let group = group.map_err(|e| Failure::file(&what.file, &e))?;
        let requests: Vec<&[u8]> = group.iter().map(Vec::as_slice).collect();
        for reply in engine.execute_json_group(&requests) {
            writeln!(out, "{reply}").map_err(|e| Failure::output(&e))?;
            if what.stop_on_error
                && let Some(error) = Head::of(&reply)?.error
            {
                out.flush().map_err(|e| Failure::output(&e))?;
                engine.close()?;
                return Err(Failure::Reply(error.code));
            }
        }
        out.flush().map_err(|e| Failure::output(&e))?;
        progress.advance(group.iter().map(|line| line.len().saturating_add(1)).sum());
    }
    Ok(engine.close()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_came_of_a_request() {
        let done = Head::of(r#"{"reply":{"client":1},"at":"2025-01-01T00:00:00.000000Z","position":3}"#);
        assert!(done.is_ok_and(|head| head.error.is_none()));
        let refused = Head::of(r#"{"error":{"code":"refused","number":301,"reason":"insufficient"}}"#);
        let error = refused.expect("a reply").error.expect("an error");
        assert_eq!((error.code.as_str(), error.reason.as_str()), ("refused", "insufficient"));
        assert!(Head::of("").is_err());
    }
}
