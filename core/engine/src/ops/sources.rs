//! Where clients heard of the venue.

use crate::store;
use crate::work::Work;
use carnet_domain::{Error, Instant, Reason, Result, record, request};

request! {
    /// Clients added in a period, by where they heard of the venue. Clients belong to all venues.
    #[derive(Default)]
    pub struct ReportSources {
        /// From this instant on; from the first client on if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub from: Option<Instant>,
        /// Before this instant; up to the last client if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub to: Option<Instant>,
    }
}

record! {
    /// One source.
    pub struct SourceCount {
        /// The source as it was written; none for clients of whom it is not known.
        pub source: Option<String>,
        /// How many clients, archived ones left out.
        pub count: i64,
    }

    /// Clients by source.
    pub struct Sources {
        /// The largest first, equal ones by name; those of whom it is not known last.
        pub sources: Vec<SourceCount>,
        /// All of them.
        pub count: i64,
    }
}

pub(crate) fn sources(work: &mut Work<'_>, request: ReportSources) -> Result<Sources> {
    let (from, to) = (request.from.unwrap_or(Instant::MIN), request.to.unwrap_or(Instant::FOREVER));
    if to < from {
        return Err(Error::field(Reason::EndBeforeStart, "to"));
    }
    let found = store::client::sources(work.db(), from, to)?;
    let mut sources: Vec<_> =
        found.into_iter().map(|(source, count)| SourceCount { source, count }).collect();
    sources.sort_by(|a, b| {
        let key = |row: &SourceCount| (row.source.is_none(), std::cmp::Reverse(row.count));
        key(a).cmp(&key(b)).then_with(|| a.source.cmp(&b.source))
    });
    let count = sources.iter().map(|row| row.count).fold(0, i64::saturating_add);
    Ok(Sources { sources, count })
}
