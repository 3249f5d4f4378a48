//! What SQLite asks of an open file, in safe Rust; `vfs` translates.

use crate::disk::{Admission, Disk, Fault, Op, State};
use crate::inode::{Inode, Level, SECTOR};
use crate::shm::Shm;
use crate::tape::Event;
use rusqlite::ffi;
use std::ffi::{c_int, c_void};
use std::sync::{Arc, MutexGuard};

/// An open file of one connection.
pub(crate) struct Handle {
    disk: &'static Disk,
    epoch: u64,
    id: u64,
    inode: u64,
    /// The name, unless it is a temporary file.
    name: Option<String>,
    delete_on_close: bool,
    shm: Option<Arc<Shm>>,
    pub(crate) persist_wal: bool,
}

type Code = Result<(), c_int>;

impl Handle {
    /// Opens or makes a file as the flags say.
    pub(crate) fn open(disk: &'static Disk, name: Option<&str>, flags: c_int) -> Result<Self, c_int> {
        let mut state = disk.state();
        if state.dead {
            return Err(ffi::SQLITE_CANTOPEN);
        }
        let has = |flag| flags & flag != 0;
        let found = name.and_then(|name| state.names.get(name).copied());
        let inode = match found {
            Some(_) if has(ffi::SQLITE_OPEN_EXCLUSIVE) => return Err(ffi::SQLITE_CANTOPEN),
            Some(inode) => inode,
            None if !has(ffi::SQLITE_OPEN_CREATE) => return Err(ffi::SQLITE_CANTOPEN),
            None => {
                let journal =
                    ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_WAL;
                let inode = state.id();
                state.inodes.insert(inode, Inode::empty(has(journal)));
                if let Some(name) = name {
                    state.names.insert(name.to_owned(), inode);
                    state.tell(|| Event::Made { name: name.to_owned(), id: inode, journal: has(journal) });
                }
                inode
            }
        };
        if let Some(inode) = state.inodes.get_mut(&inode) {
            inode.opens += 1;
        }
        Ok(Self {
            disk,
            epoch: state.epoch,
            id: state.id(),
            inode,
            name: name.map(str::to_owned),
            delete_on_close: has(ffi::SQLITE_OPEN_DELETEONCLOSE),
            shm: None,
            persist_wal: false,
        })
    }

