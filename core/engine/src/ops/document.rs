//! What was written by the host's papers.

use crate::call::Document;
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::store::document::Wanted;
use crate::work::Work;
use carnet_domain::document::{CounterSum, DocumentEntry, Sums};
use carnet_domain::{Date, DocumentId, Error, GroupId, Reason, Result, record, request};
use std::collections::BTreeSet;

request! {
    /// Lists what was written by papers of the host, in the order of entry, with what each line came to. Give the number of a bill,
    /// or a business date.
    pub struct DocumentFind {
        /// The host's system. 1 to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        pub system: String,
        /// Only of this station or till.
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub station: Option<String>,
        /// Only of this business date of the host.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub business_date: Option<Date>,
        /// Only of this bill.
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub number: Option<String>,
        /// The last line of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<DocumentId>,
        /// How many lines at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// One write by a paper, with what it came to.
    pub struct DocumentLine {
        /// What was written.
        pub entry: DocumentEntry,
        /// What it moved, by counter-account.
        pub sums: Vec<CounterSum>,
    }

    /// A page of what was written by papers.
    pub struct DocumentsFound {
        /// The lines, in the order of entry.
        pub lines: Vec<DocumentLine>,
        /// The sums of these lines.
        pub sums: Vec<CounterSum>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

/// Notes what an operation wrote by the paper that came with it.
pub(crate) fn note(work: &mut Work<'_>, op: &str, document: &Document) -> Result<()> {
    let groups = work.changes.iter().filter_map(|change| match change {
        Change::Transfer(transfer) => Some(transfer.group),
        _ => None,
    });
    let groups: BTreeSet<GroupId> = groups.collect();
    let trimmed = |text: &String| text.trim().to_owned();
    let entry = DocumentEntry {
        document: work.id()?,
        system: trimmed(&document.system),
        station: document.station.as_ref().map(trimmed),
        shift: document.shift.as_ref().map(trimmed),
        business_date: document.business_date,
        number: trimmed(&document.number),
        line: document.line,
        op: op.to_owned(),
        at: work.at,
        venue: work.venue,
        by: work.call.by,
        groups: groups.into_iter().collect(),
    };
    work.add(Change::Document(entry));
    Ok(())
}

pub(crate) fn find(work: &mut Work<'_>, request: DocumentFind) -> Result<DocumentsFound> {
    let limit = input::page(request.limit, 100)?;
    let system = input::text(&request.system, "system", 64)?;
    let station = input::opt_text(request.station.as_ref(), "station", 64)?;
    let number = input::opt_text(request.number.as_ref(), "number", 64)?;
    if number.is_none() && request.business_date.is_none() {
        return Err(Error::field(Reason::Required, "number"));
    }
    let after = request.after.map(|after| input::id(after, "after")).transpose()?;
    let wanted = Wanted {
        system: &system,
        station: station.as_deref(),
        business_date: request.business_date,
        number: number.as_deref(),
    };
    let after = after.unwrap_or(DocumentId(0));
    let mut found = store::document::find(work.db(), &wanted, after, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let groups: Vec<GroupId> = found.iter().flat_map(|entry| entry.groups.iter().copied()).collect();
    let mut moved = store::document::moved(work.db(), &groups)?.into_iter();
    let (mut all, mut lines) = (Sums::default(), Vec::new());
    for entry in found {
        let mut own = Sums::default();
        for one in moved.by_ref().take(entry.groups.len()).flatten() {
            own.add(&one)?;
            all.add(&one)?;
        }
        lines.push(DocumentLine { entry, sums: own.shown() });
    }
    Ok(DocumentsFound { lines, sums: all.shown(), more })
}
