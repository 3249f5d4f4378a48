//! What is asked of the passes of a client, at a door, a till or for a booking: the facts, and what the rules say.

use crate::input;
use crate::store;
use crate::store::access::Who;
use crate::work::Work;
use carnet_domain::booking::Booking;
use carnet_domain::client::Client;
use carnet_domain::coverage::{Counted, Windows};
use carnet_domain::decision::{
    self, Decided, Decision, DenyReason, DoorRules, EntryFacts, HeldPass, Wanted, refuse,
};
use carnet_domain::switches::{self, Switch};
use carnet_domain::venue::{AntiPassback, Venue};
use carnet_domain::{CardId, ClientId, Error, Instant, PassId, Reason, Result, ServiceId, ZoneId};

/// What a request names.
#[derive(Default)]
pub(crate) struct Asked<'a> {
    pub card: Option<&'a String>,
    pub client: Option<ClientId>,
    pub pass: Option<PassId>,
    pub service: Option<ServiceId>,
    /// The zone of the venue that is entered; the only one it has if left out.
    pub place: Option<ZoneId>,
    /// How many times; once if left out.
    pub quantity: Option<i32>,
    /// When the service is rendered, if not now.
    pub starts: Option<Instant>,
    /// Whether somebody comes in, so that the rules of presence hold and a service need not be named.
    pub is_door: bool,
    /// Whether the client is there, though the service may have begun before or begins later.
    pub is_visit: bool,
}

/// All that a decision rests on.
pub(crate) struct Considered {
    pub facts: EntryFacts,
    pub door: DoorRules,
    pub wanted: Option<Wanted>,
    /// When the visit that has not ended began.
    pub entered: Option<Instant>,
    pub card: Option<CardId>,
    pub service: Option<ServiceId>,
    pub at: Instant,
}

/// What ends a decision before a rule is asked.
pub(crate) struct Unknown {
    pub reason: DenyReason,
    pub client: Option<ClientId>,
    pub service: Option<ServiceId>,
}

impl Unknown {
    /// The same where a refusal is an error.
    pub fn into_error(self) -> Error {
        match self.reason {
            DenyReason::UnknownCard => Error::field(Reason::CardNotFound, "card"),
            DenyReason::UnknownClient => Error::field(Reason::ClientNotFound, "client"),
            DenyReason::UnknownService => Error::field(Reason::ServiceNotFound, "service"),
            _ => Error::field(Reason::Clock, "at"),
        }
    }
}

/// A decision with all that carrying it out needs.
pub(crate) struct Weighed {
    pub decided: Decided,
    pub facts: Option<EntryFacts>,
    /// When the visit that has not ended began.
    pub entered: Option<Instant>,
    pub card: Option<CardId>,
    pub service: Option<ServiceId>,
}

/// Who is meant: malformed requests are errors.
fn who<'a>(asked: &Asked<'_>, uid: Option<&'a String>) -> Result<Who<'a>> {
    let who = match (uid, asked.client) {
        (Some(uid), None) => Who::Card(uid),
        (None, Some(client)) => Who::Client(input::id(client, "client")?),
        (None, None) => return Err(Error::field(Reason::Required, "card")),
        (Some(_), Some(_)) => return Err(Error::field(Reason::Contradiction, "client")),
    };
    asked.pass.map(|pass| input::id(pass, "pass")).transpose()?;
    Ok(who)
}

fn rules_of(venue: &Venue, asked: &Asked<'_>) -> Result<DoorRules> {
    if asked.place.is_some() {
        switches::require(&venue.switched_off, Switch::Zones, "zone")?;
    }
    let place = asked.place.map(|zone| input::id(zone, "zone")).transpose()?.unwrap_or(venue.zone);
    if place != venue.zone {
        return Err(Error::field(Reason::ZoneNotFound, "zone"));
    }
    let grace = super::access::reentry_grace(venue);
    Ok(DoorRules {
        venue: venue.venue,
        zone: venue.time_zone,
        place,
        ends_freeze: asked.starts.is_none() || asked.is_visit,
        refuse_inside: asked.is_door && venue.anti_passback == AntiPassback::Hard,
        reentry_grace: if asked.is_door { grace } else { 0 },
    })
}

