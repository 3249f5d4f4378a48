//! Moving in: what was taken over from older systems, found by its key there, and its totals.

use crate::canonical::Json;
use crate::input;
use crate::journal;
use crate::store;
use crate::work::Work;
use carnet_domain::account::Unit;
use carnet_domain::client::ExternalId;
use carnet_domain::opening::{Opening, OpeningKind};
use carnet_domain::{Error, Money, Reason, Result, VenueId, record, request};

request! {
    /// What was taken over into the books of the venue from older systems.
    #[derive(Default)]
    pub struct ReportOpening {
        /// Only from this system. From all if left out.
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub system: Option<String>,
    }
}

record! {
    /// What was taken over of one kind, unit and currency.
    pub struct OpeningTotal {
        /// Passes, or balances.
        pub kind: OpeningKind,
        /// What `rest` counts; none for passes of time.
        #[schemars(with = "Option<String>")]
        pub unit: Option<Unit>,
        /// How many.
        pub count: i64,
        /// What was left on them together, in the unit; debts are not taken off. None for passes of time.
        pub rest: Option<String>,
        /// Debts together, in the unit; none for passes.
        pub debt: Option<String>,
        /// Of passes, the value still owed, net of tax; of balances, the balances less the debts.
        pub owed: Money,
    }

    /// What was taken over from older systems.
    pub struct Openings {
        /// The venue.
        pub venue: VenueId,
        /// By kind, unit and currency. Together they are what the counter-account of opening balances was debited.
        pub totals: Vec<OpeningTotal>,
    }
}

pub(crate) fn report(work: &mut Work<'_>, request: ReportOpening) -> Result<Openings> {
    let system = input::opt_text(request.system.as_ref(), "system", 64)?;
    let venue = work.venue()?.venue;
    let totals = store::opening::totals(work.db(), venue, system.as_deref())?;
    let shown = |total: store::opening::Total| OpeningTotal {
        kind: total.kind,
        unit: total.unit,
        count: total.count,
        rest: total.unit.map(|unit| unit.write(total.rest)),
        debt: total.unit.filter(|_| total.kind == OpeningKind::Account).map(|unit| unit.write(total.debt)),
        owed: total.owed,
    };
    Ok(Openings { venue, totals: totals.into_iter().map(shown).collect() })
}

/// The digest of a request, for comparing it with a later one under the same key.
pub(crate) fn content<T: serde::Serialize>(work: &Work<'_>, name: &str, request: &T) -> Result<String> {
    let digest = journal::content(name, &Json::of(request)?, work.venue, None)?;
    Ok(journal::hex(&digest))
}

/// What was taken over before under the same key.
///
/// Errors: `key_reused` for the field `external_id` if it was something else.
pub(crate) fn taken_over(
    work: &mut Work<'_>,
    kind: OpeningKind,
    key: &ExternalId,
    content: &str,
) -> Result<Option<Opening>> {
    match store::opening::get(work.db(), kind, key)? {
        Some(found) if found.content != content => Err(Error::field(Reason::KeyReused, "external_id")),
        found => Ok(found),
    }
}
