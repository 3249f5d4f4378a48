//! The JSON door: every operation of the table by its name, one request, a group or a batch.

use crate::call::{Call, Document, Late};
use crate::engine::Engine;
use crate::execute::{self, Done};
use crate::hand::Hand;
use crate::input::limits;
use crate::journal::to_text;
use crate::operation::{Asked, Operation, Row, row};
use crate::queue::Job;
use crate::strict;
use carnet_domain::{Error, Instant, OperatorId, Reason, Result, VenueId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A request as it comes in, without its `args`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    op: String,
    at: Option<Instant>,
    key: Option<String>,
    by: Option<OperatorId>,
    venue: Option<VenueId>,
    document: Option<Document>,
    late: Option<Late>,
    #[serde(default)]
    dry_run: Option<bool>,
    #[serde(default)]
    deadline_ms: Option<i64>,
}

/// A reply as it goes out.
#[derive(Serialize)]
pub(crate) struct Answer {
    reply: Value,
    at: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<i64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    replayed: bool,
}

impl Answer {
    fn of(done: Done, operation: &dyn Operation) -> Result<Self> {
        Ok(Self {
            reply: done.json.map_or_else(|| operation.reply(), Ok)?,
            at: done.at,
            position: done.position,
            replayed: done.replayed,
        })
    }
}

/// An operation with all that came with it.
struct Prepared {
    call: Call,
    operation: Box<dyn Operation>,
}

impl Prepared {
    fn perform(mut self, engine: &Engine) -> Result<Answer> {
        if self.operation.writes() {
            let (done, operation) = engine.write(self.call, self.operation)?;
            return Answer::of(done, &*operation);
        }
        let done = engine.read(&self.call, &mut *self.operation)?;
        Answer::of(done, &*self.operation)
    }

    fn write(&mut self, hand: &mut Hand<'_>) -> Result<Answer> {
        let done = hand.perform(&self.call, &mut *self.operation)?;
        Answer::of(done, &*self.operation)
    }
}

/// Null says the same as nothing, also of a list or a switch.
fn without_nulls(mut args: Value) -> Value {
    drop_nulls(&mut args);
    args
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(list) => list.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

fn read<R: Row>(args: Value) -> Result<Box<dyn Operation>> {
    let request = strict::typed(&args).map_err(|error| error.or_field("args"))?;
    Ok(Box::new(Asked::<R>::new(request)))
}

macro_rules! readers {
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        /// What reads the arguments of an operation.
        fn reader(name: &str) -> Option<fn(Value) -> Result<Box<dyn Operation>>> {
            Some(match name {
                $($json => read::<row::$name>,)*
                _ => return None,
            })
        }
    };
}
crate::for_each_operation!(readers);

fn prepare(mut request: Value) -> Result<Prepared> {
    let args = match &mut request {
        Value::Object(members) => members.remove("args").filter(|args| !args.is_null()),
        _ => None,
    };
    let envelope: Envelope = strict::typed(&request)?;
    let call = Call {
        at: envelope.at,
        key: envelope.key,
        by: envelope.by,
        venue: envelope.venue,
        document: envelope.document,
        late: envelope.late,
        dry_run: envelope.dry_run.unwrap_or(false),
        deadline_ms: envelope.deadline_ms.unwrap_or(0),
    };
    let read = reader(&envelope.op).ok_or_else(|| Error::field(Reason::UnknownOperation, "op"))?;
    execute::precheck(&envelope.op, &call)?;
    let args = args.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
    Ok(Prepared { call, operation: read(without_nulls(args))? })
}

fn parse(bytes: &[u8]) -> Result<Value> {
    if bytes.len() > limits::REQUEST_BYTES {
        return Err(Error::new(Reason::TooLarge).with("max_bytes", limits::REQUEST_BYTES));
    }
    // Inside `args`, a field is named without that prefix, as the typed doors name it.
    strict::parse(bytes).map_err(without_args)
}

fn without_args(error: Error) -> Error {
    match error.field_name().and_then(|field| field.strip_prefix("args.")) {
        Some(field) => Error::field(error.reason(), field),
        None => error,
    }
}

fn line(result: Result<Answer>) -> String {
    let text = match result {
        Ok(answer) => to_text(&answer),
        Err(error) => return error_line(&error, None),
    };
    text.unwrap_or_else(|error| error_line(&error, None))
}

fn error_line(error: &Error, index: Option<usize>) -> String {
    #[derive(Serialize)]
    struct Failed<'a> {
        error: &'a Error,
        #[serde(skip_serializing_if = "Option::is_none")]
        index: Option<usize>,
    }
    to_text(&Failed { error, index }).unwrap_or_default()
}

impl Engine {
    /// Executes one JSON request and returns the JSON reply: `{"reply":…,"at":…,"position":…}` or `{"error":…}`.
    /// Every operation of the table can be reached; an error is a reply too.
    pub fn execute_json(&self, request: &[u8]) -> String {
        self.execute(request).unwrap_or_else(|error| error_line(&error, None))
    }

    /// The same with the error as data: for doors that have errors of their own.
    ///
    /// # Errors
    /// Those of the operation, and those of a malformed request.
    pub fn execute(&self, request: &[u8]) -> Result<String> {
        let answer = parse(request).and_then(prepare).and_then(|prepared| prepared.perform(self))?;
        to_text(&answer)
    }

