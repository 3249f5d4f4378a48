//! A look at a store through a connection of SQLite's and nothing else.

use crate::disk::Disk;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, ffi};

/// Opens what is there; `None` if nothing is.
pub(crate) fn open(disk: &Disk, path: &str) -> Result<Option<Connection>, String> {
    if disk.is_empty(path) {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags_and_vfs(path, flags, disk.name()).and_then(|c| {
        // Nobody looks at the file after this connection.
        c.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        Ok(c)
    });
    opened.map(Some).map_err(|error| format!("does not open: {error}"))
}

/// What SQLite finds wrong, if anything.
pub(crate) fn check(c: &Connection, pragma: &str) -> Result<(), String> {
    match c.query_row(pragma, [], |row| row.get::<_, String>(0)) {
        Ok(ok) if ok == "ok" => Ok(()),
        Ok(found) => Err(found),
        Err(error) => Err(format!("{pragma}: {error}")),
    }
}

/// All pages of a database as a reader gets them, out of the file and the WAL.
pub(crate) struct Pages {
    memory: *mut u8,
    len: usize,
}

impl Pages {
    pub(crate) fn of(c: &Connection) -> Result<Self, String> {
        let mut len: ffi::sqlite3_int64 = 0;
        // SAFETY: the connection is open and used on this thread only; the name is NUL-terminated.
        let memory = unsafe { ffi::sqlite3_serialize(c.handle(), c"main".as_ptr(), &raw mut len, 0) };
        match usize::try_from(len) {
            Ok(len) if !memory.is_null() => Ok(Self { memory, len }),
            Ok(0) => Ok(Self { memory, len: 0 }),
            _ => Err("its pages cannot be read".to_owned()),
        }
    }

    /// The bytes; none if there is no page but perhaps the first, which then holds no table.
    pub(crate) fn bytes(&self) -> &[u8] {
        const PAGE: usize = 4096;
        if self.len <= PAGE {
            return &[];
        }
        // SAFETY: SQLite filled `len` bytes at `memory`, and they are freed when this is dropped.
        unsafe { std::slice::from_raw_parts(self.memory, self.len) }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: memory of SQLite's, or null, which it takes for nothing; freed only here.
        unsafe { ffi::sqlite3_free(self.memory.cast()) }
    }
}
