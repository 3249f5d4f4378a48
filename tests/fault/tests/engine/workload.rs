//! What the engine is made to do: a club of two members, a day at the desk and the door.

use carnet::{Code, Engine, Error, Options, Reason};
use carnet_fault::{Disk, Finding, History, Step, Workload};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// Where the store lies on its disk.
pub const PATH: &str = "/store/club.db";

/// The script, and what was answered to its steps.
#[derive(Default)]
pub struct Club {
    /// The negative control: nothing is synced.
    pub synchronous_off: bool,
    /// Reads among the writes, so that faults meet readers too.
    pub reads: bool,
    /// Another program commits before every third step, so that the engine reads every page again.
    pub others: bool,
    /// The engine's own thread makes the checkpoints, in place of the commits.
    pub thread: bool,
    /// Steps of one run.
    pub steps: u64,
    /// The last answer to each step on each disk: position and reply.
    pub answers: Mutex<BTreeMap<(String, u64), (i64, String)>>,
}

/// An open club.
pub struct Open {
    other: Option<Connection>,
    pub engine: Engine,
    disk: String,
    clients: [i64; 2],
    plan: i64,
}

impl Club {
    pub fn new(steps: u64) -> Self {
        Self { steps, ..Self::default() }
    }

    fn options(&self, disk: &Disk) -> Options {
        Options {
            create: true,
            node: Some(7),
            vfs: Some(disk.name().to_owned()),
            inline_checkpoints: !self.thread,
            synchronous_off: self.synchronous_off,
            // A loaded machine may let a thread wait for long.
            busy_timeout_ms: 60_000,
            // The engine's backups go to the machine's disk, whatever the store lies on.
            backup_folder: Some(env!("CARGO_TARGET_TMPDIR").into()),
            ..Options::default()
        }
        .seeded(11)
    }
}

/// A minute of the script, one for each step; the steps of the set-up come before all others.
pub fn at(minute: u64) -> String {
    let micros = 1_772_344_800_000_000 + i64::try_from(minute).unwrap() * 60_000_000;
    carnet::domain::Instant::from_micros(micros).unwrap().to_string()
}

/// A reply, or the error if there is one.
pub fn answer(engine: &Engine, request: &Value) -> Result<Value, Value> {
    let answer: Value = serde_json::from_str(&engine.execute_json(request.to_string().as_bytes())).unwrap();
    match answer.get("error") {
        Some(error) => Err(error.clone()),
        None => Ok(answer),
    }
}

/// What may go wrong on a failing disk, and nothing else: a storage error with a reason that the disk gave.
fn typed(what: &str, code: &str, reason: &str) {
    let may = [Reason::Io, Reason::Full, Reason::Corrupt, Reason::Busy, Reason::ReadOnly, Reason::Missing];
    let storage = code == Code::Storage.as_str() && may.iter().any(|known| known.as_str() == reason);
    assert!(storage, "{what}: {code}, {reason}");
}

fn failed(what: &str, error: &Value) -> String {
    typed(what, error["code"].as_str().unwrap(), error["reason"].as_str().unwrap());
    error.to_string()
}

fn failed_open(error: &Error) -> String {
    typed(&format!("opening: {error}"), error.code().as_str(), error.reason().as_str());
    error.to_string()
}

