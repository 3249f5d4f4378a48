//! Power cuts under threads, as in the engine: the writer here, a reader and a checkpointer on threads of
//! their own. Which operation a cut meets is not repeatable here; that nothing may be lost is.

use carnet_fault::power::{self, Options};
use carnet_fault::raw::{PATH, Script, Session};
use carnet_fault::{Disk, Finding, History, Step, Workload};
use rusqlite::{Connection, OpenFlags};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

struct Threaded(Script);

struct Running {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
    session: Session,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let failed = self.threads.drain(..).map(JoinHandle::join).filter(Result::is_err).count();
        assert_eq!(failed, 0, "a thread panicked");
    }
}

impl Workload for Threaded {
    type Session = Running;

    fn open(&self, disk: &Disk) -> Result<Running, String> {
        let session = self.0.open(disk)?;
        let stop = Arc::new(AtomicBool::new(false));
        let jobs = [
            "SELECT count(*), sum(delta) FROM ledger",
            "PRAGMA wal_checkpoint(PASSIVE)",
            "PRAGMA wal_checkpoint(RESTART)",
        ];
        let threads = jobs.map(|sql| {
            let (stop, name) = (Arc::clone(&stop), disk.name().to_owned());
            std::thread::spawn(move || {
                let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                // On a dead disk nothing works; that is not this thread's business.
                let c = Connection::open_with_flags_and_vfs(PATH, flags, name.as_str());
                while !stop.load(Ordering::Relaxed) {
                    if let Ok(c) = &c {
                        drop(c.query_row(sql, [], |_| Ok(())));
                    }
                    std::thread::sleep(Duration::from_micros(80));
                }
            })
        });
        Ok(Running { stop, threads: threads.into(), session })
    }

    fn step(&self, running: &mut Running, i: u64) -> Result<Step, String> {
        self.0.step(&mut running.session, i)
    }

    fn check(&self, running: &mut Running, history: &History) -> Result<(), Finding> {
        self.0.check(&mut running.session, history)
    }
}

#[test]
fn threads_lose_nothing() {
    let report = power::cuts(1_500, 3, &Threaded(Script::default()));
    println!("threads FULL: {} cuts/min, {report:?}", report.per_minute());
    assert_eq!((report.lost_acks, report.broken, report.panics), (0, 0, 0), "{report:?}");
}

#[test]
fn threads_on_a_lying_disk_are_seen() {
    let report = power::cuts_with(
        500,
        3,
        &Threaded(Script::default()),
        &Options { lying: true, ..Options::default() },
    );
    println!("threads, lying: {report:?}");
    assert_eq!(report.panics, 0, "{report:?}");
    assert!(report.caught_percent() >= 30, "the checker is blind: {report:?}");
}
