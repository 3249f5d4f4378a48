//! Operators: members of staff and devices that act.

use crate::changes::Change;
use crate::input;
use crate::work::{Work, next_version, refuse_stale};
use carnet_domain::client::{ExternalId, Operator, Right};
use carnet_domain::{Error, OperatorId, Reason, Result, record, request};

request! {
    /// Adds a member of staff or a device that acts.
    pub struct OperatorAdd {
        /// The name shown in the journal, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: String,
        /// What the operator may do beyond what everybody may.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub rights: Vec<Right>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// What to set.
    #[derive(Default)]
    pub struct OperatorSet {
        /// The name shown in the journal, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: Option<String>,
        /// What the operator may do beyond what everybody may, in place of what was before.
        #[schemars(length(max = 16))]
        pub rights: Option<Vec<Right>>,
        /// Keys in other systems, replacing the old ones.
        #[schemars(length(max = 16))]
        pub external_ids: Option<Vec<ExternalId>>,
    }

    /// Changes an operator.
    pub struct OperatorChange {
        /// The operator.
        pub operator: OperatorId,
        /// What to set.
        #[serde(default)]
        pub set: OperatorSet,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
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

    /// An operator was changed.
    pub struct OperatorChanged {
        /// Its id.
        pub operator: OperatorId,
        /// Its new version.
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
    let rights = checked_rights(&request.rights, "rights")?;
    let operator = Operator { operator: work.id()?, version: 1, name, rights, external_ids };
    let added = OperatorAdded { operator: operator.operator, version: 1 };
    work.add(Change::Operator(operator));
    Ok(added)
}

/// Each right once, in their order.
fn checked_rights(rights: &[Right], field: &str) -> Result<Vec<Right>> {
    input::list(rights, field, 16)?;
    let mut rights = rights.to_vec();
    rights.sort_unstable();
    rights.dedup();
    Ok(rights)
}

pub(crate) fn change(work: &mut Work<'_>, request: OperatorChange) -> Result<OperatorChanged> {
    let id = input::id(request.operator, "operator")?;
    let found = work.config.operators.get(&id).cloned();
    let mut operator = found.ok_or_else(|| Error::field(Reason::OperatorNotFound, "operator"))?;
    refuse_stale(request.expected_version, operator.version)?;
    let set = request.set;
    operator.name = input::opt_text(set.name.as_ref(), "set.name", 200)?.unwrap_or(operator.name);
    if let Some(rights) = &set.rights {
        operator.rights = checked_rights(rights, "set.rights")?;
    }
    if let Some(given) = &set.external_ids {
        let external_ids = input::external_ids(given, "set.external_ids")?;
        work.refuse_taken(Some(id), &external_ids, "set.external_ids")?;
        operator.external_ids = external_ids;
    }
    operator.version = next_version(operator.version)?;
    let changed = OperatorChanged { operator: id, version: operator.version };
    work.add(Change::Operator(operator));
    Ok(changed)
}

pub(crate) fn list(work: &mut Work<'_>, _: OperatorList) -> Result<OperatorListed> {
    Ok(OperatorListed { operators: work.config.operators.values().cloned().collect() })
}
