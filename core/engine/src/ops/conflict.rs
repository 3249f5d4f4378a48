//! Late events that could not be covered: somebody must settle them.

use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::visit::Conflict;
use carnet_domain::{ConflictId, Error, Instant, Reason, Result, VenueId, record, request};

request! {
    /// Lists the conflicts of a venue, the oldest entry first.
    #[derive(Default)]
    pub struct ConflictList {
        /// Those too that are settled.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub settled: bool,
        /// The last conflict of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<ConflictId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Writes down that a conflict is settled, and how. What is to be paid for it is an operation of its own.
    pub struct ConflictSettle {
        /// The conflict.
        pub conflict: ConflictId,
        /// How, 1 to 500 characters. Kept in the journal: no personal data.
        #[schemars(length(min = 1, max = 500))]
        pub note: String,
    }
}

record! {
    /// A page of conflicts.
    pub struct ConflictListed {
        /// The venue.
        pub venue: VenueId,
        /// The conflicts.
        pub conflicts: Vec<Conflict>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }

    /// A conflict is settled.
    pub struct ConflictSettled {
        /// The conflict.
        pub conflict: ConflictId,
        /// When.
        pub settled: Instant,
    }
}

pub(crate) fn list(work: &mut Work<'_>, request: ConflictList) -> Result<ConflictListed> {
    let limit = input::page(request.limit, 50)?;
    let after = request.after.map(|after| input::id(after, "after")).transpose()?.unwrap_or(ConflictId(0));
    let venue = work.venue()?.venue;
    let one_more = limit.saturating_add(1);
    let mut conflicts = store::access::conflicts(work.db(), venue, request.settled, after, one_more)?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = conflicts.len() > size;
    conflicts.truncate(size);
    Ok(ConflictListed { venue, conflicts, more })
}

pub(crate) fn settle(work: &mut Work<'_>, request: ConflictSettle) -> Result<ConflictSettled> {
    let note = input::text(&request.note, "note", 500)?;
    let id = input::id(request.conflict, "conflict")?;
    let found = store::access::conflict(work.db(), id)?;
    let conflict = found.ok_or_else(|| Error::field(Reason::ConflictNotFound, "conflict"))?;
    if work.venue()?.venue != conflict.venue {
        return Err(Error::field(Reason::Contradiction, "venue").with("entered_at", conflict.venue));
    }
    if conflict.settled.is_some() {
        return Err(Error::field(Reason::AlreadyDone, "conflict"));
    }
    let settled = work.at;
    work.add(Change::Conflict(Conflict { settled: Some(settled), note: Some(note), ..conflict }));
    Ok(ConflictSettled { conflict: id, settled })
}
