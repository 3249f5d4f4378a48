//! The doors that the corpus is sent through. Every door must give the same text for the same seed.

use carnet::domain::Instant;
use carnet::{Clock, Engine, Options};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The seed of every store of the corpus.
pub const SEED: u64 = 7;

/// A way to a store: a request goes in as JSON text, a reply comes out as JSON text.
pub trait Door {
    /// Carries one request out.
    ///
    /// # Errors
    /// The door itself broke; a refused request is a reply.
    fn execute(&mut self, request: &str) -> Result<String, String>;

    /// How many requests it takes at once.
    fn group(&self) -> usize {
        1
    }

    /// Carries several requests out, each with its own outcome.
    ///
    /// # Errors
    /// As [`Door::execute`].
    fn execute_all(&mut self, requests: &[String]) -> Result<Vec<String>, String> {
        requests.iter().map(|request| self.execute(request)).collect()
    }

    /// Carries a JSON array of requests out, all or nothing. `None` where the door has no batches.
    ///
    /// # Errors
    /// As [`Door::execute`].
    fn execute_batch(&mut self, requests: &str) -> Option<Result<String, String>>;
}

/// Where a new store lies, and what its clock shows.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file; it does not exist yet.
    pub file: PathBuf,
    /// A fixed clock; without one it follows the operations.
    pub clock: Option<Instant>,
}

/// How a kind of door is named and opened: `None` where this machine, or this clock, has none.
pub type Opener = fn(&Place) -> Result<Option<Box<dyn Door>>, String>;

/// Every kind of door.
pub const DOORS: &[(&str, Opener)] =
    &[("json", open_json), ("group", open_group), ("cli", open_cli), ("c", open_c)];

/// Opens a seeded store for a test.
///
/// # Errors
/// What the engine says.
pub fn open(place: &Place) -> Result<Engine, String> {
    let options = Options::create().seeded(SEED);
    let clock = place.clock.map_or(Clock::FollowsOperations, Clock::Fixed);
    Engine::open(&place.file, Options { clock, ..options }).map_err(|error| error.to_string())
}

struct Json(Engine);

impl Door for Json {
    fn execute(&mut self, request: &str) -> Result<String, String> {
        Ok(self.0.execute_json(request.as_bytes()))
    }

    fn execute_batch(&mut self, requests: &str) -> Option<Result<String, String>> {
        Some(Ok(self.0.execute_json_batch(requests.as_bytes())))
    }
}

fn open_json(place: &Place) -> Result<Option<Box<dyn Door>>, String> {
    Ok(Some(Box::new(Json(open(place)?))))
}

struct Group(Engine);

impl Door for Group {
    fn execute(&mut self, request: &str) -> Result<String, String> {
        let mut replies = self.0.execute_json_group(&[request.as_bytes()]);
        replies.pop().ok_or_else(|| "a group of one has no reply".to_owned())
    }

    fn group(&self) -> usize {
        32
    }

    fn execute_all(&mut self, requests: &[String]) -> Result<Vec<String>, String> {
        let requests: Vec<&[u8]> = requests.iter().map(String::as_bytes).collect();
        Ok(self.0.execute_json_group(&requests))
    }

    fn execute_batch(&mut self, requests: &str) -> Option<Result<String, String>> {
        Some(Ok(self.0.execute_json_batch(requests.as_bytes())))
    }
}

fn open_group(place: &Place) -> Result<Option<Box<dyn Door>>, String> {
    Ok(Some(Box::new(Group(open(place)?))))
}

/// A program as a child process: one request a line in, one reply a line out.
struct Program {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    batches: bool,
}

impl Program {
    fn start(command: &mut Command, batches: bool) -> Result<Option<Box<dyn Door>>, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("the child has no output")?;
        Ok(Some(Box::new(Self { child, input, output: BufReader::new(output), batches })))
    }
}

impl Door for Program {
    fn execute(&mut self, request: &str) -> Result<String, String> {
        let input = self.input.as_mut().ok_or("the child's input is closed")?;
        writeln!(input, "{request}").and_then(|()| input.flush()).map_err(|error| error.to_string())?;
        let mut line = String::new();
        let read = self.output.read_line(&mut line).map_err(|error| error.to_string())?;
        if read == 0 { Err("the child gave no reply".to_owned()) } else { Ok(line.trim_end().to_owned()) }
    }

    fn execute_batch(&mut self, requests: &str) -> Option<Result<String, String>> {
        self.batches.then(|| self.execute(requests))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.input.take());
        // The child ends with its input; that it ended badly shows in a missing reply.
        let _ = self.child.wait();
    }
}

/// The command-line desk, named by `CARNET_CLI`. It has no batches, and no fixed clock.
fn open_cli(place: &Place) -> Result<Option<Box<dyn Door>>, String> {
    let Some(program) = std::env::var_os("CARNET_CLI") else { return Ok(None) };
    if place.clock.is_some() {
        return Ok(None);
    }
    let command = |words: &[&str]| {
        let mut command = Command::new(Path::new(&program));
        command.arg("--db").arg(&place.file).args(words).args(["--seed", &SEED.to_string()]);
        command
    };
    let made = command(&["init"]).stdout(Stdio::null()).status();
    if !made.as_ref().is_ok_and(std::process::ExitStatus::success) {
        return Err(format!("{}: init: {made:?}", Path::new(&program).display()));
    }
    Program::start(&mut command(&["exec", "-"]), false)
}

/// The program made of `tests/c/door.c`, named by `CARNET_C_DOOR`. It has no fixed clock.
fn open_c(place: &Place) -> Result<Option<Box<dyn Door>>, String> {
    let Some(program) = std::env::var_os("CARNET_C_DOOR") else { return Ok(None) };
    if place.clock.is_some() {
        return Ok(None);
    }
    let mut command = Command::new(Path::new(&program));
    Program::start(command.arg(&place.file).arg(SEED.to_string()), true)
}
