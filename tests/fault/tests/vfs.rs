//! The disk itself: does SQLite find on it what it finds on a real one?

use carnet_fault::{Disk, Fault};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn open(disk: &Disk, path: &str, pragmas: &str) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let c = Connection::open_with_flags_and_vfs(path, flags, disk.name())?;
    c.busy_timeout(Duration::from_secs(20))?;
    c.execute_batch(pragmas)?;
    Ok(c)
}

const WAL: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";

fn integrity(c: &Connection) -> rusqlite::Result<String> {
    c.query_row("PRAGMA integrity_check", [], |r| r.get(0))
}

fn code(e: &rusqlite::Error) -> Option<ErrorCode> {
    e.sqlite_error_code()
}

#[test]
fn a_name_is_given_once() {
    let disk = Disk::register("vfs-name").unwrap();
    assert_eq!(disk.name(), "vfs-name");
    assert!(Disk::register("vfs-name").is_err());
    assert!(Disk::register("vfs\0name").is_err());
}

#[test]
fn threads_share_one_file() {
    let disk = Disk::register("vfs-threads").unwrap();
    let path = "/t.db";
    open(&disk, path, WAL)
        .unwrap()
        .execute_batch("CREATE TABLE t(k INTEGER PRIMARY KEY, n INTEGER); INSERT INTO t VALUES (1, 0)")
        .unwrap();
    let done = AtomicBool::new(false);
    let stop = || done.load(Ordering::Relaxed);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let c = open(&disk, path, WAL).unwrap();
                let mut last = 0;
                while !stop() {
                    let (n, rows): (i64, i64) = c
                        .query_row("SELECT max(n), (SELECT count(*) FROM t) FROM t WHERE k = 1", [], |r| {
                            Ok((r.get(0)?, r.get(1)?))
                        })
                        .unwrap();
                    assert!(n >= last && rows == n + 1, "a reader sees half of a commit: {n} {rows}");
                    last = n;
                }
            });
        }
        scope.spawn(|| {
            let c = open(&disk, path, WAL).unwrap();
            for mode in ["PASSIVE", "RESTART", "PASSIVE", "TRUNCATE"].iter().cycle() {
                if stop() {
                    break;
                }
                c.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |_| Ok(())).unwrap();
            }
        });
        let writers: Vec<_> = (0..2).map(|_| scope.spawn(|| {
            let c = open(&disk, path, WAL).unwrap();
            for _ in 0..200 {
                c.execute_batch("BEGIN IMMEDIATE; UPDATE t SET n = n + 1 WHERE k = 1; INSERT INTO t(n) VALUES (0); COMMIT").unwrap();
            }
        })).collect();
        let failed = writers.into_iter().any(|w| w.join().is_err());
        done.store(true, Ordering::Relaxed);
        assert!(!failed);
    });
    let c = open(&disk, path, "").unwrap();
    assert_eq!(c.query_row("SELECT n FROM t WHERE k = 1", [], |r| r.get::<_, i64>(0)), Ok(400));
    assert_eq!(integrity(&c).as_deref(), Ok("ok"));
    drop(c);
    assert_eq!(disk.names(), [path], "the last one out deletes the WAL");
}

#[test]
fn locks_shut_others_out() {
    let disk = Disk::register("vfs-locks").unwrap();
    for (path, mode) in [("/wal.db", "PRAGMA journal_mode=WAL"), ("/del.db", "PRAGMA journal_mode=DELETE")] {
        let (a, b) = (open(&disk, path, mode).unwrap(), open(&disk, path, mode).unwrap());
        for c in [&a, &b] {
            c.busy_timeout(Duration::ZERO).unwrap();
        }
        a.execute_batch("CREATE TABLE t(x); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)").unwrap();
        assert_eq!(code(&b.execute_batch("BEGIN IMMEDIATE").unwrap_err()), Some(ErrorCode::DatabaseBusy));
        assert_eq!(
            b.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0)),
            Ok(0),
            "a reader goes on"
        );
        b.execute_batch("BEGIN; SELECT * FROM t").unwrap();
        let mut open_read = b.prepare("SELECT count(*) FROM t").unwrap();
        assert_eq!(open_read.query_row([], |r| r.get::<_, i64>(0)), Ok(0));
        let commit = a.execute_batch("COMMIT");
        if path == "/wal.db" {
            commit.unwrap();
            let busy: i64 = a.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0)).unwrap();
            assert_eq!(busy, 1, "the old snapshot holds the WAL");
        } else {
            assert_eq!(
                code(&commit.unwrap_err()),
                Some(ErrorCode::DatabaseBusy),
                "the reader keeps the writer out"
            );
        }
        drop(open_read);
        b.execute_batch("COMMIT").unwrap();
        if path == "/del.db" {
            a.execute_batch("COMMIT").unwrap();
        }
        assert_eq!(b.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0)), Ok(1));
    }
}

