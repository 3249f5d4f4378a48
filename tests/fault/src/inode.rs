//! One file: what its readers see, what is safe, and what lies between the two.

use crate::rng::Rng;

/// The unit in which a write can be torn.
pub(crate) const SECTOR: usize = 512;

/// The state of a lock on the database file, in SQLite's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    None,
    Shared,
    Reserved,
    Pending,
    Exclusive,
}

/// A change since the last sync; the bytes of writes lie in `Inode::heap`, one after another.
#[derive(Debug, Clone, Copy)]
enum Change {
    Write { offset: usize, len: usize },
    Truncate { len: usize },
}

/// What happens to unsynced changes when the power goes; one choice per file and cut, because a
/// mixture of coins alone would almost never give "all of it" or "none of it".
enum Fate {
    /// Nothing reached the platter.
    Nothing,
    /// Everything did, although nobody asked.
    Everything,
    /// The first changes did, the next one in part, the rest not.
    Prefix(usize),
    /// Each change as a whole, by a coin.
    Changes(u64),
    /// Each sector of each change, by a coin.
    Sectors(u64),
}

#[derive(Debug, Default)]
pub(crate) struct Inode {
    live: Vec<u8>,
    durable: Vec<u8>,
    pending: Vec<Change>,
    heap: Vec<u8>,
    /// A file of a wreck: it is looked at once and not cut again, so nobody asks what of it is safe.
    wreck: bool,
    /// Open handles.
    pub(crate) opens: u32,
    /// A new journal or WAL: its first sync also syncs the directory, as SQLite's unix VFS does.
    pub(crate) sync_directory: bool,
    /// Handle and level of everyone who holds more than `Level::None`.
    pub(crate) locks: Vec<(u64, Level)>,
}

impl Inode {
    /// A file that is wholly on disk.
    pub(crate) fn durable(bytes: Vec<u8>) -> Self {
        Self { live: bytes.clone(), durable: bytes, ..Self::default() }
    }

    /// A new file with no bytes.
    pub(crate) fn empty(sync_directory: bool) -> Self {
        Self { sync_directory, ..Self::default() }
    }

    /// A file that no power cut will meet any more.
    pub(crate) fn wreck(bytes: Vec<u8>) -> Self {
        Self { live: bytes, wreck: true, ..Self::default() }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.live
    }

