//! A club on a server, programs beside it, and a session by hand.

use carnet::{Engine, Options};
use carnet_tests::server;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A store with a venue, and a plan of ten visits for 100.00.
pub struct Club {
    pub engine: Engine,
    pub url: PathBuf,
    pub plan: i64,
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

/// What an answer was refused for; `-` if it was not.
pub fn reason(answer: &Value) -> &str {
    answer["error"]["reason"].as_str().unwrap_or("-")
}

/// Check and journal find nothing wrong.
pub fn sound(engine: &Engine) {
    let check = ok(engine, &json!({"op": "store.check"}));
    assert_eq!(check["ok"], true, "{check}");
    let verify = ok(engine, &json!({"op": "journal.verify"}));
    assert_eq!(verify["ok"], true, "{verify}");
}

/// Asks until it is so. Another test's transaction may keep the journal open for a moment.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !so() {
        assert!(Instant::now() < end, "{what} does not come");
        std::thread::yield_now();
    }
}

/// How many entries the journal has once all are sealed; these many are expected.
pub fn entries(engine: &Engine, expected: usize) {
    let count = || ok(engine, &json!({"op": "journal.verify"}))["entries"].as_u64().unwrap();
    let expected = u64::try_from(expected).unwrap();
    until("the last entry", || count() >= expected);
    assert_eq!(count(), expected);
}

pub fn top_up(client: i64, amount: &str) -> Value {
    json!({"op": "account.top_up", "args": {"client": client, "amount": euro(amount), "method": "cash"}})
}

pub fn charge(client: i64, amount: &str) -> Value {
    json!({"op": "account.charge", "args": {"client": client, "amount": euro(amount)}})
}

/// The same request under a key.
pub fn keyed(request: &Value, key: &str) -> Value {
    let mut request = request.clone();
    request["key"] = json!(key);
    request
}

impl Club {
    pub fn new(name: &str) -> Self {
        Self::at(server::store(name))
    }

    pub fn at(url: PathBuf) -> Self {
        let engine = Engine::open(&url, Options::create()).unwrap();
        ok(
            &engine,
            &json!({"op": "venue.add", "args": {"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR",
                "anti_passback": "off", "reentry_grace_minutes": 0}}),
        );
        let plan = json!({"kind": {"visits": {"visits": 10}}, "price": euro("100.00"), "tax": "0"});
        let plan = ok(&engine, &json!({"op": "plan.add", "args": plan}))["plan"].as_i64().unwrap();
        Self { engine, url, plan }
    }

    /// Another engine on the same store.
    pub fn engine(&self) -> Engine {
        Engine::open(&self.url, Options::default()).unwrap()
    }

    pub fn client(&self) -> i64 {
        ok(&self.engine, &json!({"op": "client.add"}))["client"].as_i64().unwrap()
    }

    /// The sale of ten visits.
    pub fn sale(&self, client: i64) -> Value {
        let payments = [json!({"method": "cash", "amount": euro("100.00")})];
        json!({"op": "pass.sell", "args": {"client": client, "plan": self.plan, "payments": payments}})
    }

    /// What is on a client's account, in cents.
    pub fn balance(&self, client: i64) -> i64 {
        let statement = json!({"op": "account.statement", "args": {"client": client, "limit": 1000}});
        let statement = ok(&self.engine, &statement);
        assert_eq!(statement["more"], false, "that is not all");
        let closing = statement["closing"].as_str().unwrap().replace('.', "");
        closing.split(' ').next().unwrap().parse().unwrap()
    }
}

/// The command-line desk as another process on the same store.
pub struct Program {
    child: Child,
    requests: Option<ChildStdin>,
    replies: BufReader<ChildStdout>,
}

impl Program {
    pub fn start(url: &Path) -> Self {
        let program = std::env::var_os("CARNET_CLI").expect("CARNET_CLI names the program");
        let mut child = Command::new(program)
            .arg("--db")
            .arg(url)
            .args(["exec", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let requests = child.stdin.take();
        let replies = BufReader::new(child.stdout.take().unwrap());
        Self { child, requests, replies }
    }

    pub fn run(&mut self, request: &Value) -> Value {
        writeln!(self.requests.as_mut().unwrap(), "{request}").unwrap();
        let mut line = String::new();
        self.replies.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.requests.take());
        // Ends with its input.
        let _ = self.child.wait();
    }
}

/// A session by hand in `psql`. It ends, and rolls back, when it is dropped.
pub struct Psql {
    child: Child,
    statements: Option<ChildStdin>,
    rows: BufReader<ChildStdout>,
}

impl Psql {
    pub fn open(url: &Path) -> Self {
        let mut child = Command::new("psql")
            .args(["-X", "-q", "-A", "-t"])
            .arg(url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("psql is there");
        let statements = child.stdin.take();
        let rows = BufReader::new(child.stdout.take().unwrap());
        Self { child, statements, rows }
    }

    /// Carries statements out and waits for their end; the rows they gave.
    pub fn run(&mut self, statements: &str) -> Vec<String> {
        writeln!(self.statements.as_mut().unwrap(), "{statements};\n\\echo done").unwrap();
        let mut rows = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.rows.read_line(&mut line).unwrap() > 0, "psql has ended");
            match line.trim_end() {
                "done" => return rows,
                row => rows.push(row.to_owned()),
            }
        }
    }
}

impl Drop for Psql {
    fn drop(&mut self) {
        drop(self.statements.take());
        let _ = self.child.wait();
    }
}
