//! The JSON door: every operation of the table by its name, one request, a group or a batch.

use crate::call::{Call, Document, Late};
use crate::canonical::Json;
use crate::engine::Engine;
use crate::execute::{self, Done};
use crate::hand::Hand;
use crate::input::limits;
use crate::journal::to_text;
use crate::operation::{Asked, Operation, Row, row};
use crate::queue::Job;
use crate::quick::Quick;
use crate::references;
use crate::strict;
use carnet_domain::{Error, Instant, OperatorId, Reason, Result, VenueId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::OnceLock;

/// A request that is longer is not one of a door.
const QUICK_BYTES: usize = 1024;

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
    reply: Json,
    /// The same as a tree, where a later member of a batch refers to it.
    #[serde(skip)]
    tree: OnceLock<Value>,
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
            tree: OnceLock::new(),
            at: done.at,
            position: done.position,
            replayed: done.replayed,
        })
    }

    fn tree(&self) -> &Value {
        // A reply is JSON; of one that were not, no reference would find anything.
        self.tree.get_or_init(|| self.reply.value().unwrap_or_default())
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

/// Reads the arguments of an operation.
type Reader = fn(Value) -> Result<Box<dyn Operation>>;

fn read<R: Row>(args: Value) -> Result<Box<dyn Operation>> {
    let request = strict::typed(&args).map_err(|error| error.or_field("args"))?;
    Ok(Box::new(Asked::<R>::new(request)))
}

macro_rules! readers {
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        /// What reads the arguments of an operation, and whether it writes.
        fn reader(name: &str) -> Option<(Reader, bool)> {
            Some(match name {
                $($json => (read::<row::$name> as Reader, <row::$name as Row>::WRITES),)*
                _ => return None,
            })
        }
    };
}
crate::for_each_operation!(readers);

fn prepare(request: Value) -> Result<Prepared> {
    unwrap(request)?.read()
}

/// A request whose arguments were not read yet.
#[derive(Clone)]
struct Unread {
    call: Call,
    args: Value,
    reader: Reader,
    writes: bool,
}

impl Unread {
    fn read(self) -> Result<Prepared> {
        Ok(Prepared { call: self.call, operation: (self.reader)(without_nulls(self.args))? })
    }
}

