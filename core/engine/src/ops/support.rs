//! What helps to find a fault from afar, and says nothing of anybody: versions, settings, counts, results of checks.

use super::check::StoreCheck;
use super::journal::JournalVerify;
use crate::store;
use crate::work::Work;
use carnet_domain::calendar::Zone;
use carnet_domain::decision::DenyReason;
use carnet_domain::venue::AntiPassback;
use carnet_domain::{Currency, Instant, Result, VenueId, record, request};
use std::collections::BTreeMap;

request! {
    /// Reports versions, settings, counts and results of checks, and no personal data. Looks at the whole store.
    #[derive(Default)]
    pub struct SupportReport {}
}

record! {
    /// The settings of a venue.
    pub struct VenueSettings {
        /// The venue.
        pub venue: VenueId,
        /// Its time zone.
        #[schemars(with = "String")]
        pub time_zone: Zone,
        /// Its currency.
        pub currency: Currency,
        /// What happens to who comes in twice.
        pub anti_passback: AntiPassback,
        /// For how many minutes after an exit coming back is free.
        pub reentry_grace_minutes: i32,
        /// Whether an entry is for a service.
        pub has_entry_service: bool,
    }

    /// A number of things of one name.
    pub struct NamedCount {
        /// A word of the program: a table, a kind of id, a kind of plan.
        pub name: String,
        /// How many, or the next number.
        pub count: i64,
    }

    /// Entries of the journal of one operation.
    pub struct OperationCount {
        /// The operation.
        pub op: String,
        /// How many.
        pub count: i64,
        /// The earliest value time.
        pub first: Instant,
        /// The latest value time.
        pub last: Instant,
    }

    /// Attempts at doors that were refused for one reason.
    pub struct RefusedCount {
        /// Why.
        pub reason: DenyReason,
        /// How many.
        pub count: i64,
        /// The last of them.
        pub last: Instant,
    }

    /// What helps to find a fault from afar.
    pub struct SupportReported {
        /// The version of the library.
        pub library: String,
        /// The version of the tables that the library knows.
        pub schema_version: i64,
        /// The version of the rules.
        pub rules_version: i64,
        /// The version of the settings in the store: it grows with each change of them.
        pub config_version: i64,
        /// When this was asked.
        pub at: Instant,
        /// The venues, without their names.
        pub venues: Vec<VenueSettings>,
        /// Plans by kind.
        pub plans: Vec<NamedCount>,
        /// Rows by table.
        pub tables: Vec<NamedCount>,
        /// The next number of each kind of id.
        pub ids: Vec<NamedCount>,
        /// Whether `store.check` found nothing.
        pub check_ok: bool,
        /// What it found, by what was compared.
        pub differences: Vec<NamedCount>,
        /// Whether `journal.verify` found nothing.
        pub journal_ok: bool,
        /// The entries of the journal that were verified.
        pub journal_entries: i64,
        /// The first entry that is wrong.
        pub journal_broken_at: Option<i64>,
        /// The entries by operation.
        pub operations: Vec<OperationCount>,
        /// The attempts refused at doors, by reason.
        pub refused: Vec<RefusedCount>,
    }
}

fn named<N: std::fmt::Display>(counts: impl IntoIterator<Item = (N, i64)>) -> Vec<NamedCount> {
    counts.into_iter().map(|(name, count)| NamedCount { name: name.to_string(), count }).collect()
}

pub(crate) fn report(work: &mut Work<'_>, _: SupportReport) -> Result<SupportReported> {
    let checked = super::check::check(work, StoreCheck {})?;
    let verified = super::journal::verify(work, JournalVerify {})?;
    // A difference names what it is about, which may be a value of a row: only how many there are is told.
    let mut differences: BTreeMap<String, i64> = BTreeMap::new();
    for difference in checked.differences {
        let count = differences.entry(difference.what).or_default();
        *count = count.saturating_add(1);
    }
    let settings = work.config.venues.values().map(|venue| VenueSettings {
        venue: venue.venue,
        time_zone: venue.time_zone,
        currency: venue.currency,
        anti_passback: venue.anti_passback,
        reentry_grace_minutes: venue.reentry_grace_minutes,
        has_entry_service: venue.entry_service.is_some(),
    });
    let venues = settings.collect();
    let mut plans: BTreeMap<&str, i64> = BTreeMap::new();
    for plan in work.config.plans.values() {
        let count = plans.entry(plan.kind.tag().as_str()).or_default();
        *count = count.saturating_add(1);
    }
    let operations = store::support::operations(work.db())?;
    let refused = store::support::refused(work.db())?;
    Ok(SupportReported {
        library: env!("CARGO_PKG_VERSION").to_owned(),
        schema_version: i64::try_from(store::migrations::MIGRATIONS.len()).unwrap_or(i64::MAX),
        rules_version: crate::journal::RULES_VERSION,
        config_version: work.config.version,
        at: work.at,
        venues,
        plans: named(plans),
        tables: named(store::support::tables(work.db())?),
        ids: named(store::support::ids(work.db())?),
        check_ok: checked.ok,
        differences: named(differences),
        journal_ok: verified.ok,
        journal_entries: verified.entries,
        journal_broken_at: verified.broken_at,
        operations: operations
            .into_iter()
            .map(|(op, count, first, last)| OperationCount { op, count, first, last })
            .collect(),
        refused: refused
            .into_iter()
            .map(|(reason, count, last)| RefusedCount { reason, count, last })
            .collect(),
    })
}
