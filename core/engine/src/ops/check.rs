//! The check of the whole store.

use crate::store;
use crate::work::Work;
use carnet_domain::{Result, record, request};

request! {
    /// Rebuilds everything derived from the ledger and lists every difference.
    #[derive(Default)]
    pub struct StoreCheck {}
}

record! {
    /// One thing that is not as the ledger says.
    pub struct Difference {
        /// What was compared, such as `lot.rest`.
        pub what: String,
        /// The id of the row.
        pub id: i64,
        /// What the ledger says.
        pub expected: String,
        /// What is stored.
        pub found: String,
    }

    /// What the check found.
    pub struct StoreChecked {
        /// True if nothing differs.
        pub ok: bool,
        /// The differences, up to 100.
        pub differences: Vec<Difference>,
        /// How many differences there are in all.
        pub count: i64,
        /// Whether debits equal credits in every unit.
        pub balanced: bool,
        /// Rows looked at.
        pub rows: i64,
    }
}

pub(crate) fn check(work: &mut Work<'_>, _: StoreCheck) -> Result<StoreChecked> {
    let found = store::check::check(work.connection)?;
    let balanced = !found.differences.iter().any(|difference| difference.what.starts_with("transfer."));
    let count = i64::try_from(found.differences.len()).unwrap_or(i64::MAX);
    let mut differences = found.differences;
    differences.truncate(100);
    Ok(StoreChecked { ok: count == 0, differences, count, balanced, rows: found.rows })
}