/// Takes a request out of its envelope.
fn unwrap(mut request: Value) -> Result<Unread> {
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
    let known = reader(&envelope.op);
    let (reader, writes) = known.ok_or_else(|| Error::field(Reason::UnknownOperation, "op"))?;
    execute::precheck(&envelope.op, &call)?;
    let args = args.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
    Ok(Unread { call, args, reader, writes })
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
        match self.execute_in_a_hurry(request) {
            Some(answered) => answered,
            None => self.execute_any(request),
        }
    }

    fn execute_any(&self, request: &[u8]) -> Result<String> {
        let answer = parse(request).and_then(prepare).and_then(|prepared| prepared.perform(self))?;
        to_text(&answer)
    }

    /// What a door or a till asks, if the request is plainly that.
    fn execute_in_a_hurry(&self, request: &[u8]) -> Option<Result<String>> {
        let text = std::str::from_utf8(request).ok().filter(|text| text.len() <= QUICK_BYTES)?;
        self.quickly::<row::access_decide>(text)
            .or_else(|| self.quickly::<row::card_find>(text))
            .or_else(|| self.quickly::<row::account_balance>(text))
    }

    fn quickly<R: Quick>(&self, text: &str) -> Option<Result<String>> {
        if !text.contains(R::NAME) {
            return None;
        }
        let (call, mut asked) = R::read(text)?;
        let done = execute::precheck(R::NAME, &call).and_then(|()| self.read(&call, &mut asked));
        match done {
            Ok(done) => match asked.reply_now().and_then(|reply| R::write(reply, done.at)) {
                Some(text) => Some(Ok(text)),
                None => Some(Answer::of(done, &asked).and_then(|answer| to_text(&answer))),
            },
            Err(error) => Some(Err(error)),
        }
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
    ///
    /// In the place of any value of its arguments, an operation may name what an earlier one of the batch answered:
    /// `{"reply_of":0,"field":"client"}` is the `client` in the reply to the first, `lots.0.lot` leads into lists. Under keys a
    /// batch that is repeated gives the first replies again, if each of its operations has one.
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
        let may_refer = references::may_refer(requests);
        let mut members = Vec::with_capacity(list.len());
        for (index, request) in list.into_iter().enumerate() {
            members.push(Member::of(request, index, may_refer).map_err(|error| (Some(index), error))?);
        }
        let batch = Batch { members, outcome: None };
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

/// One operation of a batch.
#[expect(clippy::large_enum_variant, reason = "nearly all of them are ready")]
enum Member {
    Ready(Prepared),
    /// It takes what earlier ones answer, so it is read only then; each time anew, if the batch is carried out again.
    Waiting(Box<Unread>),
}

impl Member {
    fn of(request: Value, index: usize, may_refer: bool) -> Result<Self> {
        let unread = unwrap(request)?;
        let waits = may_refer && references::refers(&unread.args, index)?;
        let (writes, is_dry) = (unread.writes, unread.call.dry_run);
        let member = if waits { Self::Waiting(Box::new(unread)) } else { Self::Ready(unread.read()?) };
        if writes && !is_dry { Ok(member) } else { Err(Error::field(Reason::NotABatch, "op")) }
    }

    fn write(&mut self, hand: &mut Hand<'_>, earlier: &[Answer]) -> Result<Answer> {
        match self {
            Self::Ready(prepared) => prepared.write(hand),
            Self::Waiting(unread) => {
                let mut unread = Unread::clone(unread);
                references::resolve(&mut unread.args, &|index| earlier.get(index).map(Answer::tree))?;
                unread.read()?.write(hand)
            }
        }
    }
}

struct Batch {
    members: Vec<Member>,
    outcome: Option<BatchOutcome>,
}

impl Job for Batch {
    fn several(&self) -> bool {
        true
    }
    fn run(&mut self, hand: &mut Hand<'_>) {
        let members = &mut self.members;
        let result = hand.all_or_none(|hand| {
            let mut answers = Vec::with_capacity(members.len());
            for (index, member) in members.iter_mut().enumerate() {
                answers.push(member.write(hand, &answers).map_err(|error| (index, error))?);
            }
            Ok(answers)
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

#[cfg(test)]
mod tests {
    use crate::{Engine, Options};
    use serde_json::Value;

    /// Both ways of reading a request for a door, and both ways of writing its reply.
    #[test]
    fn what_is_asked_in_a_hurry_is_answered_as_any_other_request() {
        let folder = std::env::temp_dir().join(format!("carnet-quick-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let engine = Engine::open(folder.join("club.db"), Options::create().seeded(7)).expect("opens");
        let run = |request: &str| engine.execute(request.as_bytes()).expect(request);
        run(
            r#"{"op":"venue.add","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR"},"at":"2026-05-04T07:00:00Z"}"#,
        );
        run(r#"{"op":"client.add","args":{"first_name":"Ann"}}"#);
        let first = 6_604_766_348_050_433_i64;
        run(&format!(r#"{{"op":"card.add","args":{{"client":{first},"uid":"04AB2F"}}}}"#));
        run(&format!(
            r#"{{"op":"account.top_up","args":{{"client":{first},"amount":{{"amount":"5.00","currency":"EUR"}},"method":"cash"}}}}"#
        ));
        run(
            r#"{"op":"plan.add","args":{"name":"Ten","kind":{"visits":{"visits":1}},"price":{"amount":"1.00","currency":"EUR"}}}"#,
        );
        let decide = |args: &str, more: &str| format!(r#"{{"op":"access.decide","args":{args}{more}}}"#);
        let mut requests = vec![
            decide(r#"{"card":"04AB2F"}"#, ""),
            decide(r#"{"card":"04ab2f","client":null,"pass":null}"#, r#","at":"2026-05-04T10:00:00+03:00""#),
            decide(r#"{"card":"nobody's"}"#, r#","dry_run":null,"deadline_ms":9"#),
            decide(&format!(r#"{{"client":{first}}}"#), r#","key":"k""#),
            decide(r#"{"card":"04AB2F","client":1}"#, ""),
            decide(r#"{"card":"04AB2F"}"#, r#","at":"2099-01-01T00:00:00Z""#),
            decide(r#"{"card":"04AB2F"}"#, r#","venue":5"#),
            decide(r#"{"card":"04AB2F"}"#, r#","late":{"device":"d","seq":-1}"#),
            format!(r#"{{"args":{{"uid":"04AB2F"}},"op":"card.find"}}"#),
            r#"{"op":"card.find","args":{"uid":"other"}}"#.to_owned(),
            format!(r#"{{"op":"account.balance","args":{{"client":{first}}}}}"#),
            format!(r#"{{"op":"account.balance","args":{{"client":{first},"currency":"RON"}}}}"#),
        ];
        // What is not plainly right.
        requests.extend([
            decide("{}", ""),
            decide("null", ""),
            decide("[]", ""),
            decide(r#"{"card":1}"#, ""),
            decide(r#"{"card":"04AB2F","card":"04AB2F"}"#, ""),
            decide(r#"{"cart":"04AB2F"}"#, ""),
            decide(r#"{"card":"04AB2F"}"#, r#","op":"access.decide""#),
            decide(r#"{"card":"04AB2F"}"#, r#","more":1"#),
            decide(r#"{"card":"04AB2F"}"#, "}"),
            decide(r#"{"client":1.0}"#, ""),
            decide(r#"{"client":1e3}"#, ""),
            r#"{"op":"access.decide"}"#.to_owned(),
            r#"{"op":"client.find","args":{"name":"access.decide"}}"#.to_owned(),
        ]);
        let parsed = |text: Result<String, crate::Error>| {
            text.map(|text| serde_json::from_str::<Value>(&text).expect("JSON"))
        };
        for request in &requests {
            let (one, other) = (engine.execute(request.as_bytes()), engine.execute_any(request.as_bytes()));
            assert_eq!(parsed(one), parsed(other), "{request}");
        }
        // The first is answered in a hurry, and the answer has no nulls.
        let quick =
            engine.execute_in_a_hurry(requests[0].as_bytes()).expect("in a hurry").expect("an answer");
        assert!(!quick.contains("null"), "{quick}");
        engine.close().expect("closes");
        std::fs::remove_dir_all(&folder).expect("removes");
    }
}