#[test]
fn temporary_files_vacuum_and_attached_stores() {
    let disk = Disk::register("vfs-temp").unwrap();
    let c =
        open(&disk, "/d/a.db", "PRAGMA temp_store=FILE; PRAGMA cache_size=5; PRAGMA journal_mode=DELETE;")
            .unwrap();
    c.execute_batch(
        "CREATE TABLE t(x INTEGER, y TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
           INSERT INTO t SELECT i * 7919 % 5003, printf('%0100d', i) FROM n;
         CREATE TEMP TABLE s AS SELECT y, x FROM t ORDER BY y DESC, x;
         DELETE FROM t WHERE x % 3 = 0; VACUUM; VACUUM INTO '/d/copy.db';
         ATTACH '/d/b.db' AS b; BEGIN; CREATE TABLE b.u AS SELECT * FROM t; UPDATE t SET x = -x; COMMIT;",
    )
    .unwrap();
    let rows: i64 = c.query_row("SELECT count(*) FROM t", [], |r| r.get(0)).unwrap();
    assert_eq!(c.query_row("SELECT count(*) FROM s", [], |r| r.get::<_, i64>(0)), Ok(5000));
    assert_eq!(integrity(&c).as_deref(), Ok("ok"));
    drop(c);
    assert_eq!(disk.names(), ["/d/a.db", "/d/b.db", "/d/copy.db"], "journals and temporary files are gone");
    let copy = open(&disk, "/d/copy.db", "").unwrap();
    assert_eq!(copy.query_row("SELECT count(*) FROM t", [], |r| r.get(0)), Ok(rows));
}

#[test]
fn old_connections_are_dead_after_a_reboot_and_harm_nobody() {
    let disk = Disk::register("vfs-stale").unwrap();
    let old = open(&disk, "/s.db", WAL).unwrap();
    old.execute_batch("CREATE TABLE t(x); INSERT INTO t VALUES (1)").unwrap();
    disk.fail_at(disk.ops() + 2, Fault::PowerCut);
    let e = old.execute_batch("INSERT INTO t VALUES (2)").unwrap_err();
    assert_eq!(code(&e), Some(ErrorCode::SystemIoFailure));
    assert!(disk.is_cut() && open(&disk, "/s.db", "").is_err());
    disk.reboot(7);
    let new = open(&disk, "/s.db", WAL).unwrap();
    new.execute_batch("BEGIN IMMEDIATE; INSERT INTO t VALUES (3)").unwrap();
    assert!(old.execute_batch("INSERT INTO t VALUES (4)").is_err());
    assert!(old.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0)).is_err());
    drop(old);
    new.execute_batch("COMMIT").unwrap();
    assert_eq!(new.query_row("SELECT count(*) FROM t WHERE x IN (1, 3)", [], |r| r.get::<_, i64>(0)), Ok(2));
    assert_eq!(integrity(&new).as_deref(), Ok("ok"));
}

