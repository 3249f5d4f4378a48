//! The journal: verification, export, the feed of changes.

use crate::input;
use crate::journal::{chain, digest, hex};
use crate::store;
use crate::store::journal::Entry;
use crate::work::Work;
use carnet_domain::{Error, Instant, OperatorId, Reason, Result, VenueId, record, request};

request! {
    /// Returns what changed after a position of the journal.
    pub struct ChangesSince {
        /// The last position seen; 0 for the beginning.
        #[schemars(range(min = 0))]
        pub after: i64,
        /// How many entries at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Returns journal entries in full, for replay. Contains personal data.
    pub struct JournalExport {
        /// The last position seen; 0 for the beginning.
        #[schemars(range(min = 0))]
        pub after: i64,
        /// How many entries at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Recomputes every digest and the whole chain of the journal.
    #[derive(Default)]
    pub struct JournalVerify {}
}

record! {
    /// What one operation changed.
    pub struct ChangeEntry {
        /// The position in the journal.
        pub position: i64,
        /// The operation.
        pub op: String,
        /// Its value time.
        pub at: Instant,
        /// Where.
        pub venue: Option<VenueId>,
        /// Who acted.
        pub by: Option<OperatorId>,
        /// The changes, as JSON. After an erasure, nothing.
        pub changes: Option<String>,
    }

    /// A page of the change feed.
    pub struct Changes {
        /// In the order of positions.
        pub entries: Vec<ChangeEntry>,
        /// The last position of the page: the `after` of the next one.
        pub last: i64,
        /// True where more follow.
        pub more: bool,
    }

    /// One entry of the journal in full.
    pub struct JournalEntry {
        /// The position: dense, from 1.
        pub position: i64,
        /// The hash of the chain up to this entry, hexadecimal.
        pub hash: String,
        /// The digest of salt and payload, hexadecimal.
        pub digest: String,
        /// The salt, hexadecimal. After an erasure, nothing.
        pub salt: Option<String>,
        /// The payload, JSON text: request, changes, reply. After an erasure, nothing.
        pub payload: Option<String>,
    }

    /// A page of the journal.
    pub struct JournalPage {
        /// In the order of positions.
        pub entries: Vec<JournalEntry>,
        /// The last position of the page.
        pub last: i64,
        /// True where more follow.
        pub more: bool,
    }

    /// The state of the journal.
    pub struct JournalVerified {
        /// How many entries there are.
        pub entries: i64,
        /// The hash of the last one, hexadecimal.
        pub head: String,
        /// True if every digest and the whole chain are as they should be.
        pub ok: bool,
        /// The first position that is wrong.
        pub broken_at: Option<i64>,
    }
}

fn page(work: &mut Work<'_>, after: i64, limit: Option<i32>) -> Result<(Vec<Entry>, bool)> {
    input::range(after, "after", 0, i64::MAX)?;
    let limit = input::page(limit, 100)?;
    let mut entries = store::journal::page(work.db(), after, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > size;
    entries.truncate(size);
    Ok((entries, more))
}

pub(crate) fn changes_since(work: &mut Work<'_>, request: ChangesSince) -> Result<Changes> {
    let (entries, more) = page(work, request.after, request.limit)?;
    let last = entries.last().map_or(request.after, |entry| entry.position);
    let entries = entries
        .into_iter()
        .map(|entry| {
            let changes = entry.payload.as_ref().map(|(_, payload)| changes_of(payload)).transpose()?;
            let Entry { position, op, at, venue, by, .. } = entry;
            Ok(ChangeEntry { position, op, at, venue, by, changes })
        })
        .collect::<Result<_>>()?;
    Ok(Changes { entries, last, more })
}

/// The changes in a payload, as their JSON text.
fn changes_of(payload: &str) -> Result<String> {
    #[derive(serde::Deserialize)]
    struct Part {
        changes: serde_json::Value,
    }
    let corrupt = |_| Error::new(Reason::Corrupt).with("what", "journal payload");
    let part: Part = serde_json::from_str(payload).map_err(corrupt)?;
    crate::journal::to_text(&part.changes)
}

pub(crate) fn export(work: &mut Work<'_>, request: JournalExport) -> Result<JournalPage> {
    let (entries, more) = page(work, request.after, request.limit)?;
    let last = entries.last().map_or(request.after, |entry| entry.position);
    let entries = entries
        .into_iter()
        .map(|entry| {
            let (salt, payload) = entry.payload.map(|(salt, payload)| (hex(&salt), payload)).unzip();
            JournalEntry {
                position: entry.position,
                hash: hex(&entry.hash),
                digest: hex(&entry.digest),
                salt,
                payload,
            }
        })
        .collect();
    Ok(JournalPage { entries, last, more })
}

pub(crate) fn verify(work: &mut Work<'_>, _: JournalVerify) -> Result<JournalVerified> {
    const PAGE: i64 = 1000;
    let mut before = vec![0_u8; 32];
    let mut position = 0_i64;
    loop {
        let entries = store::journal::page(work.db(), position, PAGE)?;
        if entries.is_empty() {
            return Ok(JournalVerified { entries: position, head: hex(&before), ok: true, broken_at: None });
        }
        for entry in entries {
            let next = position.saturating_add(1);
            if !follows(&entry, &before, next) {
                let head = hex(&before);
                return Ok(JournalVerified { entries: position, head, ok: false, broken_at: Some(next) });
            }
            (position, before) = (next, entry.hash);
        }
    }
}

/// Whether an entry is the next one of the chain and its payload, where there is one, is what was digested and says
/// what the entry says.
fn follows(entry: &Entry, before: &[u8], position: i64) -> bool {
    let digested = entry.payload.as_ref().is_none_or(|(salt, payload)| {
        digest(salt, payload).as_slice() == entry.digest.as_slice() && says_the_same(entry, payload)
    });
    entry.position == position
        && digested
        && chain(before, position, &entry.digest).as_slice() == entry.hash.as_slice()
}

/// Operation, time, venue and operator lie beside the payload for the feed; the digest covers only the payload.
fn says_the_same(entry: &Entry, payload: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        op: String,
        at: Instant,
        venue: Option<VenueId>,
        by: Option<OperatorId>,
    }
    serde_json::from_str::<Head>(payload).is_ok_and(|head| {
        head.op == entry.op && head.at == entry.at && head.venue == entry.venue && head.by == entry.by
    })
}
