//! A club on a real file, and programs beside it.

use carnet::{Engine, Options};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A store with a venue, and a plan of ten visits for 100.00.
pub struct Club {
    pub engine: Engine,
    pub path: PathBuf,
    pub plan: i64,
    _folder: tempfile::TempDir,
}

pub fn euro(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

/// The whole answer to one request.
pub fn run(engine: &Engine, request: &Value) -> Value {
    serde_json::from_str(&engine.execute_json(request.to_string().as_bytes())).unwrap()
}

/// The reply, which must be no error.
pub fn ok(engine: &Engine, request: &Value) -> Value {
    let answer = run(engine, request);
    assert!(answer.get("reply").is_some(), "{request}: {answer}");
    answer["reply"].clone()
}

/// Check and journal find nothing; returns how many entries there are.
pub fn sound(engine: &Engine) -> i64 {
    let check = ok(engine, &json!({"op": "store.check"}));
    assert_eq!(check["ok"], true, "{check}");
    let verify = ok(engine, &json!({"op": "journal.verify"}));
    assert_eq!(verify["ok"], true, "{verify}");
    verify["entries"].as_i64().unwrap()
}

impl Club {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("club.db");
        let engine = Engine::open(&path, Options::create()).unwrap();
        ok(
            &engine,
            &json!({"op": "venue.add", "args": {"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR",
                "anti_passback": "off", "reentry_grace_minutes": 0}}),
        );
        let plan = json!({"kind": {"visits": {"visits": 10}}, "price": euro("100.00"), "tax": "0"});
        let plan = ok(&engine, &json!({"op": "plan.add", "args": plan}))["plan"].as_i64().unwrap();
        Self { engine, path, plan, _folder: folder }
    }

    pub fn client(&self) -> i64 {
        ok(&self.engine, &json!({"op": "client.add", "args": {}}))["client"].as_i64().unwrap()
    }

    /// Sells ten visits.
    pub fn pass(&self, client: i64) -> i64 {
        let payments = [json!({"method": "cash", "amount": euro("100.00")})];
        let args = json!({"client": client, "plan": self.plan, "payments": payments});
        ok(&self.engine, &json!({"op": "pass.sell", "args": args}))["pass"].as_i64().unwrap()
    }

    pub fn top_up(&self, client: i64, amount: &str) -> Value {
        let args = json!({"client": client, "amount": euro(amount), "method": "cash"});
        ok(&self.engine, &json!({"op": "account.top_up", "args": args}))
    }
}

/// Another process with the same store open.
pub struct Program {
    child: Child,
    pipes: Pipes,
}

/// What it is asked and answers.
pub struct Pipes {
    requests: ChildStdin,
    replies: BufReader<ChildStdout>,
}

impl Program {
    pub fn start(path: &Path, times: usize) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_carnet-concurrency"))
            .arg(path)
            .arg(times.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (requests, replies) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut pipes = Pipes { requests, replies: BufReader::new(replies) };
        let mut ready = String::new();
        pipes.replies.read_line(&mut ready).unwrap();
        assert_eq!(ready, "ready\n");
        Self { child, pipes }
    }

    pub const fn pipes(&mut self) -> &mut Pipes {
        &mut self.pipes
    }

    /// Kills it with SIGKILL after this time, in the middle of whatever it does for `work`.
    pub fn kill_after(mut self, time: Duration, work: impl FnOnce(&mut Pipes)) {
        std::thread::scope(|scope| {
            let child = &mut self.child;
            scope.spawn(move || {
                std::thread::sleep(time);
                child.kill().unwrap();
                child.wait().unwrap();
            });
            work(&mut self.pipes);
        });
    }

    /// Lets it come to its end.
    pub fn finish(mut self) {
        drop(self.pipes);
        assert!(self.child.wait().unwrap().success());
    }
}

impl Pipes {
    /// Whether the request could be sent.
    pub fn send(&mut self, request: &Value) -> bool {
        writeln!(self.requests, "{request}").is_ok()
    }

    /// The next reply and how long it took; nothing if the program is gone, or was killed in the middle of it.
    pub fn reply(&mut self) -> Option<(Duration, Value)> {
        let mut line = String::new();
        self.replies.read_line(&mut line).unwrap();
        let (micros, reply) = line.strip_suffix('\n')?.split_once(' ')?;
        Some((Duration::from_micros(micros.parse().unwrap()), serde_json::from_str(reply).unwrap()))
    }
}
