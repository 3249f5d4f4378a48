//! Operators: members of staff and devices that act.

use crate::changes::Change;
use crate::input;
use crate::work::Work;
use carnet_domain::client::{ExternalId, Operator};
use carnet_domain::{OperatorId, Result, record, request};

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

pub(crate) fn add(work: &mut Work<'_>, request: OperatorAdd) -> Result<OperatorAdded> {
    let name = input::text(&request.name, "name", 200)?;
    let external_ids = input::external_ids(&request.external_ids, "external_ids")?;
    work.refuse_taken::<OperatorId>(None, &external_ids, "external_ids")?;
    let operator = Operator { operator: work.id()?, version: 1, name, external_ids };
    let added = OperatorAdded { operator: operator.operator, version: 1 };
    work.add(Change::Operator(operator));
    Ok(added)
}

pub(crate) fn list(work: &mut Work<'_>, _: OperatorList) -> Result<OperatorListed> {
    Ok(OperatorListed { operators: work.config.operators.values().cloned().collect() })
}
