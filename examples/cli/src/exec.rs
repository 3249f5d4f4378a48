//! Requests in, replies out, one a line; each reply only after its commit.

use crate::args::Exec;
use crate::exit::{Failure, Outcome};
use crate::progress::Progress;
use crate::requests::Source;
use crate::session::{open, options};
use crate::ui::Ui;
use serde::Deserialize;
use std::borrow::Cow;
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

macro_rules! reading {
    (@ read) => { true };
    (@ write) => { false };
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        /// Whether an operation only reads.
        fn only_reads(op: &str) -> bool {
            match op {
                $($json => reading!(@ $kind),)*
                _ => false,
            }
        }
    };
}
carnet::for_each_operation!(reading);

/// The parts of a group that may go to the engine together: a read in a group sees what was there before the
/// group, but one that follows a write in the input must see that write.
fn runs(group: &[Vec<u8>]) -> impl Iterator<Item = Vec<&[u8]>> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        op: Cow<'a, str>,
    }
    let reads = |line: &[u8]| serde_json::from_slice(line).is_ok_and(|named: Named| only_reads(&named.op));
    group
        .chunk_by(move |one, next| reads(one) == reads(next))
        .map(|run| run.iter().map(Vec::as_slice).collect())
}

/// Carries out every request of a file or of standard input.
pub fn run(_ui: &Ui, db: &Path, what: &Exec) -> Outcome {
    let source = Source::open(&what.file)?;
    let engine = open(db, options(what.seed, None))?;
    let progress = Progress::bytes(source.bytes);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for group in source.groups(what.group.into()) {
        let group = group.map_err(|e| Failure::file(&what.file, &e))?;
        for replies in runs(&group).map(|requests| engine.execute_json_group(&requests)) {
            for reply in &replies {
                writeln!(out, "{reply}").map_err(|e| Failure::output(&e))?;
            }
            out.flush().map_err(|e| Failure::output(&e))?;
            if what.stop_on_error
                && let Some(error) =
                    replies.first().map(|reply| Head::of(reply)).transpose()?.and_then(|head| head.error)
            {
                engine.close()?;
                return Err(Failure::Reply(error.code));
            }
        }
        progress.advance(group.iter().map(|line| line.len().saturating_add(1)).sum());
    }
    Ok(engine.close()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_is_not_carried_out_before_the_writes_it_follows() {
        let lines = [
            r#"{"op":"client.add"}"#,
            r#"{"op":"card.add"}"#,
            r#"{"op":"client.get"}"#,
            r#"{"args":{},"op":"client\u002eget"}"#,
            "{",
            r#"{"op":"day.open"}"#,
        ];
        let group: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        let sizes: Vec<usize> = runs(&group).map(|run| run.len()).collect();
        assert_eq!(sizes, [2, 2, 2]);
    }

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
