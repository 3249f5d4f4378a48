//! The disk: files, names, and the faults they suffer.

use crate::inode::Inode;
use crate::rng::Rng;
use crate::shm::Shm;
use crate::tape::{Event, Tape};
use rusqlite::ffi;
use std::collections::BTreeMap;
use std::ffi::c_int;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What goes wrong, from the operation on for which it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// One write, truncation, sync or deletion fails. A failed write may have written some sectors; after
    /// a failed sync some of what was unsynced is safe and the rest never will be, as in Linux.
    IoErrOnce,
    /// Every such operation fails until the fault is cleared; reads go on (a disk remounted read-only).
    IoErrForever,
    /// Writes fail with `SQLITE_FULL`, for this many operations or until the fault is cleared.
    Full {
        /// How many operations it lasts; `None`: until cleared.
        window: Option<u64>,
    },
    /// The next read finds the end of the file: zeros and `SQLITE_IOERR_SHORT_READ`. For a page of the database
    /// SQLite takes that for a file that ends there, not for an error, and keeps the page of zeros in its cache.
    ShortRead,
    /// The same, with the first half of what was asked for. Not in a sweep: SQLite has no checksums on pages,
    /// believes the half page, and may write it back; the store is damaged with no error at all.
    HalfRead,
    /// The next read fails with `SQLITE_IOERR_READ`.
    ReadErrOnce,
    /// The power goes in the middle of the operation. Everything fails until [`Disk::reboot`].
    PowerCut,
}

/// The kind of an operation that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Write,
    Truncate,
    Sync,
    Delete,
}

impl Op {
    pub(crate) const fn error(self) -> c_int {
        match self {
            Self::Write => ffi::SQLITE_IOERR_WRITE,
            Self::Truncate => ffi::SQLITE_IOERR_TRUNCATE,
            Self::Sync => ffi::SQLITE_IOERR_FSYNC,
            Self::Delete => ffi::SQLITE_IOERR_DELETE,
        }
    }
}

/// What an operation is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Do it.
    Go,
    /// Fail half-way.
    Fail,
    /// Do nothing, return this.
    Refuse(c_int),
    /// Leave it unsynced: the power goes now.
    Cut,
}

/// The files of a disk at one instant, to start many runs from.
#[derive(Debug, Clone, Default)]
pub struct Image(pub(crate) BTreeMap<String, Vec<u8>>);

#[derive(Default)]
pub(crate) struct State {
    /// Goes up at each reboot; handles of an earlier one are dead.
    pub(crate) epoch: u64,
    next_id: u64,
    pub(crate) inodes: BTreeMap<u64, Inode>,
    /// The directory as programs see it, and as it was when it was last synced.
    pub(crate) names: BTreeMap<String, u64>,
    pub(crate) durable_names: BTreeMap<String, u64>,
    pub(crate) shm: BTreeMap<u64, Arc<Shm>>,
    /// How often a lock of the shared memory was refused.
    pub(crate) refusals: u64,
    pub(crate) tape: Option<Tape>,
    pub(crate) ops: u64,
    armed: Option<(u64, Fault)>,
    hits: u64,
    pub(crate) dead: bool,
    pub(crate) lying: bool,
    pub(crate) rng: Rng,
}

/// A disk in memory, registered with SQLite as a VFS.
///
/// Its promises are those of a plain disk under a POSIX file system and no more: `POWERSAFE_OVERWRITE`,
/// sectors of 512 bytes, nothing is safe before a sync, a new or deleted name is not safe before a sync of
/// its directory. SQLite asks for that with a deletion that wants it (`synchronous=EXTRA`) or by the first
/// sync of a new journal or WAL; it makes all names of that directory safe.
pub struct Disk {
    name: String,
    state: Mutex<State>,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Disk").field("name", &self.name).field("ops", &self.ops()).finish_non_exhaustive()
    }
}

