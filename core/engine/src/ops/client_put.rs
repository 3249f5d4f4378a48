//! Clients by their key in another system: made or changed, as it needs; and whose key it is.

use super::client::{ClientSet, blank, changed, clear, refuse_older};
use super::client_fields::{fill, in_order, refuse_lacking};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::client::{Client, ClientField, ClientKind, ExternalId};
use carnet_domain::{ClientId, Error, Reason, Result, record, request, words};

request! {
    /// Adds the client with a key in another system, or changes the one that has it. Fields that are not named stay.
    pub struct ClientPut {
        /// The key.
        pub external_id: ExternalId,
        /// Person or company; of a new client a person if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub kind: Option<ClientKind>,
        /// What to set.
        #[serde(default)]
        pub set: ClientSet,
        /// What to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub clear: Vec<ClientField>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Finds what has a key in another system.
    pub struct ExternalIdFind {
        /// Of which kind it is.
        pub kind: ExternalKind,
        /// The key.
        pub external_id: ExternalId,
    }
}

words! {
    /// What became of a client that was put.
    pub enum PutOutcome {
        /// It was added.
        Added "added",
        /// It was changed.
        Changed "changed",
        /// It was as it was put already: nothing was written.
        Unchanged "unchanged",
    }
    /// What has keys in other systems.
    pub enum ExternalKind {
        /// A client.
        Client "client",
        /// A venue.
        Venue "venue",
        /// An operator.
        Operator "operator",
        /// A category of services.
        Category "category",
        /// A service.
        Service "service",
        /// A plan.
        Plan "plan",
        /// A pass.
        Pass "pass",
    }
}

record! {
    /// A client was put.
    pub struct ClientPutDone {
        /// Its id.
        pub client: ClientId,
        /// Its version now.
        pub version: i64,
        /// What became of it.
        pub outcome: PutOutcome,
    }

    /// What has a key in another system.
    pub struct ExternalIdFound {
        /// Its id; none if nothing of that kind has the key.
        pub id: Option<i64>,
    }
}

pub(crate) fn put(work: &mut Work<'_>, request: ClientPut) -> Result<ClientPutDone> {
    let key = input::external_id(&request.external_id, "external_id")?;
    let found = owner(work, "client", &key)?.map(ClientId);
    let before = match found {
        Some(id) => store::client::get(work.db(), id)?,
        None => None,
    };
    let mut client = before.clone().unwrap_or_else(|| blank(work, request.kind));
    match &before {
        Some(before) => refuse_older(work, request.expected_version, before)?,
        // A version of what is not there can only be stale.
        None if request.expected_version.is_some() => {
            return Err(Error::field(Reason::ClientNotFound, "external_id"));
        }
        None => {}
    }
    client.kind = request.kind.unwrap_or(client.kind);
    clear(&mut client, &request.set, &request.clear)?;
    fill(work, &mut client, &request.set, "set.")?;
    if !client.external_ids.contains(&key) {
        client.external_ids.push(key);
        in_order(&mut client.external_ids);
        input::list(&client.external_ids, "set.external_ids", input::limits::EXTERNAL_IDS)?;
    }
    refuse_lacking(work, &client, "set.")?;
    match before {
        None => added(work, client),
        Some(before) if before.differs(&client).is_empty() => Ok(ClientPutDone {
            client: before.client,
            version: before.version,
            outcome: PutOutcome::Unchanged,
        }),
        Some(before) => {
            let changed = changed(work, &before, client)?;
            Ok(ClientPutDone {
                client: changed.client,
                version: changed.version,
                outcome: PutOutcome::Changed,
            })
        }
    }
}

fn added(work: &mut Work<'_>, mut client: Client) -> Result<ClientPutDone> {
    client.client = work.id()?;
    let done = ClientPutDone { client: client.client, version: 1, outcome: PutOutcome::Added };
    work.add(Change::Client(client));
    Ok(done)
}

/// The id of what has a key in another system.
fn owner(work: &mut Work<'_>, kind: &str, key: &ExternalId) -> Result<Option<i64>> {
    let query = store::config::external_id_owner(kind, key);
    work.db().first(query)?.map(|mut row| row.int()).transpose()
}

pub(crate) fn find(work: &mut Work<'_>, request: ExternalIdFind) -> Result<ExternalIdFound> {
    let key = input::external_id(&request.external_id, "external_id")?;
    Ok(ExternalIdFound { id: owner(work, request.kind.as_str(), &key)? })
}
