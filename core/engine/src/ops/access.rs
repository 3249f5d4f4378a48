//! The door: decide, enter, exit, who is in.

use crate::books::{Group, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::store::access::Who;
use crate::work::Work;
use carnet_domain::account::{Counter, Party, TransferReason, Unit};
use carnet_domain::decision::{
    Decided, Decision, DenyReason, DoorRules, EntryFacts, HeldPass, Outcome, Wanted, refuse,
};
use carnet_domain::plan::PlanTag;
use carnet_domain::time::SECOND;
use carnet_domain::venue::{AntiPassback, Venue};
use carnet_domain::visit::{Attempt, Visit};
use carnet_domain::{
    AttemptId, CardId, ClientId, Error, Instant, Money, PassId, Reason, Result, ServiceId, VenueId, VisitId,
    ZoneId, record, request,
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
        /// The visit, if the client was let in.
        pub visit: Option<VisitId>,
        /// The recorded attempt, if not.
        pub attempt: Option<AttemptId>,
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
        /// The card last issued to the client.
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

/// What a request at the door names.
struct Asked<'a> {
    card: Option<&'a String>,
    client: Option<ClientId>,
    pass: Option<PassId>,
    service: Option<ServiceId>,
}

/// A decision with all that carrying it out needs.
struct Weighed {
    decided: Decided,
    facts: Option<EntryFacts>,
    /// When the visit that has not ended began.
    entered: Option<Instant>,
    card: Option<CardId>,
    service: Option<ServiceId>,
}

impl Weighed {
    fn refused(reason: DenyReason, client: Option<ClientId>, service: Option<ServiceId>) -> Self {
        let decided = Decided { decision: refuse(reason, client), payer: None, takes: Vec::new() };
        Self { decided, facts: None, entered: None, card: None, service }
    }
}

/// For how long after an exit coming back is free, in microseconds.
pub(crate) fn reentry_grace(venue: &Venue) -> i64 {
    i64::from(venue.reentry_grace_minutes).saturating_mul(60 * SECOND)
}

/// After when an exit must lie for that.
pub(crate) fn grace_since(grace: i64, at: Instant) -> Instant {
    at.plus_micros(grace.saturating_neg()).unwrap_or(Instant::MIN)
}

/// Loads the facts and asks the rules. Malformed requests are errors; whatever is unknown is a refusal.
fn weigh(work: &mut Work<'_>, asked: &Asked<'_>) -> Result<Weighed> {
    let uid = asked.card.map(|uid| super::card::uid(uid, "card")).transpose()?;
    let who = match (&uid, asked.client) {
        (Some(uid), None) => Who::Card(uid),
        (None, Some(client)) => Who::Client(input::id(client, "client")?),
        (None, None) => return Err(Error::field(Reason::Required, "card")),
        (Some(_), Some(_)) => return Err(Error::field(Reason::Contradiction, "client")),
    };
    asked.pass.map(|pass| input::id(pass, "pass")).transpose()?;
    let venue = work.venue()?;
    let door = DoorRules {
        venue: venue.venue,
        zone: venue.time_zone,
        refuse_inside: venue.anti_passback == AntiPassback::Hard,
        reentry_grace: reentry_grace(venue),
    };
    let (zone, service) = (venue.zone, asked.service.or(venue.entry_service));
    if work.clock_refused {
        return Ok(Weighed::refused(DenyReason::Clock, asked.client, service));
    }
    let wanted = match service {
        Some(id) => match work.config.services.get(&input::id(id, "service")?) {
            Some(found) => {
                Some(Wanted { service: id, category: found.category, price: found.price, sex: found.sex })
            }
            None => return Ok(Weighed::refused(DenyReason::UnknownService, asked.client, None)),
        },
        None => None,
    };
    let at = work.at;
    let Some(mut found) = store::access::facts(work.db(), &who, zone, at)? else {
        let reason = if uid.is_some() { DenyReason::UnknownCard } else { DenyReason::UnknownClient };
        return Ok(Weighed::refused(reason, None, service));
    };
    work.config_seen = found.config_version == work.config.version;
    if let Some(exit) = found.facts.last_exit.filter(|_| door.reentry_grace > 0) {
        // The gate knows the last exit of all; grace is for those who left this zone.
        let since = grace_since(door.reentry_grace, at);
        let recent = exit > since;
        found.facts.last_exit =
            if recent { store::access::last_exit(work.db(), &who, zone, since, at)? } else { None };
    }
    for held in &mut found.facts.passes {
        held.plan_deleted = work.config.plans.get(&held.pass.plan).is_none_or(|plan| plan.deleted);
    }
    let decided = carnet_domain::decision::decide(&found.facts, &door, wanted.as_ref(), asked.pass, at)?;
    Ok(Weighed { decided, facts: Some(found.facts), entered: found.entered, card: found.card, service })
}

pub(crate) fn decide(work: &mut Work<'_>, request: AccessDecide) -> Result<Decision> {
    let AccessDecide { card, client, pass, service } = request;
    let weighed = weigh(work, &Asked { card: card.as_ref(), client, pass, service })?;
    Ok(weighed.decided.decision)
}

pub(crate) fn enter(work: &mut Work<'_>, request: AccessEnter) -> Result<Entered> {
    let AccessEnter { card, client, pass, service } = request;
    let weighed = weigh(work, &Asked { card: card.as_ref(), client, pass, service })?;
    match (weighed.decided.decision.outcome, weighed.facts) {
        (Outcome::Admitted, Some(facts)) => {
            admit(work, weighed.decided, &facts, weighed.entered, weighed.service)
        }
        _ => {
            let attempt = record_attempt(work, &weighed.decided.decision, weighed.card)?;
            Ok(Entered { decision: weighed.decided.decision, visit: None, attempt: Some(attempt) })
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
    let (venue, zone) = {
        let venue = work.venue()?;
        (venue.venue, venue.zone)
    };
    let exited = end_earlier_visit(work, facts, entered, zone);
    let held = decided.payer.and_then(|index| facts.passes.get(index));
    let visit = Visit {
        visit: work.id()?,
        client: facts.client,
        venue,
        zone,
        service,
        entered: work.at,
        exited,
        pass: held.map(|held| held.pass.pass),
    };
    let id = visit.visit;
    work.add(Change::VisitBegan(visit));
    if let Some(held) = held {
        start_with_first_use(work, held)?;
        consume(work, facts.client, held, &decided, id)?;
    }
    Ok(Entered { decision: decided.decision, visit: Some(id), attempt: None })
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

/// Writes the start of a pass that waited for its first use.
fn start_with_first_use(work: &mut Work<'_>, held: &HeldPass) -> Result<()> {
    if held.pass.starts.is_some() {
        return Ok(());
    }
    // The door knows less of a pass than its books need.
    let pass = store::pass::get(work.db(), held.pass.pass)?.ok_or(Reason::Internal)?;
    let zone = work.zone_of(pass.venue)?;
    let start = match pass.span_at(work.at, zone)? {
        (Some(start), _) => start,
        (None, _) => work.at,
    };
    super::day::write_start(work, pass, &held.lots, start)
}

/// Takes the visit or credit, and posts the use and the value it earns. The books are those of the venue that sold.
fn consume(
    work: &mut Work<'_>,
    client: ClientId,
    held: &HeldPass,
    decided: &Decided,
    visit: VisitId,
) -> Result<()> {
    let Some(account) = held.pass.account else { return Ok(()) };
    let unit = match held.pass.kind {
        PlanTag::Credit => Unit::Credit(held.pass.currency),
        _ => Unit::Visits,
    };
    let mut group = Group::new(work)?;
    group.venue = held.pass.venue;
    (group.client, group.pass) = (Some(client), Some(held.pass.pass));
    (group.plan, group.visit) = (Some(held.pass.plan), Some(visit));
    let amount = decided.takes.iter().map(|taken| taken.amount).fold(0, i64::saturating_add);
    let earned = decided.takes.iter().map(|taken| taken.recognised).fold(0, i64::saturating_add);
    let movement = Movement {
        reason: TransferReason::Use,
        unit,
        amount,
        debit: Party::Account(account),
        credit: Party::Counter(Counter::Used),
    };
    group.post(work, movement, decided.takes.clone())?;
    let earned = Money::new(earned, held.pass.currency);
    group.between(work, TransferReason::Recognition, earned, Counter::DeferredRevenue, Counter::Revenue)?;
    crate::books::change_lots(work, &held.lots, &decided.takes)
}

pub(crate) fn exit(work: &mut Work<'_>, request: AccessExit) -> Result<Exited> {
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