    /// The disk, if it has power and was not rebooted since the file was opened.
    fn alive(&self, error: c_int) -> Result<MutexGuard<'static, State>, c_int> {
        let state = self.disk.state();
        if state.dead || state.epoch != self.epoch { Err(error) } else { Ok(state) }
    }

    pub(crate) fn close(&mut self) {
        self.shm_unmap();
        let mut state = self.disk.state();
        if state.epoch != self.epoch {
            return;
        }
        if let Some(inode) = state.inodes.get_mut(&self.inode) {
            inode.opens = inode.opens.saturating_sub(1);
            inode.locks.retain(|(id, _)| *id != self.id);
        }
        if let Some(name) = self.name.as_ref().filter(|_| self.delete_on_close) {
            state.names.remove(name);
            state.tell(|| Event::Deleted { name: name.clone(), sync: false });
        }
        state.collect();
    }

    /// Fills `out`, whose bytes are all 0.
    pub(crate) fn read(&self, offset: usize, out: &mut [u8]) -> Code {
        let mut state = self.alive(ffi::SQLITE_IOERR_READ)?;
        let half = out.len() / 2;
        let fault = state.read_fault();
        let out = match fault {
            Some(Fault::ShortRead) => return Err(ffi::SQLITE_IOERR_SHORT_READ),
            Some(Fault::HalfRead) => out.get_mut(..half).unwrap_or_default(),
            Some(_) => return Err(ffi::SQLITE_IOERR_READ),
            None => out,
        };
        let inode = state.inodes.get(&self.inode).ok_or(ffi::SQLITE_IOERR_READ)?;
        let n = inode.read(offset, out);
        if fault.is_some() || n < out.len() { Err(ffi::SQLITE_IOERR_SHORT_READ) } else { Ok(()) }
    }

    /// Counts the operation, and lets `act` do it, or do it half if `Admission` says so.
    fn operate(&self, op: Op, act: impl FnOnce(&mut State, Admission)) -> Code {
        let mut state = self.alive(op.error())?;
        let admission = state.admit(op);
        match admission {
            Admission::Refuse(code) => Err(code),
            Admission::Go => {
                act(&mut state, admission);
                Ok(())
            }
            Admission::Fail | Admission::Cut => {
                act(&mut state, admission);
                Err(op.error())
            }
        }
    }

    pub(crate) fn write(&self, offset: usize, bytes: &[u8]) -> Code {
        self.operate(Op::Write, |state, admission| {
            let sectors = u64::try_from(bytes.len() / SECTOR).unwrap_or(0);
            let written = match admission {
                Admission::Fail => usize::try_from(state.rng.below(sectors + 1)).unwrap_or(0) * SECTOR,
                _ => bytes.len(),
            };
            if let Some(inode) = state.inodes.get_mut(&self.inode) {
                inode.write(offset, bytes.get(..written).unwrap_or(bytes));
            }
            state.tell(|| Event::Written { id: self.inode, offset, bytes: bytes.into() });
        })
    }

    pub(crate) fn truncate(&self, len: usize) -> Code {
        self.operate(Op::Truncate, |state, admission| {
            if let Some(inode) = state.inodes.get_mut(&self.inode).filter(|_| admission != Admission::Fail) {
                inode.truncate(len);
            }
            state.tell(|| Event::Truncated { id: self.inode, len });
        })
    }

    pub(crate) fn sync(&self) -> Code {
        self.operate(Op::Sync, |state, admission| {
            state.tell(|| Event::Synced { id: self.inode, name: self.name.clone() });
            let State { inodes, rng, lying, .. } = &mut *state;
            let Some(inode) = inodes.get_mut(&self.inode) else { return };
            match admission {
                Admission::Go if *lying => {}
                Admission::Go => {
                    inode.sync();
                    if let Some(name) = self.name.as_ref().filter(|_| inode.sync_directory) {
                        inode.sync_directory = false;
                        state.sync_directory(name);
                    }
                }
                Admission::Fail => inode.sync_failed(rng),
                Admission::Refuse(_) | Admission::Cut => {}
            }
        })
    }

    pub(crate) fn size(&self) -> Result<usize, c_int> {
        let state = self.alive(ffi::SQLITE_IOERR_FSTAT)?;
        state.inodes.get(&self.inode).map(|inode| inode.bytes().len()).ok_or(ffi::SQLITE_IOERR_FSTAT)
    }

    /// Takes a lock: readers share, one may reserve, and the exclusive one waits for the readers to leave.
    pub(crate) fn lock(&self, want: Level) -> Code {
        let mut state = self.alive(ffi::SQLITE_IOERR_LOCK)?;
        let inode = state.inodes.get_mut(&self.inode).ok_or(ffi::SQLITE_IOERR_LOCK)?;
        let held = inode.locks.iter().find(|(id, _)| *id == self.id).map_or(Level::None, |(_, level)| *level);
        let others = inode.locks.iter().filter(|(id, _)| *id != self.id).map(|(_, level)| *level).max();
        let others = others.unwrap_or(Level::None);
        if held >= want {
            return Ok(());
        }
        let got = match want {
            Level::None | Level::Shared | Level::Pending | Level::Exclusive if others >= Level::Pending => {
                held
            }
            Level::Reserved if others >= Level::Reserved => held,
            Level::Exclusive if others >= Level::Shared => Level::Pending,
            _ => want,
        };
        inode.locks.retain(|(id, _)| *id != self.id);
        if got > Level::None {
            inode.locks.push((self.id, got));
        }
        if got == want { Ok(()) } else { Err(ffi::SQLITE_BUSY) }
    }

    /// Lowers a lock; always succeeds, after a power cut too.
    pub(crate) fn unlock(&self, to: Level) {
        let mut state = self.disk.state();
        if state.epoch != self.epoch {
            return;
        }
        if let Some(inode) = state.inodes.get_mut(&self.inode) {
            for (_, level) in inode.locks.iter_mut().filter(|(id, _)| *id == self.id) {
                *level = (*level).min(to);
            }
            inode.locks.retain(|(_, level)| *level > Level::None);
        }
    }

    pub(crate) fn reserved(&self) -> Result<bool, c_int> {
        let state = self.alive(ffi::SQLITE_IOERR_CHECKRESERVEDLOCK)?;
        let inode = state.inodes.get(&self.inode).ok_or(ffi::SQLITE_IOERR_CHECKRESERVEDLOCK)?;
        Ok(inode.locks.iter().any(|(_, level)| *level >= Level::Reserved))
    }

    pub(crate) fn shm_map(&mut self, index: usize, size: usize, extend: bool) -> Result<*mut c_void, c_int> {
        let mut state = self.alive(ffi::SQLITE_IOERR_SHMMAP)?;
        let shm = match &self.shm {
            Some(shm) => shm,
            None => {
                let shm = Arc::clone(state.shm.entry(self.inode).or_default());
                shm.attach(self.id);
                self.shm.insert(shm)
            }
        };
        shm.map(index, size, extend)
    }

    pub(crate) fn shm_lock(&self, mask: u8, flags: c_int) -> Code {
        let Some(shm) = &self.shm else { return Err(ffi::SQLITE_IOERR_SHMLOCK) };
        if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
            shm.unlock(self.id, mask);
            return Ok(());
        }
        let mut state = self.alive(ffi::SQLITE_IOERR_SHMLOCK)?;
        match shm.lock(self.id, mask, flags & ffi::SQLITE_SHM_EXCLUSIVE != 0) {
            ffi::SQLITE_OK => Ok(()),
            code => {
                state.refusals += 1;
                Err(code)
            }
        }
    }

    pub(crate) fn shm_barrier(&self) {
        if let Some(shm) = &self.shm {
            shm.barrier();
        }
    }

    /// Forgets the mapping. The last one out takes the index with it: the unix VFS keeps the file, but
    /// the next one to open it, finding itself alone, empties it.
    pub(crate) fn shm_unmap(&mut self) {
        let Some(shm) = self.shm.take() else { return };
        let mut state = self.disk.state();
        if shm.detach(self.id) && state.epoch == self.epoch {
            state.shm.remove(&self.inode);
        }
    }
}