/// Loads the facts. Malformed requests are errors; whatever is unknown is told by its reason.
pub(crate) fn consider(
    work: &mut Work<'_>,
    asked: &Asked<'_>,
) -> Result<std::result::Result<Considered, Unknown>> {
    let uid = asked.card.map(|uid| super::card::uid(uid, "card")).transpose()?;
    let who = who(asked, uid.as_ref())?;
    let quantity = input::range(asked.quantity.unwrap_or(1), "quantity", 1, input::limits::QUANTITY)?;
    let venue = work.venue()?;
    let door = rules_of(venue, asked)?;
    let service = asked.service.or(venue.entry_service.filter(|_| asked.is_door));
    let unknown = |reason, client, service| Ok(Err(Unknown { reason, client, service }));
    if work.clock_refused {
        return unknown(DenyReason::Clock, asked.client, service);
    }
    let wanted = match service {
        Some(id) => match wanted_of(work, input::id(id, "service")?, quantity) {
            Some(wanted) => Some(wanted),
            None => return unknown(DenyReason::UnknownService, asked.client, None),
        },
        None => None,
    };
    let at = asked.starts.unwrap_or(work.at);
    let Some(mut found) = store::access::facts(work.db(), &who, door.place, at)? else {
        let reason = if uid.is_some() { DenyReason::UnknownCard } else { DenyReason::UnknownClient };
        return unknown(reason, None, service);
    };
    work.config_seen = found.config_version == work.config.version;
    if let Some(exit) = found.facts.last_exit.filter(|_| door.reentry_grace > 0) {
        // The gate knows the last exit of all; grace is for those who left this zone.
        let since = super::access::grace_since(door.reentry_grace, at);
        let recent = exit > since;
        found.facts.last_exit =
            if recent { store::access::last_exit(work.db(), &who, door.place, since, at)? } else { None };
    }
    if work.call.late.is_some() {
        found.facts.forget_what_came_after(at);
    }
    let now = work.holds_end();
    store::access::recount(work.db(), &mut found.facts, now)?;
    for held in &mut found.facts.passes {
        held.plan_deleted = work.config.plans.get(&held.pass.plan).is_none_or(|plan| plan.deleted);
    }
    store::access::asked_by_rules(work.db(), &mut found.facts, at, door.zone)?;
    let (entered, card) = (found.entered, found.card);
    Ok(Ok(Considered { facts: found.facts, door, wanted, entered, card, service, at }))
}

/// A service as the price list has it.
fn wanted_of(work: &Work<'_>, service: ServiceId, quantity: i32) -> Option<Wanted> {
    let found = work.config.services.get(&service)?;
    let (category, price, sex) = (found.category, found.price, found.sex);
    Some(Wanted { service, category, price, sex, quantity: i64::from(quantity) })
}

/// What a pass that was sold just now does for a booking, after these uses of it. None where it does not pay.
pub(crate) fn of_new_pass(
    work: &Work<'_>,
    client: &Client,
    held: &HeldPass,
    booking: &Booking,
    uses: &[Instant],
) -> Result<Option<Decided>> {
    let (venue, at) = (work.config.venues.get(&booking.venue), booking.starts);
    let venue = venue.ok_or(Reason::VenueNotFound)?;
    let door = rules_of(venue, &Asked { starts: Some(at), ..Asked::default() })?;
    let counted = Counted::of(uses, &Windows::around(at, door.zone)?, at);
    let facts = EntryFacts {
        card: None,
        client: client.client,
        archived: client.archived,
        sex: client.sex,
        birth_date: client.birth_date,
        inside: None,
        last_exit: None,
        passes: vec![HeldPass { counted: Some(counted), ..held.clone() }],
    };
    let wanted = wanted_of(work, booking.service, 1);
    let decided = decision::decide(&facts, &door, wanted.as_ref(), None, at)?;
    Ok(decided.payer.is_some().then_some(decided))
}

impl Considered {
    /// Asks the rules.
    pub fn decide(&self, chosen: Option<PassId>) -> Result<Decided> {
        decision::decide(&self.facts, &self.door, self.wanted.as_ref(), chosen, self.at)
    }
}

/// Loads the facts and asks the rules. Malformed requests are errors; whatever is unknown is a refusal.
pub(crate) fn weigh(work: &mut Work<'_>, asked: &Asked<'_>) -> Result<Weighed> {
    match consider(work, asked)? {
        Ok(considered) => {
            let decided = considered.decide(asked.pass)?;
            let Considered { facts, entered, card, service, .. } = considered;
            Ok(Weighed { decided, facts: Some(facts), entered, card, service })
        }
        Err(Unknown { reason, client, service }) => {
            let decided = Decided::without_payer(refuse(reason, client));
            Ok(Weighed { decided, facts: None, entered: None, card: None, service })
        }
    }
}

/// A refusal where it is an error: why, until when, how much is missing.
pub(crate) fn not_covered(decision: &Decision) -> Error {
    let why = decision.reason.unwrap_or(DenyReason::Error);
    let error = Error::new(Reason::NotCovered).with("why", why);
    let Some(rule) = decision.rules.iter().find(|rule| rule.reason == why) else { return error };
    let error = match rule.until {
        Some(until) => error.with("until", until),
        None => error,
    };
    match &rule.missing {
        Some(missing) => error.with("missing", missing),
        None => error,
    }
}