impl Disk {
    /// Makes an empty disk and registers it with SQLite under `name`. SQLite may call it as long as the process
    /// lives, so it is never freed: use one disk for many runs ([`Disk::load`], [`Disk::clear`]).
    ///
    /// # Errors
    /// If the name is taken or not usable in C.
    pub fn register(name: &str) -> Result<Arc<Self>, String> {
        let disk = Arc::new(Self { name: name.to_owned(), state: Mutex::new(State::default()) });
        crate::vfs::register(name, &disk)?;
        Ok(disk)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of the VFS.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many writes, truncations, syncs and deletions there have been since the disk was made, loaded or cleared.
    #[must_use]
    pub fn ops(&self) -> u64 {
        self.state().ops
    }

    /// Sets the one fault: it strikes at the operation that [`Disk::ops`] will count as number `n`
    /// (0-based: `fail_at(disk.ops(), ..)` is the next one), the read faults at the first read from then on.
    pub fn fail_at(&self, n: u64, fault: Fault) {
        self.state().armed = Some((n, fault));
    }

    /// Takes the fault away. A power cut that has happened stays until the reboot.
    pub fn clear_fault(&self) {
        self.state().armed = None;
    }

    /// How often a fault struck since the disk was made, loaded or cleared.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.state().hits
    }

    /// True between a power cut and the reboot.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.state().dead
    }

    /// From now on a sync is acknowledged and not done. The negative control of the harness.
    pub fn lying(&self, lying: bool) {
        self.state().lying = lying;
    }

    /// Starts again after a power cut, or cuts the power now: the disk is what was synced plus a random part
    /// of what was not, torn at 512 bytes; shared memory, locks, temporary files and open handles are gone,
    /// and so is the fault.
    pub fn reboot(&self, seed: u64) {
        let mut state = self.state();
        let mut rng = Rng::new(seed);
        let image = Image(state.survivors(&mut rng, &mut Vec::new()).into_iter().collect());
        let (ops, hits) = (state.ops, state.hits);
        state.restart(&image);
        (state.ops, state.hits, state.rng) = (ops, hits, rng);
    }

    /// The process died, the machine did not: handles, locks and shared memory are gone, every byte is
    /// there, and what was unsynced is unsynced still.
    pub fn kill(&self) {
        let mut state = self.state();
        state.epoch += 1;
        state.shm.clear();
        state.armed = None;
        for inode in state.inodes.values_mut() {
            inode.locks.clear();
            inode.opens = 0;
        }
        state.collect();
    }

    /// Copies all named files as programs see them now.
    #[must_use]
    pub fn image(&self) -> Image {
        self.state().live()
    }

    /// Replaces everything by an image, wholly synced; open handles die, counters start at 0, faults are off.
    pub fn load(&self, image: &Image) {
        let mut state = self.state();
        state.restart(image);
        state.lying = false;
        state.rng = Rng::new(0);
    }

    /// An empty disk: [`Disk::load`] of an empty image.
    pub fn clear(&self) {
        self.load(&Image::default());
    }

    /// From now on everything that changes the disk is written down too. The disk counts as wholly synced, as after
    /// [`Disk::load`], and must not fail meanwhile.
    pub fn record(&self) {
        let mut state = self.state();
        state.tape = Some(Tape::new(&state));
    }

    /// Writes down that an answer was given; `position` says where in the store it must be found ever after.
    pub fn mark(&self, position: u64) {
        self.state().tell(|| Event::Answered(position));
    }

    /// Ends the recording.
    #[must_use]
    pub fn tape(&self) -> Option<Tape> {
        self.state().tape.take()
    }

    /// How often anybody was refused a lock of a WAL: a caller that waits for its turn asks again and again.
    #[must_use]
    pub fn refusals(&self) -> u64 {
        self.state().refusals
    }

    /// Puts wrecks in the place of all files, and gives the memory of the old ones back.
    pub(crate) fn put_wreck(&self, files: Vec<(String, Vec<u8>)>) -> Vec<Vec<u8>> {
        let mut state = self.state();
        let old = std::mem::take(&mut state.inodes).into_values().map(Inode::into_bytes).collect();
        state.restart(&Image::default());
        for (name, bytes) in files {
            let id = state.id();
            state.inodes.insert(id, Inode::wreck(bytes));
            state.names.insert(name, id);
        }
        old
    }

    /// The names of all files, without temporary ones.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.state().names.keys().cloned().collect()
    }

    /// Whether a file is missing or holds nothing.
    pub(crate) fn is_empty(&self, name: &str) -> bool {
        let state = self.state();
        state.names.get(name).and_then(|id| state.inodes.get(id)).is_none_or(|inode| inode.bytes().is_empty())
    }

    /// What a file holds, as programs see it.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(name).and_then(|id| state.inodes.get(id)).map(|inode| inode.bytes().to_vec())
    }

    /// Puts a file there from outside, synced; for damage by hand. Handles that have it open keep the old one.
    pub fn put(&self, name: &str, bytes: Vec<u8>) {
        let mut state = self.state();
        let id = state.id();
        state.inodes.insert(id, Inode::durable(bytes));
        state.names.insert(name.to_owned(), id);
        state.durable_names.insert(name.to_owned(), id);
        state.collect();
    }
}

