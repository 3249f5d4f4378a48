//! Operators: members of staff and devices that act.

use carnet_domain::client::{ExternalId, Operator};
use carnet_domain::{OperatorId, record, request};

request! {
    /// Adds a member of staff or a device that acts.
    pub struct OperatorAdd {
        /// The name shown in the journal, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: String,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// Lists the operators.
    pub struct OperatorList {}
}

record! {
    /// An operator was added.
    pub struct OperatorAdded {
        /// Its id.
        pub operator: OperatorId,
        /// Its version.
        pub version: i64,
    }

    /// The operators.
    pub struct OperatorListed {
        /// In the order of their ids.
        pub operators: Vec<Operator>,
    }
}
