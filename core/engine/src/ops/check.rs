//! The check of the whole store.

use carnet_domain::{record, request};

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
