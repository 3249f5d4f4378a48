//! What a process leaves in the WAL that ends in the middle of a commit.

use crate::script::{Recorded, beside};
use crate::workload::{Club, PATH, answer};
use carnet_fault::replay::{self, Options, Script};
use carnet_fault::{Disk, Image, Tape, Workload};
use rusqlite::Connection;

const WAL: &str = "/store/club.db-wal";
const SECTOR: usize = 512;
/// A step that writes a page before the pages that hold its key.
const STEP: u64 = 1;

/// Does a step again of which a power cut left all in the WAL but the sector where it begins.
struct Again {
    club: Recorded,
    base: Image,
}

impl Again {
    fn new(name: &str) -> Self {
        let disk = Disk::register(name).unwrap();
        let recorded = Recorded::new(&disk);
        let club = Club::new(0);
        drop(club.open(&disk).unwrap());
        // A commit that is safe: what follows it has its salts.
        let other = beside(&disk, "FULL");
        other.execute_batch("PRAGMA application_id = 1130459758").unwrap();
        let open = club.open(&disk).unwrap();
        let begins = disk.file(WAL).unwrap().len().max(32);
        answer(&open.engine, &open.request(STEP)).unwrap();
        let (whole, mut torn) = (disk.image(), disk.file(WAL).unwrap());
        drop((open, other));
        let tear = begins..(begins / SECTOR + 1) * SECTOR;
        assert!(torn.len() > tear.end + SECTOR, "nothing is left after the tear");
        torn[tear].fill(0);
        disk.load(&whole);
        disk.put(WAL, torn);
        let base = disk.image();
        disk.clear();
        Self { club: recorded, base }
    }
}

impl Script for Again {
    fn path(&self) -> &str {
        PATH
    }

    fn position(&self) -> &str {
        self.club.position()
    }

    fn record(&self, disk: &Disk, _: u64, _: u64, _: Option<&Image>) -> Result<Tape, String> {
        disk.load(&self.base);
        disk.record();
        let open = Club::new(0).open(disk)?;
        let done = answer(&open.engine, &open.request(STEP)).map_err(|error| error.to_string())?;
        if done.get("replayed").is_some() {
            return Err(format!("the cut left it whole: {done}"));
        }
        disk.mark(done["position"].as_u64().unwrap());
        disk.tape().ok_or_else(|| "nothing was recorded".to_owned())
    }

    fn state(&self, store: &Connection) -> Result<(), String> {
        self.club.state(store)
    }

    fn go_on(&self, disk: &Disk) -> Result<(), String> {
        self.club.go_on(disk)
    }
}

/// The same pages are written again and would join what lies after the tear: the first of them, and the old commit is
/// whole, before there is a new one.
#[test]
fn a_torn_commit_is_not_mended_by_the_next() {
    let options = Options { generations: 1, ..Options::default() };
    let report = replay::cuts(2_000, 1, &Again::new("torn"), &options);
    assert_eq!((report.cuts, report.lost_acks, report.broken), (2_000, 0, 0), "{report:?}");
    assert!(report.newer > 0, "{report:?}");
}

/// A process was killed between the writes and the sync of a commit. The next one finds it, and says so.
#[test]
fn what_a_killed_process_left_is_safe_before_anybody_hears_of_it() {
    let disk = Disk::register("killed").unwrap();
    drop(Club::new(0).open(&disk).unwrap());
    let made = disk.image();
    for seed in 0..64 {
        disk.load(&made);
        let killed = Club { synchronous_off: true, ..Club::new(0) }.open(&disk).unwrap();
        answer(&killed.engine, &killed.request(STEP)).unwrap();
        disk.kill();
        drop(killed);
        let next = Club::new(0).open(&disk).unwrap();
        let told = answer(&next.engine, &next.request(STEP)).unwrap();
        assert_eq!(told["replayed"], true, "the kill took it away: {told}");
        disk.reboot(seed);
        drop(next);
        let last = Club::new(0).open(&disk).unwrap();
        let again = answer(&last.engine, &last.request(STEP)).unwrap();
        assert_eq!(again, told, "seed {seed}");
    }
}