    /// Executes several JSON requests in order in one commit, each with its own outcome. A read in between sees
    /// what was committed before the group. At most [`limits::BATCH`] requests.
    pub fn execute_json_group(&self, requests: &[&[u8]]) -> Vec<String> {
        if requests.len() > limits::BATCH {
            let error = Error::new(Reason::TooLarge).with("max_requests", limits::BATCH);
            return requests.iter().map(|_| error_line(&error, None)).collect();
        }
        let steps: Vec<Step> = requests
            .iter()
            .map(|request| match parse(request).and_then(prepare) {
                Ok(prepared) if prepared.operation.writes() => Step::Write(Box::new(prepared), None),
                Ok(prepared) => Step::Done(prepared.perform(self)),
                Err(error) => Step::Done(Err(error)),
            })
            .collect();
        match self.submit(Group(steps), self.wait(&Call::default())) {
            Ok(group) => group.0.into_iter().map(|step| line(step.outcome())).collect(),
            Err(error) => requests.iter().map(|_| error_line(&error, None)).collect(),
        }
    }

    /// Executes a JSON array of writes, all or nothing: `{"replies":[…]}`, or `{"error":…,"index":…}` for the first
    /// that failed.
    pub fn execute_json_batch(&self, requests: &[u8]) -> String {
        self.execute_batch(requests).unwrap_or_else(|(index, error)| error_line(&error, index))
    }

    /// The same with the error as data, and with the index of the request that failed, if it was one.
    ///
    /// # Errors
    /// Those of the operations, and those of malformed requests.
    pub fn execute_batch(&self, requests: &[u8]) -> std::result::Result<String, (Option<usize>, Error)> {
        #[derive(Serialize)]
        struct Replies {
            replies: Vec<Answer>,
        }
        let replies = Replies { replies: self.batch(requests)? };
        to_text(&replies).map_err(|error| (None, error))
    }

    fn batch(&self, requests: &[u8]) -> BatchOutcome {
        let whole = |error| (None, error);
        let Value::Array(list) = parse(requests).map_err(whole)? else {
            return Err(whole(Error::new(Reason::WrongType)));
        };
        if list.len() > limits::BATCH {
            return Err(whole(Error::new(Reason::TooLarge).with("max_requests", limits::BATCH)));
        }
        let mut prepared = Vec::with_capacity(list.len());
        for (index, request) in list.into_iter().enumerate() {
            let one = prepare(request).map_err(|error| (Some(index), error))?;
            if !one.operation.writes() || one.call.dry_run {
                return Err((Some(index), Error::field(Reason::NotABatch, "op")));
            }
            prepared.push(one);
        }
        let batch = Batch { prepared, outcome: None };
        let batch = self.submit(batch, self.wait(&Call::default())).map_err(whole)?;
        match batch.outcome {
            Some(Ok(answers)) => Ok(answers),
            Some(Err((index, error))) => Err((index, error)),
            None => Err(whole(Error::new(Reason::Internal))),
        }
    }
}

enum Step {
    Write(Box<Prepared>, Option<Result<Answer>>),
    Done(Result<Answer>),
}

impl Step {
    fn outcome(self) -> Result<Answer> {
        match self {
            Self::Done(outcome) | Self::Write(_, Some(outcome)) => outcome,
            Self::Write(_, None) => Err(Error::new(Reason::Internal)),
        }
    }
}

struct Group(Vec<Step>);

impl Job for Group {
    fn several(&self) -> bool {
        true
    }
    fn run(&mut self, hand: &mut Hand<'_>) {
        for step in &mut self.0 {
            if let Step::Write(prepared, outcome) = step {
                *outcome = Some(prepared.write(hand));
            }
        }
    }
    fn forget(&mut self) {
        for step in &mut self.0 {
            if let Step::Write(_, outcome) = step {
                *outcome = None;
            }
        }
    }
    fn fail(&mut self, error: &Error) {
        for step in &mut self.0 {
            if let Step::Write(_, outcome) = step
                && !matches!(outcome, Some(Err(_)))
            {
                *outcome = Some(Err(error.clone()));
            }
        }
    }
}

/// All answers, or the first error with its index.
type BatchOutcome = std::result::Result<Vec<Answer>, (Option<usize>, Error)>;

struct Batch {
    prepared: Vec<Prepared>,
    outcome: Option<BatchOutcome>,
}

impl Job for Batch {
    fn several(&self) -> bool {
        true
    }
    fn run(&mut self, hand: &mut Hand<'_>) {
        let prepared = &mut self.prepared;
        let result = hand.all_or_none(|hand| {
            let numbered = prepared.iter_mut().enumerate();
            numbered.map(|(index, one)| one.write(hand).map_err(|error| (index, error))).collect()
        });
        self.outcome = Some(result.map_err(|(index, error)| (Some(index), error)));
    }
    fn forget(&mut self) {
        self.outcome = None;
    }
    fn fail(&mut self, error: &Error) {
        if !matches!(&self.outcome, Some(Err(_))) {
            self.outcome = Some(Err((None, error.clone())));
        }
    }
}
