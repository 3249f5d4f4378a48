//! Clients who live together.

use crate::ids::{ClientId, HouseholdId};

record! {
    /// A household. A client belongs to one at most.
    pub struct Household {
        /// The id.
        pub household: HouseholdId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name.
        pub name: Option<String>,
        /// Who belongs to it, in the order of their ids.
        pub members: Vec<ClientId>,
    }
}