#[test]
fn a_killed_process_loses_nothing_that_it_wrote() {
    let disk = Disk::register("vfs-kill").unwrap();
    let old = open(&disk, "/k.db", "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;").unwrap();
    old.execute_batch("CREATE TABLE t(x); INSERT INTO t VALUES (1); BEGIN; INSERT INTO t VALUES (2)")
        .unwrap();
    disk.kill();
    let new = open(&disk, "/k.db", WAL).unwrap();
    assert_eq!(
        new.query_row("SELECT sum(x) FROM t", [], |r| r.get::<_, i64>(0)),
        Ok(1),
        "recovered, without the open one"
    );
    new.execute_batch("INSERT INTO t VALUES (5)").unwrap();
    assert!(old.execute_batch("COMMIT").is_err());
    drop(old);
    assert_eq!(integrity(&new).as_deref(), Ok("ok"));
}

#[test]
fn faults_strike_where_they_are_set_and_have_their_names() {
    let disk = Disk::register("vfs-faults").unwrap();
    let c = open(&disk, "/f.db", WAL).unwrap();
    c.execute_batch("CREATE TABLE t(x)").unwrap();
    let insert = || c.execute_batch("INSERT INTO t VALUES (1)");

    let before = disk.ops();
    insert().unwrap();
    let per_insert = disk.ops() - before;
    disk.fail_at(disk.ops() + per_insert, Fault::IoErrOnce);
    insert().unwrap();
    assert_eq!(disk.hits(), 0, "not before its time");
    assert_eq!(code(&insert().unwrap_err()), Some(ErrorCode::SystemIoFailure));
    assert_eq!(disk.hits(), 1);
    insert().unwrap();

    disk.fail_at(disk.ops(), Fault::IoErrForever);
    assert!(insert().is_err() && insert().is_err());
    assert_eq!(c.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0)), Ok(3), "reads go on");
    disk.clear_fault();
    insert().unwrap();

    disk.fail_at(disk.ops(), Fault::Full { window: Some(2) });
    assert_eq!(code(&insert().unwrap_err()), Some(ErrorCode::DiskFull));
    assert_eq!(code(&insert().unwrap_err()), Some(ErrorCode::DiskFull));
    insert().unwrap();

    let fresh = open(&disk, "/f.db", "").unwrap();
    disk.fail_at(disk.ops(), Fault::ReadErrOnce);
    assert_eq!(
        code(&fresh.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0)).unwrap_err()),
        Some(ErrorCode::SystemIoFailure)
    );
    assert_eq!(fresh.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0)), Ok(5));
}

#[test]
fn images_start_a_disk_over() {
    let disk = Disk::register("vfs-image").unwrap();
    open(&disk, "/i.db", WAL).unwrap().execute_batch("CREATE TABLE t(x)").unwrap();
    let image = disk.image();
    open(&disk, "/i.db", "DROP TABLE t").unwrap();
    disk.load(&image);
    assert_eq!(disk.ops(), 0);
    open(&disk, "/i.db", "INSERT INTO t VALUES (1)").unwrap();
    disk.clear();
    assert!(disk.names().is_empty());
    disk.put("/i.db", b"this is no database, and a good deal longer than a header would be: it has to be a hundred bytes or so".to_vec());
    let e = open(&disk, "/i.db", "SELECT * FROM sqlite_schema").unwrap_err();
    assert_eq!(code(&e), Some(ErrorCode::NotADatabase));
    assert!(disk.file("/i.db").is_some_and(|bytes| bytes.starts_with(b"this")));
}

#[test]
fn the_same_seed_gives_the_same_disk() {
    let run = |name: &str, seed| {
        let disk: Arc<Disk> = Disk::register(name).unwrap();
        let c = open(&disk, "/r.db", "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF;").unwrap();
        c.execute_batch("CREATE TABLE t(x); INSERT INTO t VALUES (1); INSERT INTO t VALUES (zeroblob(9000))")
            .unwrap();
        disk.reboot(seed);
        disk.file("/r.db")
    };
    let all: Vec<_> = (0..16)
        .map(|seed| (run(&format!("vfs-seed-a{seed}"), seed), run(&format!("vfs-seed-b{seed}"), seed)))
        .collect();
    assert!(all.iter().all(|(a, b)| a == b));
    assert!(
        all.iter().any(|(a, _)| a.is_none()) && all.iter().any(|(a, _)| a.is_some()),
        "an unsynced name may vanish"
    );
}