/// Deletes a name; `sync` makes that safe at once, otherwise it may come back after a power cut.
pub(crate) fn delete(disk: &Disk, name: &str, sync: bool) -> Code {
    let mut state = disk.state();
    if !state.dead && !state.names.contains_key(name) {
        return Err(ffi::SQLITE_IOERR_DELETE_NOENT);
    }
    match state.admit(Op::Delete) {
        Admission::Refuse(code) => return Err(code),
        Admission::Fail => return Err(Op::Delete.error()),
        Admission::Cut => {
            state.names.remove(name);
            return Err(Op::Delete.error());
        }
        Admission::Go => {}
    }
    state.names.remove(name);
    state.tell(|| Event::Deleted { name: name.to_owned(), sync });
    if sync {
        state.sync_directory(name);
    }
    state.collect();
    Ok(())
}

/// Whether there is such a file. As in the unix VFS an empty one does not "exist".
pub(crate) fn access(disk: &Disk, name: &str, flags: c_int) -> Result<bool, c_int> {
    let state = disk.state();
    if state.dead {
        return Err(ffi::SQLITE_IOERR_ACCESS);
    }
    let inode = state.names.get(name).and_then(|id| state.inodes.get(id));
    Ok(inode.is_some_and(|inode| flags != ffi::SQLITE_ACCESS_EXISTS || !inode.bytes().is_empty()))
}
