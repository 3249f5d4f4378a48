//! The door: decide, enter, exit, who is in.

use super::consume::{Use, Used, consume, start_with_first_use};
use super::weigh::{Asked, weigh};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::decision::{Decided, Decision, DenyReason, EntryFacts, HeldPass, Outcome};
use carnet_domain::switches::Switch;
use carnet_domain::time::SECOND;
use carnet_domain::venue::Venue;
use carnet_domain::visit::{Attempt, Conflict, Visit};
use carnet_domain::{
    AttemptId, CardId, ClientId, ConflictId, Error, GroupId, Instant, PassId, Reason, Result, ServiceId,
    UseId, VenueId, VisitId, ZoneId, record, request,
};

request! {
    /// Answers whether a client may come in. Give the card or the client.
    #[derive(Default)]
    pub struct AccessDecide {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// The pass that the client wants to use.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub pass: Option<PassId>,
        /// What the client comes for. The venue's `entry_service` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
    }

    /// Decides again and lets the client in. Give the card or the client.
    #[derive(Default)]
    pub struct AccessEnter {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// The pass that the client wants to use.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub pass: Option<PassId>,
        /// What the client comes for. The venue's `entry_service` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
    }

    /// Ends the visit of a client. Give the card or the client.
    #[derive(Default)]
    pub struct AccessExit {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
    }

    /// Lists the clients who are inside a venue.
    #[derive(Default)]
    pub struct AccessWhoIsIn {
        /// The last client of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<ClientId>,
        /// How many at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// What came of an entry.
    pub struct Entered {
        /// The decision that was carried out.
        pub decision: Decision,
        /// The visit, if the client was let in; of a late entry that no pass pays too: it took place.
        pub visit: Option<VisitId>,
        /// The recorded attempt, if not.
        pub attempt: Option<AttemptId>,
        /// Of a late entry that no pass pays: what somebody must settle. Its visit took place.
        #[serde(default)]
        pub conflict: Option<ConflictId>,
        /// The transfers of the use, if it moved anything.
        #[serde(default)]
        pub group: Option<GroupId>,
        /// The use, if the rules of the pass count.
        #[serde(default)]
        pub pass_use: Option<UseId>,
    }

    /// A visit ended.
    pub struct Exited {
        /// The visit.
        pub visit: VisitId,
        /// The client.
        pub client: ClientId,
        /// How long it lasted, in seconds.
        pub seconds: i64,
    }

    /// One client who is inside.
    pub struct Presence {
        /// The client.
        pub client: ClientId,
        /// First and last name.
        pub name: String,
        /// The visit.
        pub visit: VisitId,
        /// Since when.
        pub since: Instant,
        /// The pass that paid.
        pub pass: Option<PassId>,
        /// The card last issued to the client, of those that open anything.
        pub card: Option<CardId>,
    }

    /// Who is inside.
    pub struct WhoIsIn {
        /// The venue.
        pub venue: VenueId,
        /// How many are inside in all.
        pub count: i64,
        /// In the order of client ids.
        pub clients: Vec<Presence>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

/// Refuses where the venue has no door.
fn has_door(work: &Work<'_>) -> Result<()> {
    work.require(Switch::AccessControl, Switch::AccessControl.as_str())
}

/// For how long after an exit coming back is free, in microseconds.
pub(crate) fn reentry_grace(venue: &Venue) -> i64 {
    i64::from(venue.reentry_grace_minutes).saturating_mul(60 * SECOND)
}

/// After when an exit must lie for that.
pub(crate) fn grace_since(grace: i64, at: Instant) -> Instant {
    at.plus_micros(grace.saturating_neg()).unwrap_or(Instant::MIN)
}

pub(crate) fn decide(work: &mut Work<'_>, request: AccessDecide) -> Result<Decision> {
    has_door(work)?;
    let AccessDecide { card, client, pass, service } = request;
    let card = card.as_ref();
    let weighed = weigh(work, &Asked { card, client, pass, service, is_door: true, ..Asked::default() })?;
    Ok(weighed.decided.decision)
}

pub(crate) fn enter(work: &mut Work<'_>, request: AccessEnter) -> Result<Entered> {
    has_door(work)?;
    let AccessEnter { card, client, pass, service } = request;
    let card = card.as_ref();
    let weighed = weigh(work, &Asked { card, client, pass, service, is_door: true, ..Asked::default() })?;
    match (weighed.decided.decision.outcome, weighed.facts) {
        (Outcome::Admitted, Some(facts)) => {
            admit(work, weighed.decided, &facts, weighed.entered, weighed.service)
        }
        (_, Some(facts)) if weighed.decided.is_unpaid && work.call.late.is_some() => {
            let (decision, entered, service) = (weighed.decided.decision, weighed.entered, weighed.service);
            leave_unpaid(work, decision, &facts, entered, service)
        }
        _ => {
            let attempt = record_attempt(work, &weighed.decided.decision, weighed.card)?;
            Ok(Entered {
                decision: weighed.decided.decision,
                visit: None,
                attempt: Some(attempt),
                conflict: None,
                group: None,
                pass_use: None,
            })
        }
    }
}

fn record_attempt(work: &mut Work<'_>, decision: &Decision, card: Option<CardId>) -> Result<AttemptId> {
    let attempt = Attempt {
        attempt: work.id()?,
        at: work.at,
        venue: work.venue()?.venue,
        // A client named by an id that does not exist is nobody's.
        client: decision.client.filter(|_| decision.reason != Some(DenyReason::Clock)),
        card,
        reason: decision.reason.unwrap_or(DenyReason::Error),
        operator: work.call.by,
    };
    let id = attempt.attempt;
    work.add(Change::Attempt(attempt));
    Ok(id)
}

fn admit(
    work: &mut Work<'_>,
    decided: Decided,
    facts: &EntryFacts,
    entered: Option<Instant>,
    service: Option<ServiceId>,
) -> Result<Entered> {
    let held = decided.payer.and_then(|index| facts.passes.get(index));
    let visit = begin_visit(work, facts, entered, service, held.map(|held| held.pass.pass))?;
    let Used { group, pass_use } = match held {
        Some(held) => pay_visit(work, facts.client, held, &decided, service, visit)?,
        None => Used::default(),
    };
    let decision = decided.decision;
    Ok(Entered { decision, visit: Some(visit), attempt: None, conflict: None, group, pass_use })
}

/// Who came in off line was inside, though nothing pays for it now: somebody must settle that.
fn leave_unpaid(
    work: &mut Work<'_>,
    decision: Decision,
    facts: &EntryFacts,
    entered: Option<Instant>,
    service: Option<ServiceId>,
) -> Result<Entered> {
    let visit = begin_visit(work, facts, entered, service, None)?;
    let conflict = Conflict {
        conflict: work.id()?,
        at: work.at,
        made: work.entered(),
        venue: work.venue()?.venue,
        client: facts.client,
        visit: Some(visit),
        reason: decision.reason.unwrap_or(DenyReason::Error),
        settled: None,
        note: None,
    };
    let id = conflict.conflict;
    work.add(Change::Conflict(conflict));
    let (visit, conflict) = (Some(visit), Some(id));
    Ok(Entered { decision, visit, attempt: None, conflict, group: None, pass_use: None })
}

fn begin_visit(
    work: &mut Work<'_>,
    facts: &EntryFacts,
    entered: Option<Instant>,
    service: Option<ServiceId>,
    pass: Option<PassId>,
) -> Result<VisitId> {
    let (venue, zone) = {
        let venue = work.venue()?;
        (venue.venue, venue.zone)
    };
    let exited = end_earlier_visit(work, facts, entered, zone);
    let (client, entered) = (facts.client, work.at);
    let visit = Visit { visit: work.id()?, client, venue, zone, service, entered, exited, pass };
    let id = visit.visit;
    work.add(Change::VisitBegan(visit));
    Ok(id)
}

fn pay_visit(
    work: &mut Work<'_>,
    client: ClientId,
    held: &HeldPass,
    decided: &Decided,
    service: Option<ServiceId>,
    visit: VisitId,
) -> Result<Used> {
    if decided.ends_freeze {
        super::pass_freeze::end_by_visit(work, held.pass.pass)?;
    }
    let at = work.at;
    start_with_first_use(work, held, at)?;
    let (takes, venue) = (&decided.takes, work.venue()?.venue);
    let used =
        Use { client, held, takes, service, venue, at, quantity: 1, visit: Some(visit), booking: None };
    consume(work, &used)
}

/// Without anti-passback, the earlier visit ends where the later one begins. The earlier one may be the new one, which
/// came late: then it has ended already, and the running one goes on.
fn end_earlier_visit(
    work: &mut Work<'_>,
    facts: &EntryFacts,
    entered: Option<Instant>,
    zone: ZoneId,
) -> Option<Instant> {
    let visit = facts.inside?;
    match entered {
        Some(began) if began > work.at => Some(began),
        _ => {
            work.add(Change::VisitEnded { visit, client: facts.client, zone, at: work.at });
            None
        }
    }
}

pub(crate) fn exit(work: &mut Work<'_>, request: AccessExit) -> Result<Exited> {
    has_door(work)?;
    let (zone, client, inside) = match (&request.card, request.client) {
        (Some(uid), None) => {
            let uid = super::card::uid(uid, "card")?;
            let zone = work.venue()?.zone;
            let (client, inside) = store::access::inside_by_card(work.db(), zone, &uid)?
                .ok_or_else(|| Error::field(Reason::CardNotFound, "card"))?;
            (zone, client, inside)
        }
        (None, Some(client)) => {
            let client = super::client::existing(work, client)?.client;
            let zone = work.venue()?.zone;
            (zone, client, store::access::inside(work.db(), zone, client)?)
        }
        (None, None) => return Err(Error::field(Reason::Required, "card")),
        (Some(_), Some(_)) => return Err(Error::field(Reason::Contradiction, "client")),
    };
    // Who came in later was not inside at the time of a late exit.
    let inside = inside.filter(|(_, entered)| work.call.late.is_none() || *entered <= work.at);
    let (visit, entered) = inside.ok_or_else(|| Error::new(Reason::NotInside))?;
    // The clocks of two doors may differ a little, yet nobody leaves before coming in.
    let at = work.at.max(entered);
    work.add(Change::VisitEnded { visit, client, zone, at });
    let micros = at.micros().saturating_sub(entered.micros());
    Ok(Exited { visit, client, seconds: micros.checked_div(SECOND).unwrap_or(0) })
}

pub(crate) fn who_is_in(work: &mut Work<'_>, request: AccessWhoIsIn) -> Result<WhoIsIn> {
    has_door(work)?;
    let limit = input::page(request.limit, 100)?;
    let after =
        request.after.map(|client| input::id(client, "after")).transpose()?.map_or(0, |client| client.0);
    let (venue, zone) = {
        let venue = work.venue()?;
        (venue.venue, venue.zone)
    };
    let (count, mut found) = store::access::who_is_in(work.db(), zone, after, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let clients = found
        .into_iter()
        .map(|inside| {
            let parts: Vec<String> = [inside.first_name, inside.last_name].into_iter().flatten().collect();
            Presence {
                client: inside.client,
                name: parts.join(" "),
                visit: inside.visit,
                since: inside.since,
                pass: inside.pass,
                card: inside.card,
            }
        })
        .collect();
    Ok(WhoIsIn { venue, count, clients, more })
}