    /// Takes the bytes out, to use their memory again.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.live
    }

    /// Whether anything is unsynced.
    pub(crate) fn is_unsafe(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Copies from `offset` and returns how many bytes there were.
    pub(crate) fn read(&self, offset: usize, out: &mut [u8]) -> usize {
        let from = self.live.get(offset..).unwrap_or_default();
        let n = from.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), from.get(..n)) {
            to.copy_from_slice(from);
        }
        n
    }

    pub(crate) fn write(&mut self, offset: usize, bytes: &[u8]) {
        put(&mut self.live, offset, bytes);
        if self.wreck {
            return;
        }
        self.heap.extend_from_slice(bytes);
        self.pending.push(Change::Write { offset, len: bytes.len() });
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.live.resize(len, 0);
        if self.wreck {
            return;
        }
        self.pending.push(Change::Truncate { len });
    }

    /// All that was written is now safe.
    pub(crate) fn sync(&mut self) {
        let mut at = 0;
        for change in &self.pending {
            match *change {
                Change::Write { offset, len } => {
                    put(&mut self.durable, offset, self.heap.get(at..at + len).unwrap_or_default());
                    at += len;
                }
                Change::Truncate { len } => self.durable.resize(len, 0),
            }
        }
        self.pending.clear();
        self.heap.clear();
    }

    /// A sync that failed. As in Linux, some of the pages reached the disk, and all of them count
    /// as clean afterwards: a later sync that succeeds says nothing about them.
    pub(crate) fn sync_failed(&mut self, rng: &mut Rng) {
        self.durable = self.survivors(rng);
        self.pending.clear();
        self.heap.clear();
    }

    /// What the disk holds if the power goes now.
    pub(crate) fn survivors(&self, rng: &mut Rng) -> Vec<u8> {
        let mut out = Vec::new();
        self.survivors_into(&mut out, rng);
        out
    }

    /// The same, into memory that is there already.
    pub(crate) fn survivors_into(&self, out: &mut Vec<u8>, rng: &mut Rng) {
        out.clear();
        out.extend_from_slice(&self.durable);
        let changes = u64::try_from(self.pending.len()).unwrap_or(0);
        let fate = match rng.below(5) {
            0 => Fate::Nothing,
            1 => Fate::Everything,
            2 => Fate::Prefix(usize::try_from(rng.below(changes)).unwrap_or(0)),
            3 => Fate::Changes(1 + 3 * rng.below(3)),
            _ => Fate::Sectors(1 + 3 * rng.below(3)),
        };
        // Without SAFE_APPEND a file may have grown by sectors that were never written.
        let garbage = rng.chance(2);
        let mut at = 0;
        for (k, change) in self.pending.iter().enumerate() {
            let of_8 = match fate {
                Fate::Nothing => 0,
                Fate::Everything => 8,
                Fate::Prefix(n) if k < n => 8,
                Fate::Prefix(n) if k == n => 4,
                Fate::Prefix(_) => 0,
                Fate::Changes(p) => 8 * u64::from(rng.chance(p)),
                Fate::Sectors(p) => p,
            };
            match *change {
                Change::Truncate { len } => {
                    if rng.chance(of_8) {
                        out.resize(len, 0);
                    }
                }
                Change::Write { offset, len } => {
                    let bytes = self.heap.get(at..at + len).unwrap_or_default();
                    at += len;
                    for (from, piece) in sectors(offset, bytes) {
                        if rng.chance(of_8) {
                            put(out, from, piece);
                        } else if garbage && from + piece.len() > out.len() && rng.chance(1) {
                            let junk: Vec<u8> = piece
                                .iter()
                                .map(|_| rng.bits().to_le_bytes().last().copied().unwrap_or(0))
                                .collect();
                            put(out, from, &junk);
                        }
                    }
                }
            }
        }
    }
}

/// Cuts a write at the sector borders of the file, not of the buffer.
pub(crate) fn sectors(offset: usize, bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let (mut offset, mut rest) = (offset, bytes);
    std::iter::from_fn(move || {
        let (piece, tail) = rest.split_at_checked((SECTOR - offset % SECTOR).min(rest.len()))?;
        if piece.is_empty() {
            return None;
        }
        let from = offset;
        offset += piece.len();
        rest = tail;
        Some((from, piece))
    })
}

fn put(file: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    if let Some(to) = file.get_mut(offset..end) {
        to.copy_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_is_cut_at_the_borders_of_the_file() {
        let bytes = [0_u8; 1100];
        let pieces: Vec<(usize, usize)> = sectors(500, &bytes).map(|(at, p)| (at, p.len())).collect();
        assert_eq!(pieces, [(500, 12), (512, 512), (1024, 512), (1536, 64)]);
        assert_eq!(sectors(7, &[]).count(), 0);
    }

    #[test]
    fn what_was_synced_survives_and_the_rest_may() {
        let mut file = Inode::default();
        file.write(0, &[1; 2048]);
        file.sync();
        file.write(0, &[2; 2048]);
        let mut kept_sectors = [0; 5];
        for seed in 0..400 {
            let after = file.survivors(&mut Rng::new(seed));
            assert!(
                after.chunks(SECTOR).all(|s| s == [1; SECTOR] || s == [2; SECTOR]),
                "torn inside a sector"
            );
            kept_sectors[after.chunks(SECTOR).filter(|s| s[0] == 2).count()] += 1;
        }
        assert!(kept_sectors.iter().all(|n| *n > 0), "every number of survivors occurs: {kept_sectors:?}");
    }

    #[test]
    fn a_failed_sync_leaves_pages_that_no_later_sync_saves() {
        let mut lost = 0;
        for seed in 0..100 {
            let mut file = Inode::default();
            file.write(0, &[1; 512]);
            file.sync_failed(&mut Rng::new(seed));
            file.sync();
            assert_eq!(file.bytes(), [1; 512], "the page cache still shows it");
            lost += u32::from(file.survivors(&mut Rng::new(seed)) != [1; 512]);
        }
        assert!(lost > 20 && lost < 80, "{lost}");
    }
}
