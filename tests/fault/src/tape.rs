//! What a script did to its disk, in order, and the disk as it was at any moment of that.

use crate::disk::{Image, State};
use crate::inode::Inode;
use crate::rng::Rng;
use std::collections::BTreeMap;

/// Something that changes a disk, or the answer to a caller.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A new file, which counts as an operation only when something is written to it.
    Made {
        name: String,
        id: u64,
        journal: bool,
    },
    Written {
        id: u64,
        offset: usize,
        bytes: Box<[u8]>,
    },
    Truncated {
        id: u64,
        len: usize,
    },
    Synced {
        id: u64,
        name: Option<String>,
    },
    Deleted {
        name: String,
        sync: bool,
    },
    /// A caller was told that the store holds this position.
    Answered(u64),
}

/// A recording: the files at its beginning, and all that happened to them.
#[derive(Debug, Clone)]
pub struct Tape {
    pub(crate) base: Image,
    ids: BTreeMap<String, u64>,
    pub(crate) events: Vec<Event>,
}

impl Tape {
    pub(crate) fn new(state: &State) -> Self {
        Self { base: state.live(), ids: state.names.clone(), events: Vec::new() }
    }
}

/// A disk that does over again what a tape says, without anybody who writes to it.
pub(crate) struct Shadow(State);

impl Shadow {
    pub(crate) fn new(tape: &Tape, lying: bool) -> Self {
        let mut state = State::new(lying);
        for (name, id) in &tape.ids {
            let bytes = tape.base.0.get(name).cloned().unwrap_or_default();
            state.inodes.insert(*id, Inode::durable(bytes));
        }
        state.names.clone_from(&tape.ids);
        state.durable_names.clone_from(&tape.ids);
        Self(state)
    }

    /// Begins an operation: it has been asked for and nothing of it is safe. False where there is nothing to cut.
    pub(crate) fn begin(&mut self, event: &Event) -> bool {
        let Self(state) = self;
        match event {
            Event::Made { name, id, journal } => {
                state.inodes.insert(*id, Inode::empty(*journal));
                state.names.insert(name.clone(), *id);
                false
            }
            // Temporary files, and those whose name is gone, have no part in what is left after a cut.
            Event::Written { id, offset, bytes } => {
                state.inodes.get_mut(id).map(|inode| inode.write(*offset, bytes)).is_some()
            }
            Event::Truncated { id, len } => {
                state.inodes.get_mut(id).map(|inode| inode.truncate(*len)).is_some()
            }
            Event::Synced { id, .. } => state.inodes.contains_key(id),
            Event::Deleted { name, .. } => state.names.remove(name).is_some(),
            Event::Answered(_) => false,
        }
    }

    /// Ends it: what it makes safe is safe now.
    pub(crate) fn end(&mut self, event: &Event) {
        let Self(state) = self;
        match event {
            Event::Synced { id, name } if !state.lying => {
                let Some(inode) = state.inodes.get_mut(id) else { return };
                inode.sync();
                if let Some(name) = name.as_ref().filter(|_| inode.sync_directory) {
                    inode.sync_directory = false;
                    state.sync_directory(name);
                }
            }
            Event::Deleted { name, sync } => {
                if *sync {
                    state.sync_directory(name);
                }
                state.collect();
            }
            _ => {}
        }
    }

    /// Whether a cut now leaves anything to chance.
    pub(crate) fn is_unsafe(&self) -> bool {
        self.0.names != self.0.durable_names || self.0.inodes.values().any(Inode::is_unsafe)
    }

    /// The files after a power cut now.
    pub(crate) fn cut(&self, rng: &mut Rng, memory: &mut Vec<Vec<u8>>) -> Vec<(String, Vec<u8>)> {
        self.0.survivors(rng, memory)
    }

    /// The files as programs see them now.
    pub(crate) fn live(&self) -> Vec<(String, Vec<u8>)> {
        self.0.live().0.into_iter().collect()
    }
}

/// Sees in the writes to a WAL where a transaction is whole: the header of its last frame names the size of the
/// database, and the page comes in the next write.
#[derive(Debug, Default)]
pub(crate) struct Commits {
    after: Option<(u64, usize)>,
}

impl Commits {
    const FRAME_HEADER: usize = 24;

    pub(crate) fn completes(&mut self, event: &Event) -> bool {
        let Event::Written { id, offset, bytes } = event else { return false };
        if self.after.take() == Some((*id, *offset)) {
            return true;
        }
        let last = bytes.len() == Self::FRAME_HEADER && bytes.get(4..8).is_some_and(|size| size != [0; 4]);
        self.after = last.then_some((*id, offset + Self::FRAME_HEADER));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Disk;
    use crate::harness::Workload;
    use crate::raw::Script;

    #[test]
    fn a_shadow_ends_where_the_disk_did() {
        let disk = Disk::register("tape-shadow").unwrap();
        let script = Script::default();
        drop(script.open(&disk).unwrap());
        disk.record();
        let mut session = script.open(&disk).unwrap();
        let done =
            (0..24).filter(|i| script.step(&mut session, *i).unwrap() == crate::Step::Acknowledged).count();
        disk.mark(7);
        let (image, safe) = (disk.image(), disk.state().durable_names.len());
        let tape = disk.tape().unwrap();
        let (mut shadow, mut commits, mut whole) = (Shadow::new(&tape, false), Commits::default(), 0);
        for event in &tape.events {
            if shadow.begin(event) {
                whole += usize::from(commits.completes(event));
                shadow.end(event);
            }
        }
        assert_eq!(shadow.live(), image.0.into_iter().collect::<Vec<_>>());
        assert_eq!(shadow.0.durable_names.len(), safe);
        assert_eq!(whole, done, "one commit for each step that was not refused");
        assert!(matches!(tape.events.last(), Some(Event::Answered(7))));
        drop(session);
    }
}
