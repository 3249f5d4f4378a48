//! What an operation locks and reads on PostgreSQL before it decides, sent in its first exchange with the server.
//!
//! An operation named here runs beside others: it holds the gate row of its client, and everything that it decides on
//! and changes belongs to that client. Who finds no row to hold, for there is no such client yet, begins again alone.
//! Every other write holds the whole store alone, which is right by itself and slower. What is read here and not asked
//! for costs a little; what is asked for and not read here costs an exchange.
//!
//! Lock order: the store, then one gate row, then what is written, in the order of the changes.

use crate::ops::access::{self as door, AccessEnter, AccessExit};
use crate::ops::account::{AccountCharge, AccountHolder, AccountTopUp};
use crate::ops::client::{ClientAdd, ClientChange, ClientTag};
use crate::ops::pass_sell::PassSell;
use crate::store::access::Who;
use crate::store::config::Config;
use crate::store::value::Query;
use crate::store::{access, account, client, config};
use carnet_domain::account::Unit;
use carnet_domain::client::ExternalId;
use carnet_domain::ids::Id;
use carnet_domain::venue::Venue;
use carnet_domain::{ClientId, Instant, PassId};
use std::any::Any;

/// What is sent ahead.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    /// Locks the gate row of the client, and asks for the clock of the venue. None for who adds a client: it decides on no
    /// client's rows, and nobody decides on the rows of the new one before they are committed.
    pub lock: Option<Query>,
    /// What the operation is going to read, as it will ask for it.
    pub reads: Vec<Query>,
}

/// What is known before anything was read.
pub(crate) struct Known<'a> {
    pub config: &'a Config,
    pub venue: Option<&'a Venue>,
    pub at: Instant,
}

/// What an operation sends ahead; none where nothing is known of it, so that it runs alone.
pub(crate) fn of(request: &dyn Any, known: &Known<'_>) -> Option<Ahead> {
    if let Some(enter) = request.downcast_ref::<AccessEnter>() {
        let uid = uid(enter.card.as_deref())?;
        let who = who(uid.as_deref(), enter.client)?;
        let facts = known.venue.map(|venue| access::facts_query(&who, venue.zone, known.at));
        let graced = known.venue.map(|venue| (venue.zone, door::reentry_grace(venue)));
        let exits = graced.filter(|(_, grace)| *grace > 0).map(|(zone, grace)| {
            access::last_exit_query(&who, zone, door::grace_since(grace, known.at), known.at)
        });
        return Some(Ahead {
            lock: Some(lock(&who, known)),
            reads: facts.into_iter().chain(exits).collect(),
        });
    }
    if let Some(exit) = request.downcast_ref::<AccessExit>() {
        let uid = uid(exit.card.as_deref())?;
        let who = who(uid.as_deref(), exit.client)?;
        let reads = match who {
            Who::Card(uid) => {
                known.venue.map(|venue| access::inside_by_card_query(venue.zone, uid)).into_iter().collect()
            }
            Who::Client(id) => {
                let inside = known.venue.map(|venue| access::inside_query(venue.zone, id));
                client::load(id).into_iter().chain(inside).collect()
            }
        };
        return Some(Ahead { lock: Some(lock(&who, known)), reads });
    }
    // What a company pays for its guests is decided on the rows of the company: alone, as everything not named here.
    if let Some(charge) =
        request.downcast_ref::<AccountCharge>().filter(|charge| charge.payer != Some(AccountHolder::Company))
    {
        let price = charge.service.and_then(|id| known.config.services.get(&id)).map(|service| service.price);
        let amount = charge.amount.or(price);
        let reads = amount
            .map(|amount| account::purse_query(charge.client, Unit::Money(amount.currency()), known.at));
        return Some(beside(charge.client, known, reads));
    }
    if let Some(top_up) = request.downcast_ref::<AccountTopUp>() {
        let unit = Unit::Money(top_up.amount.currency());
        return Some(beside(top_up.client, known, [account::purse_query(top_up.client, unit, known.at)]));
    }
    if let Some(sell) = request.downcast_ref::<PassSell>() {
        let paid = sell.payments.iter().filter(|payment| payment.method.counter().is_none());
        let purses = paid.map(|payment| {
            account::purse_query(sell.client, Unit::Money(payment.amount.currency()), known.at)
        });
        let reads =
            client::load(sell.client).into_iter().chain(owners::<PassId>(&sell.external_ids)).chain(purses);
        return Some(beside(sell.client, known, reads));
    }
    // Whoever decides on another client too, the company, runs alone.
    if let Some(add) = request.downcast_ref::<ClientAdd>().filter(|add| add.company.is_none()) {
        return Some(Ahead { lock: None, reads: owners::<ClientId>(&add.external_ids).collect() });
    }
    if let Some(change) = request.downcast_ref::<ClientChange>().filter(|change| change.set.company.is_none())
    {
        return Some(beside(change.client, known, client::load(change.client)));
    }
    if let Some(tag) = request.downcast_ref::<ClientTag>() {
        let reads = client::load(tag.client).into_iter().chain([client::tags_query(tag.client)]);
        return Some(beside(tag.client, known, reads));
    }
    None
}

fn beside(client: ClientId, known: &Known<'_>, reads: impl IntoIterator<Item = Query>) -> Ahead {
    Ahead { lock: Some(lock(&Who::Client(client), known)), reads: reads.into_iter().collect() }
}

/// The uid of a card as it is stored; nothing where it is malformed, which is said later.
fn uid(card: Option<&str>) -> Option<Option<String>> {
    card.map(|card| crate::ops::card::uid(card, "card").ok()).map_or(Some(None), |uid| uid.map(Some))
}

/// Who a door is asked about; nothing where the request is malformed, which is said later.
fn who(card: Option<&str>, client: Option<ClientId>) -> Option<Who<'_>> {
    match (card, client) {
        (Some(uid), None) => Some(Who::Card(uid)),
        (None, Some(client)) => Some(Who::Client(client)),
        _ => None,
    }
}

fn lock(who: &Who<'_>, known: &Known<'_>) -> Query {
    let venue = known.venue.map(|venue| venue.venue);
    match who {
        Who::Card(uid) => client::lock_of_card(uid, venue),
        Who::Client(id) => client::lock(*id, venue),
    }
}

/// Who has these keys in other systems; nothing where one is malformed, which is said later.
fn owners<T: Id>(external_ids: &[ExternalId]) -> impl Iterator<Item = Query> + use<T> {
    let checked = crate::input::external_ids(external_ids, "external_ids").unwrap_or_default();
    checked.into_iter().map(|external| config::external_id_owner(T::KIND, &external))
}