impl State {
    pub(crate) fn new(lying: bool) -> Self {
        Self { lying, ..Self::default() }
    }

    pub(crate) fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    pub(crate) fn restart(&mut self, image: &Image) {
        self.epoch += 1;
        self.inodes.clear();
        self.names.clear();
        self.shm.clear();
        for (name, bytes) in &image.0 {
            let id = self.id();
            self.inodes.insert(id, Inode::durable(bytes.clone()));
            self.names.insert(name.clone(), id);
        }
        self.durable_names = self.names.clone();
        (self.ops, self.hits, self.armed, self.dead) = (0, 0, None, false);
    }

    /// All named files as programs see them.
    pub(crate) fn live(&self) -> Image {
        let bytes = |id| self.inodes.get(id).map(|inode| inode.bytes().to_vec()).unwrap_or_default();
        Image(self.names.iter().map(|(name, id)| (name.clone(), bytes(id))).collect())
    }

    /// The files after a power cut now, in memory that is there already as long as there is some.
    pub(crate) fn survivors(&self, rng: &mut Rng, memory: &mut Vec<Vec<u8>>) -> Vec<(String, Vec<u8>)> {
        let mut names: Vec<&String> = self.names.keys().chain(self.durable_names.keys()).collect();
        names.sort();
        names.dedup();
        let mut files = Vec::with_capacity(names.len());
        for name in names {
            let (now, before) = (self.names.get(name), self.durable_names.get(name));
            let inode = if now == before || rng.chance(4) { now } else { before };
            if let Some(inode) = inode.and_then(|id| self.inodes.get(id)) {
                let mut bytes = memory.pop().unwrap_or_default();
                inode.survivors_into(&mut bytes, rng);
                files.push((name.clone(), bytes));
            }
        }
        files
    }

    /// Writes an event down, if anybody wants to know.
    pub(crate) fn tell(&mut self, event: impl FnOnce() -> Event) {
        if let Some(tape) = &mut self.tape {
            tape.events.push(event());
        }
    }

    /// Counts an operation and says what becomes of it.
    pub(crate) fn admit(&mut self, op: Op) -> Admission {
        if self.dead {
            return Admission::Refuse(op.error());
        }
        let n = self.ops;
        self.ops += 1;
        let Some((at, fault)) = self.armed.filter(|(at, _)| n >= *at) else { return Admission::Go };
        match fault {
            Fault::ShortRead | Fault::HalfRead | Fault::ReadErrOnce => return Admission::Go,
            Fault::Full { window: Some(w) } if n - at >= w => {
                self.armed = None;
                return Admission::Go;
            }
            Fault::Full { .. } if op != Op::Write => return Admission::Go,
            Fault::IoErrOnce => self.armed = None,
            Fault::PowerCut => self.dead = true,
            Fault::Full { .. } | Fault::IoErrForever => {}
        }
        self.hits += 1;
        match fault {
            Fault::PowerCut => Admission::Cut,
            Fault::Full { .. } => Admission::Refuse(ffi::SQLITE_FULL),
            _ => Admission::Fail,
        }
    }

    /// The fault that strikes this read, if any.
    pub(crate) fn read_fault(&mut self) -> Option<Fault> {
        let (_, fault) = self.armed.filter(|(at, fault)| {
            self.ops >= *at && matches!(fault, Fault::ShortRead | Fault::HalfRead | Fault::ReadErrOnce)
        })?;
        self.armed = None;
        self.hits += 1;
        Some(fault)
    }

    /// Makes all names in the directory of `name` safe.
    pub(crate) fn sync_directory(&mut self, name: &str) {
        if self.lying {
            return;
        }
        let dir = directory(name);
        self.durable_names.retain(|other, _| directory(other) != dir);
        self.durable_names.extend(
            self.names
                .iter()
                .filter(|(other, _)| directory(other) == dir)
                .map(|(other, id)| (other.clone(), *id)),
        );
        self.collect();
    }

    /// Frees files that nobody can reach any more.
    pub(crate) fn collect(&mut self) {
        let (names, durable) = (&self.names, &self.durable_names);
        self.inodes.retain(|id, inode| {
            inode.opens > 0 || names.values().any(|n| n == id) || durable.values().any(|n| n == id)
        });
    }
}

fn directory(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(dir, _)| dir)
}
