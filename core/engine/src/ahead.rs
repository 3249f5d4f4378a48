//! What an operation locks and reads on PostgreSQL before it decides, sent in its first exchange with the server.
//!
//! An operation named here runs beside others: it holds the gate row of its client, and whatever it decides on belongs
//! to that client. Every other write holds the store alone, which is right by itself and slower. Lock order: the store,
//! then one gate row, then the rows written, in the order of the changes.

use crate::ops::access::{AccessDecide, AccessEnter, AccessExit};
use crate::ops::account::{AccountCharge, AccountTopUp};
use crate::ops::client::{ClientAdd, ClientChange};
use crate::ops::pass_sell::PassSell;
use crate::store;
use crate::store::access::Who;
use crate::store::value::Query;
use carnet_domain::venue::Venue;
use carnet_domain::{ClientId, Instant};
use std::any::Any;

/// What is sent ahead.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    /// Locks the gate row of the client; nothing is locked where nothing that exists is decided on.
    pub lock: Option<Query>,
    /// What the operation is going to read, as it will ask for it.
    pub reads: Vec<Query>,
}

/// What an operation sends ahead; none where it runs alone.
pub(crate) fn of(request: &dyn Any, venue: Option<&Venue>, at: Instant) -> Option<Ahead> {
    let zone = venue.map(|venue| venue.zone);
    let facts = |card: Option<&String>, client: Option<ClientId>| -> Vec<Query> {
        let Some(zone) = zone else { return Vec::new() };
        match (card, client) {
            (Some(uid), None) => vec![store::access::facts_query(&Who::Card(uid), zone, at)],
            (None, Some(client)) => vec![store::access::facts_query(&Who::Client(client), zone, at)],
            _ => Vec::new(),
        }
    };
    if let Some(enter) = request.downcast_ref::<AccessEnter>() {
        let reads = facts(enter.card.as_ref(), enter.client);
        return Some(Ahead { lock: of_client(enter.card.as_ref(), enter.client), reads });
    }
    if let Some(exit) = request.downcast_ref::<AccessExit>() {
        return Some(Ahead { lock: of_client(exit.card.as_ref(), exit.client), reads: Vec::new() });
    }
    None
}

fn of_client(card: Option<&String>, client: Option<ClientId>) -> Option<Query> {
    match (card, client) {
        (Some(uid), None) => Some(store::client::lock_of_card(uid)),
        (None, Some(client)) => Some(store::client::lock(client)),
        _ => None,
    }
}