fn set_up(engine: &Engine, disk: &Disk) -> Result<([i64; 2], i64), String> {
    // A key makes each of these happen once, however often the club is opened.
    let once = |op: &str, key: &str, args: Value| {
        let request = json!({"op": op, "key": key, "at": at(0), "args": args});
        let answer = answer(engine, &request).map_err(|error| failed(op, &error))?;
        disk.mark(answer["position"].as_u64().unwrap());
        Ok::<_, String>(answer["reply"].clone())
    };
    once("venue.add", "venue", json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR"}))?;
    let mut clients = [0; 2];
    for (number, client) in clients.iter_mut().enumerate() {
        let args = json!({"first_name": format!("Member {number}"), "phone": format!("+4072123456{number}")});
        *client = once("client.add", &format!("client {number}"), args)?["client"].as_i64().unwrap();
    }
    let plan = json!({"kind": {"visits": {"visits": 10, "validity": {"period": {"count": 10, "unit": "year"}}}},
        "price": {"amount": "100.00", "currency": "EUR"}, "tax": "20"});
    Ok((clients, once("plan.add", "plan", plan)?["plan"].as_i64().unwrap()))
}

impl Open {
    pub fn request(&self, i: u64) -> Value {
        let euro = |amount: &str| json!({"amount": amount, "currency": "EUR"});
        let client = self.clients[usize::from(i % 24 >= 12)];
        let of = |rest: Value| {
            let mut args = json!({"client": client});
            args.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            args
        };
        let (op, args) = match i % 12 {
            0 => (
                "account.top_up",
                of(json!({"amount": euro("40.00"), "method": "card", "bonus": euro("4.00")})),
            ),
            1 if i % 36 == 1 || i % 36 == 25 => {
                let payments = [json!({"method": "cash", "amount": euro("100.00")})];
                ("pass.sell", of(json!({"plan": self.plan, "payments": payments})))
            }
            1 => ("client.add", json!({"first_name": format!("Guest {i}")})),
            2 | 6 | 10 => ("access.enter", of(json!({}))),
            3 | 8 | 11 => ("access.exit", of(json!({}))),
            4 => ("account.charge", of(json!({"amount": euro("7.50"), "tax": "20"}))),
            // More than there is: refused.
            5 => ("account.charge", of(json!({"amount": euro("90000.00")}))),
            7 => ("day.open", json!({})),
            _ => ("day.close", json!({})),
        };
        json!({"op": op, "key": format!("step {i}"), "at": at(i + 1), "args": args})
    }

    fn read(&self, i: u64) -> Result<(), String> {
        let client = self.clients[0];
        let (op, args) = match i % 3 {
            0 => ("access.decide", json!({"client": client})),
            1 => ("client.overview", json!({"client": client})),
            _ => ("changes.since", json!({"after": 0})),
        };
        let read = answer(&self.engine, &json!({"op": op, "at": at(i + 1), "args": args}));
        read.map(drop).map_err(|error| failed(op, &error))
    }
}

impl Workload for Club {
    type Session = Open;

    fn open(&self, disk: &Disk) -> Result<Open, String> {
        let engine = Engine::open(PATH, self.options(disk)).map_err(|error| failed_open(&error))?;
        let (clients, plan) = set_up(&engine, disk)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let other = || Connection::open_with_flags_and_vfs(PATH, flags, disk.name()).ok();
        let other = if self.others { other() } else { None };
        Ok(Open { other, engine, disk: disk.name().to_owned(), clients, plan })
    }

    fn step(&self, open: &mut Open, i: u64) -> Result<Step, String> {
        if let Some(other) = open.other.as_ref().filter(|_| i % 3 == 1) {
            // A write that changes nothing. What it meets is its own business.
            drop(other.execute_batch("PRAGMA application_id = 1130459758"));
        }
        if self.reads {
            open.read(i)?;
        }
        match answer(&open.engine, &open.request(i)) {
            Ok(answer) => {
                assert!(answer.get("replayed").is_none(), "step {i} is done twice: {answer}");
                let known = (answer["position"].as_i64().unwrap(), answer["reply"].to_string());
                self.answers.lock().unwrap().insert((open.disk.clone(), i), known);
                Ok(Step::Acknowledged)
            }
            Err(error) if error["code"] == Code::Refused.as_str() => Ok(Step::Refused),
            Err(error) => Err(failed("a step", &error)),
        }
    }

    fn check(&self, open: &mut Open, history: &History) -> Result<(), Finding> {
        let broken = |what: String| Err(Finding::Broken(what));
        let ask = |op: &str, args: Value| {
            answer(&open.engine, &json!({"op": op, "args": args}))
                .map(|answer| answer["reply"].clone())
                .map_err(|error| Finding::Broken(format!("{op}: {error}")))
        };
        for op in ["store.check", "journal.verify"] {
            let found = ask(op, json!({}))?;
            if found["ok"] != true {
                return broken(format!("{op}: {found}"));
            }
        }
        let mut stored = BTreeMap::new();
        let mut after = 0;
        loop {
            let page = ask("journal.export", json!({"after": after, "limit": 1000}))?;
            for entry in page["entries"].as_array().unwrap() {
                let Some(payload) = entry["payload"].as_str() else {
                    return broken(format!("entry {} has lost its payload", entry["position"]));
                };
                let payload: Value = serde_json::from_str(payload).unwrap();
                let key = payload["key"].as_str().unwrap().to_owned();
                let known = (entry["position"].as_i64().unwrap(), payload["reply"].to_string());
                if let Some(first) = stored.insert(key.clone(), known) {
                    return broken(format!("{key} was done twice, first at {}", first.0));
                }
            }
            after = page["last"].as_i64().unwrap();
            if page["more"] == false {
                break;
            }
        }
        let known: BTreeSet<u64> = history.acknowledged.iter().chain(&history.unknown).copied().collect();
        for key in stored.keys() {
            let step = key.strip_prefix("step ").map(|step| step.parse::<u64>().unwrap());
            if step.is_some_and(|step| !known.contains(&step)) {
                return broken(format!("{key} was never done"));
            }
        }
        let answers = self.answers.lock().unwrap();
        for i in &history.acknowledged {
            let answered = answers.get(&(open.disk.clone(), *i)).unwrap();
            match stored.get(&format!("step {i}")) {
                None => return Err(Finding::Lost(format!("step {i}, answered {answered:?}"))),
                Some(found) if found != answered => {
                    return broken(format!("step {i}: answered {answered:?}, stored {found:?}"));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn steps(&self) -> u64 {
        self.steps
    }
}
