//! A cable that can be cut or held at a message: between the engine and the server, in the middle of what they say.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

/// Where it is cut. Only sessions that have written beside others count, not the sealer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the message after so many of the engine.
    After(usize),
    /// Before the commit goes out.
    BeforeCommit,
    /// After the commit, before its answer comes back.
    AfterCommit,
    /// After the answer to the commit, before the next word.
    AfterAnswer,
}

#[derive(Default)]
struct Plan {
    cut: Mutex<Option<Cut>>,
    fired: AtomicBool,
    /// Whether what follows the lock of a client is held back.
    holds: Mutex<bool>,
    lets_go: Condvar,
}

/// The cable.
pub struct Proxy {
    port: u16,
    plan: Arc<Plan>,
}

impl Proxy {
    /// A cable to the server of this URL.
    pub fn start(url: &Path) -> Self {
        let server = address(url);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let plan = Arc::new(Plan::default());
        let shared = Arc::clone(&plan);
        // Ends with the process: a test has few of them.
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(server) else { continue };
                carry(&client, &server, &shared);
            }
        });
        Self { port, plan }
    }

    /// The same store through the cable, which can only be read where nothing is encrypted.
    pub fn through(&self, url: &Path) -> PathBuf {
        let (text, port) = (url.to_str().unwrap(), address(url).port());
        let text = text.replacen(&format!(":{port}/"), &format!(":{}/", self.port), 1);
        PathBuf::from(format!("{text}&sslmode=disable"))
    }

    pub fn arm(&self, cut: Cut) {
        self.plan.fired.store(false, Ordering::SeqCst);
        *self.plan.cut.lock().unwrap() = Some(cut);
    }

    /// From now on, holds back what follows the lock of a client, in the same exchange, until it is let go.
    pub fn hold(&self) {
        *self.plan.holds.lock().unwrap() = true;
    }

    pub fn let_go(&self) {
        *self.plan.holds.lock().unwrap() = false;
        self.plan.lets_go.notify_all();
    }

    /// Whether it was cut since it was armed.
    pub fn disarm(&self) -> bool {
        *self.plan.cut.lock().unwrap() = None;
        self.plan.fired.load(Ordering::SeqCst)
    }
}

fn address(url: &Path) -> SocketAddr {
    let text = url.to_str().unwrap();
    let host = text.split("://").nth(1).unwrap().split('/').next().unwrap();
    host.rsplit('@').next().unwrap().parse().expect("an address and a port")
}

fn carry(client: &TcpStream, server: &TcpStream, plan: &Arc<Plan>) {
    let pair = || (client.try_clone().unwrap(), server.try_clone().unwrap());
    let writes = Arc::new(AtomicBool::new(false));
    for up in [true, false] {
        let ((client, server), plan, writes) = (pair(), Arc::clone(plan), Arc::clone(&writes));
        for end in [&client, &server] {
            end.set_nodelay(true).unwrap();
        }
        std::thread::spawn(move || {
            // However it ends, both ends hear of it.
            let _ = if up {
                upwards(&client, &server, &plan, &writes)
            } else {
                down(&server, &client, &plan, &writes)
            };
            let _ = (client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both));
        });
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|found| found == part)
}

/// Reads a message; the first one of the engine has no letter.
fn message(mut from: &TcpStream, first: bool) -> Result<Vec<u8>> {
    let mut whole = vec![0; if first { 4 } else { 5 }];
    from.read_exact(&mut whole)?;
    let start = whole.len() - 4;
    let length = u32::from_be_bytes(whole[start..].try_into().unwrap());
    let mut rest = vec![0; usize::try_from(length).unwrap() - 4];
    from.read_exact(&mut rest)?;
    whole.extend(rest);
    Ok(whole)
}

/// The texts at the beginning of a message, each ended by a zero.
fn texts(message: &[u8]) -> Vec<&[u8]> {
    message[5..].split(|byte| *byte == 0).collect()
}

fn cut(plan: &Plan) -> Error {
    *plan.cut.lock().unwrap() = None;
    plan.fired.store(true, Ordering::SeqCst);
    ErrorKind::ConnectionAborted.into()
}

fn upwards(client: &TcpStream, mut server: &TcpStream, plan: &Plan, writes: &AtomicBool) -> Result<()> {
    server.write_all(&message(client, true)?)?;
    let mut commit: Option<Vec<u8>> = None;
    let (mut locks, mut is_lock): (Vec<Vec<u8>>, bool) = (Vec::new(), false);
    loop {
        let message = message(client, false)?;
        let mut commits = false;
        match (message[0], texts(&message).as_slice()) {
            (b'P', [name, sql, ..]) => {
                if *sql == b"COMMIT" {
                    commit = Some(name.to_vec());
                }
                if contains(sql, b"xact_lock_shared") {
                    writes.store(true, Ordering::SeqCst);
                }
                if contains(sql, b"FOR UPDATE") {
                    locks.push(name.to_vec());
                }
            }
            (b'B', [_, name, ..]) => {
                commits = commit.as_deref() == Some(*name);
                is_lock = locks.iter().any(|lock| lock == name);
            }
            _ => {}
        }
        if writes.load(Ordering::SeqCst) {
            let mut planned = plan.cut.lock().unwrap();
            let now = match &mut *planned {
                Some(Cut::After(0)) => true,
                Some(Cut::After(left)) => {
                    *left -= 1;
                    false
                }
                Some(Cut::BeforeCommit) => commits,
                _ => false,
            };
            drop(planned);
            if now {
                return Err(cut(plan));
            }
        }
        server.write_all(&message)?;
        if is_lock && message[0] == b'E' {
            drop(plan.lets_go.wait_while(plan.holds.lock().unwrap(), |holds| *holds).unwrap());
        }
    }
}

fn down(server: &TcpStream, mut client: &TcpStream, plan: &Plan, writes: &AtomicBool) -> Result<()> {
    loop {
        let message = message(server, false)?;
        if writes.load(Ordering::SeqCst) && message[0] == b'C' && &message[5..] == b"COMMIT\0" {
            let mut planned = plan.cut.lock().unwrap();
            match *planned {
                Some(Cut::AfterCommit) => {
                    drop(planned);
                    return Err(cut(plan));
                }
                Some(Cut::AfterAnswer) => *planned = Some(Cut::After(0)),
                _ => {}
            }
        }
        client.write_all(&message)?;
    }
}
