//! What is said to the server and what it answers: the extended query protocol. Statements of an exchange go out together
//! and end with one Sync, so that the server begins and ends its work, sends a packet and wakes somebody once for them
//! all.
//!
//! The protocol: <https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING>.

use super::failure::{self, Failure};
use super::rows;
use super::wire::Traffic;
use crate::store::value::{Row, Value};
use carnet_domain::{Error, Reason};
use fallible_iterator::FallibleIterator;
use postgres_protocol::Oid;
use postgres_protocol::message::backend::{ErrorFields, Message};
use postgres_protocol::message::frontend;
use std::sync::Arc;
use std::time::Instant;

/// What the server says without being asked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unasked<'a> {
    /// A notice, by its SQLSTATE.
    Notice(&'a str),
    /// A notification on a channel that is listened to, with its payload.
    Notification(&'a str),
}

/// Who hears it.
pub(crate) type Ear = Arc<dyn Fn(Unasked<'_>) + Send + Sync>;

/// A statement that the server has prepared.
#[derive(Debug, Default)]
pub(crate) struct Statement {
    name: String,
    params: Vec<Oid>,
    columns: Vec<Oid>,
}

/// What came of an exchange that reached its end.
pub(crate) type Outcome<T> = std::result::Result<T, Failure>;

/// A conversation with a server.
pub(crate) struct Talk {
    traffic: Traffic,
    ear: Ear,
    /// How many statements were prepared.
    prepared: u64,
    /// Until when an answer is waited for. None waits for ever.
    pub deadline: Option<Instant>,
}

/// Parameters and results come in the binary form of their types.
const BINARY: [i16; 1] = [1];

fn wrong() -> Failure {
    Error::new(Reason::Corrupt).with("what", "the server's protocol").into()
}

impl Talk {
    pub fn new(traffic: Traffic, ear: Ear) -> Self {
        Self { traffic, ear, prepared: 0, deadline: None }
    }

    pub const fn traffic(&mut self) -> &mut Traffic {
        &mut self.traffic
    }

    /// The next message that is an answer. Nothing if the deadline passes, or the connection ends.
    fn next(&mut self) -> Option<Message> {
        loop {
            match self.traffic.next(self.deadline)? {
                Message::NoticeResponse(notice) => {
                    let (state, _) = told(notice.fields());
                    (self.ear)(Unasked::Notice(&state));
                }
                Message::NotificationResponse(notification) => {
                    (self.ear)(Unasked::Notification(notification.message().unwrap_or_default()));
                }
                Message::ParameterStatus(_) => {}
                answer => return Some(answer),
            }
        }
    }

    /// Hears what the server says until the connection ends.
    pub fn listen(mut self) {
        self.deadline = None;
        while self.next().is_some() {}
    }

    /// Takes answers up to the end of the exchange. What is said first of what went wrong counts. Nothing where an answer
    /// did not come in time, or cannot come any more: then nobody knows what was done.
    fn answers(&mut self, mut each: impl FnMut(Message) -> Option<()>) -> Option<Outcome<()>> {
        let mut outcome = Ok(());
        loop {
            match self.next() {
                Some(Message::ReadyForQuery(_)) => return Some(outcome),
                Some(Message::ErrorResponse(error)) => {
                    let (state, constraint) = told(error.fields());
                    let failure = failure::told(&state, constraint.as_deref());
                    outcome = outcome.and(Err(failure));
                }
                Some(answer) => {
                    if outcome.is_ok() && each(answer).is_none() {
                        outcome = Err(wrong());
                    }
                }
                // A server that ends the connection may have said why.
                None if outcome.is_err() && self.traffic.has_ended() => return Some(outcome),
                None => return None,
            }
        }
    }

    /// Prepares statements.
    pub fn prepare(&mut self, texts: &[String]) -> Option<Outcome<Vec<Statement>>> {
        let mut statements = Vec::with_capacity(texts.len());
        for text in texts {
            self.prepared = self.prepared.wrapping_add(1);
            let name = format!("s{}", self.prepared);
            let out = &mut self.traffic.outbox;
            let said =
                frontend::parse(&name, text, [], out).and_then(|()| frontend::describe(b'S', &name, out));
            if said.is_err() {
                out.clear();
                return Some(Err(wrong()));
            }
            statements.push(Statement { name, ..Statement::default() });
        }
        frontend::sync(&mut self.traffic.outbox);
        let mut index = 0_usize;
        let outcome = self.answers(|answer| {
            let statement = statements.get_mut(index)?;
            match answer {
                Message::ParseComplete => {}
                Message::ParameterDescription(params) => {
                    statement.params = params.parameters().collect().ok()?;
                }
                Message::RowDescription(row) => {
                    statement.columns = row.fields().map(|field| Ok(field.type_oid())).collect().ok()?;
                    index = index.checked_add(1)?;
                }
                Message::NoData => index = index.checked_add(1)?,
                _ => return None,
            }
            Some(())
        })?;
        Some(outcome.map(|()| statements))
    }

    /// Executes prepared statements in one exchange: the rows of each.
    pub fn execute(&mut self, work: &[(Arc<Statement>, Vec<&Value>)]) -> Option<Outcome<Vec<Vec<Row>>>> {
        for (statement, params) in work {
            let out = &mut self.traffic.outbox;
            let values = params.iter().zip(&statement.params);
            let put = |(value, kind): (&&Value, &Oid), out: &mut _| rows::put(value, *kind, out);
            let bound = params.len() == statement.params.len()
                && frontend::bind("", &statement.name, BINARY, values, put, BINARY, out).is_ok()
                && frontend::execute("", 0, out).is_ok();
            if !bound {
                // Nothing of the exchange was sent.
                out.clear();
                let error =
                    Error::new(Reason::Internal).with("what", "a parameter that the server does not take");
                return Some(Err(error.into()));
            }
        }
        frontend::sync(&mut self.traffic.outbox);
        let mut answered: Vec<Vec<Row>> = Vec::with_capacity(work.len());
        let mut current = Vec::new();
        let outcome = self.answers(|answer| {
            match answer {
                Message::BindComplete => {}
                Message::DataRow(row) => {
                    let (statement, _) = work.get(answered.len())?;
                    current.push(rows::row(&row, &statement.columns)?);
                }
                Message::CommandComplete(_) | Message::EmptyQueryResponse => {
                    answered.push(std::mem::take(&mut current));
                }
                _ => return None,
            }
            Some(())
        })?;
        Some(outcome.map(|()| answered))
    }

    /// Executes texts that take no parameters and answer nothing that anybody wants.
    pub fn script(&mut self, text: &str) -> Option<Outcome<()>> {
        if frontend::query(text, &mut self.traffic.outbox).is_err() {
            self.traffic.outbox.clear();
            return Some(Err(wrong()));
        }
        self.answers(|_| Some(()))
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        frontend::terminate(&mut self.traffic.outbox);
        // Sent if that takes no waiting; else the server sees that the connection is gone.
        self.traffic.step();
    }
}

/// SQLSTATE and constraint of an error or a notice. Its texts stay here: they may quote values.
fn told(mut fields: ErrorFields<'_>) -> (String, Option<String>) {
    let (mut state, mut constraint) = (String::new(), None);
    while let Ok(Some(field)) = fields.next() {
        let value = || String::from_utf8_lossy(field.value_bytes()).into_owned();
        match field.type_() {
            b'C' => state = value(),
            b'n' => constraint = Some(value()),
            _ => {}
        }
    }
    (state, constraint)
}
