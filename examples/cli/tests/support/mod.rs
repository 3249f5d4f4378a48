//! Runs the binary.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test.
pub struct Folder(tempfile::TempDir);

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `carnet` with these arguments, separated by spaces.
    pub fn carnet(&self, arguments: &str) -> Ran {
        self.feed(arguments, "")
    }

    /// The same with something to read from standard input.
    pub fn feed(&self, arguments: &str, input: &str) -> Ran {
        let mut child = self.command(arguments).spawn().expect("carnet starts");
        let mut stdin = child.stdin.take().expect("piped");
        let input = input.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let ran = ran(child.wait_with_output().expect("carnet ends"));
        // A command that does not read its input may close it early.
        drop(writer.join().expect("the writer does not panic"));
        ran
    }

    /// The command itself, with pipes.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        command.env_remove("CARNET_DB").env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

fn ran(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}
