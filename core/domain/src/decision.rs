//! May this client come in, and which pass and lot would pay? One explainable decision.
//!
//! Fail closed: whatever is unknown is a refusal with its own reason. The same function answers
//! `access.decide`, which writes nothing, and `access.enter`, which decides again inside its transaction.

use crate::calendar::Zone;
use crate::client::{CardState, Sex};
use crate::error::Result;
use crate::ids::{CategoryId, ClientId, LotId, PassId, PlanId, ServiceId, VenueId, VisitId};
use crate::lots::{Lot, Take, take};
use crate::money::Money;
use crate::pass::{DoorPass, PassState};
use crate::plan::PlanTag;
use crate::time::Instant;

words! {
    /// Whether the door opens.
    pub enum Outcome {
        /// It does.
        Admitted "admitted",
        /// It stays shut.
        Refused "refused",
    }
    /// Why the door stays shut. A closed list: every refusal has one of these.
    pub enum DenyReason {
        /// No such card.
        UnknownCard "unknown_card",
        /// The card is blocked, lost or was returned.
        CardBlocked "card_blocked",
        /// No such client.
        UnknownClient "unknown_client",
        /// The client is archived.
        ClientArchived "client_archived",
        /// The service asked for does not exist.
        UnknownService "unknown_service",
        /// The time of the request is too far from the clock, or behind what the venue has seen.
        Clock "clock",
        /// The service is for the other sex.
        WrongSex "wrong_sex",
        /// The service is for one sex and the client's is not known.
        SexUnknown "sex_unknown",
        /// The client is inside already.
        AlreadyInside "already_inside",
        /// The client holds no pass.
        NoPass "no_pass",
        /// The pass named is not held by the client.
        PassNotHeld "pass_not_held",
        /// The pass has not started.
        NotStarted "not_started",
        /// The pass has ended.
        Expired "expired",
        /// Nothing is left on the pass.
        Exhausted "exhausted",
        /// The credit left is less than the price.
        InsufficientCredit "insufficient_credit",
        /// A credit pass cannot pay what has no price.
        NoPrice "no_price",
        /// The pass was cancelled.
        Cancelled "cancelled",
        /// The plan of the pass was deleted.
        PlanDeleted "plan_deleted",
        /// The pass does not cover the service.
        ServiceNotCovered "service_not_covered",
        /// The pass is not valid at this venue.
        VenueNotCovered "venue_not_covered",
        /// The pass is not valid in this zone.
        ZoneNotCovered "zone_not_covered",
        /// The client is younger than the pass allows.
        TooYoung "too_young",
        /// The client is older than the pass allows.
        TooOld "too_old",
        /// The pass is for some ages and the client's is not known.
        AgeUnknown "age_unknown",
        /// The pass is not valid at this hour.
        OutsideHours "outside_hours",
        /// The uses of the day are used up.
        DayLimit "day_limit",
        /// The uses of the week are used up.
        WeekLimit "week_limit",
        /// The uses of the month are used up.
        MonthLimit "month_limit",
        /// The uses of the pass are used up.
        UseLimit "use_limit",
        /// The last use was too short a time ago.
        TooSoon "too_soon",
        /// The pass is frozen.
        Frozen "frozen",
        /// The pass was given to another client.
        Transferred "transferred",
        /// The pass was changed for another one.
        Replaced "replaced",
        /// The store could not answer.
        Error "error",
    }
}

record! {
    /// One rule that spoke against an entry, or against paying it with one pass.
    pub struct RuleVerdict {
        /// What it says.
        pub reason: DenyReason,
        /// The pass it speaks about; none if about the client, the card or the request.
        pub pass: Option<PassId>,
        /// When it will stop speaking, or when what it speaks about ended.
        pub until: Option<Instant>,
    }

    /// Who pays for an entry, and what is left after it.
    pub struct Payer {
        /// The pass.
        pub pass: PassId,
        /// Its plan.
        pub plan: PlanId,
        /// Its kind.
        pub kind: PlanTag,
        /// The lots that pay, in the order of use. None for a time pass.
        pub lots: Vec<LotId>,
        /// What the entry costs in visits, or none.
        pub visits: Option<i64>,
        /// Visits left after it.
        pub visits_left: Option<i64>,
        /// What the entry costs in credit.
        pub credit: Option<Money>,
        /// Credit left after it.
        pub credit_left: Option<Money>,
        /// Until when the pass can be used.
        pub ends: Option<Instant>,
    }

    /// The answer at a door.
    pub struct Decision {
        /// Open or shut.
        pub outcome: Outcome,
        /// The first reason why it stays shut.
        pub reason: Option<DenyReason>,
        /// Every rule that spoke, the passes that could not pay included.
        pub rules: Vec<RuleVerdict>,
        /// The client recognised.
        pub client: Option<ClientId>,
        /// Who pays.
        pub payer: Option<Payer>,
        /// True where a re-entry within grace costs nothing.
        pub reentry: bool,
        /// Two lines for a turnstile's display, in English; hosts with other languages write their own from the reason.
        pub display: Vec<String>,
    }
}

/// What is asked for: the service entered for, as the price list has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The service.
    pub service: ServiceId,
    /// Its category.
    pub category: Option<CategoryId>,
    /// Its price.
    pub price: Money,
    /// Only for clients of this sex.
    pub sex: Option<Sex>,
}

/// A pass of the client with what it could pay from.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldPass {
    /// The pass.
    pub pass: DoorPass,
    /// The lots that can pay first, in any order; enough of them for one use.
    pub lots: Vec<Lot>,
    /// Whether its plan was deleted.
    pub plan_deleted: bool,
}

/// All that a decision rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryFacts {
    /// The state of the card shown, if a card was shown.
    pub card: Option<CardState>,
    /// The client.
    pub client: ClientId,
    /// Whether the client is archived.
    pub archived: bool,
    /// The client's sex.
    pub sex: Option<Sex>,
    /// The visit that has not ended.
    pub inside: Option<VisitId>,
    /// When the last visit ended.
    pub last_exit: Option<Instant>,
    /// The passes of the client that were not closed.
    pub passes: Vec<HeldPass>,
}

/// The rules of the door.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoorRules {
    /// The venue.
    pub venue: VenueId,
    /// The zone of its days.
    pub zone: Zone,
    /// Whether a client who is inside is refused.
    pub refuse_inside: bool,
    /// A re-entry this soon after the exit costs nothing, microseconds.
    pub reentry_grace: i64,
}

/// A decision and what it would take from the lots of the pass that pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The answer.
    pub decision: Decision,
    /// The index of the paying pass in the facts.
    pub payer: Option<usize>,
    /// What is taken.
    pub takes: Vec<Take>,
}

/// A refusal for one reason before any pass is looked at.
#[must_use]
pub fn refuse(reason: DenyReason, client: Option<ClientId>) -> Decision {
    Decision {
        outcome: Outcome::Refused,
        reason: Some(reason),
        rules: vec![RuleVerdict { reason, pass: None, until: None }],
        client,
        payer: None,
        reentry: false,
        display: display_of_refusal(reason, None),
    }
}

/// Decides an entry at an instant.
///
/// `chosen` is the client's own choice of a pass. Without one, the order is: plan priority, then passes that
/// cost nothing at use, then the rule of lots (earliest end, then oldest, then id).
///
/// # Errors
/// `overflow` or `out_of_range` from the calendar; the caller must treat an error as a refusal.
pub fn decide(
    facts: &EntryFacts,
    door: &DoorRules,
    wanted: Option<&Wanted>,
    chosen: Option<PassId>,
    at: Instant,
) -> Result<Decided> {
    let refused =
        |reason| Decided { decision: refuse(reason, Some(facts.client)), payer: None, takes: Vec::new() };
    if let Some(reason) = client_rules(facts, door, wanted) {
        return Ok(refused(reason));
    }
    if chosen.is_none() && within_grace(facts, door, at) {
        return Ok(Decided {
            decision: admitted(facts.client, None, Vec::new(), true),
            payer: None,
            takes: Vec::new(),
        });
    }
    let mut candidates: Vec<usize> = (0..facts.passes.len())
        .filter(|index| {
            facts.passes.get(*index).is_some_and(|held| chosen.is_none_or(|id| id == held.pass.pass))
        })
        .collect();
    if candidates.is_empty() {
        return Ok(refused(if chosen.is_some() { DenyReason::PassNotHeld } else { DenyReason::NoPass }));
    }
    candidates.sort_by_key(|index| facts.passes.get(*index).map(order_of_paying));
    let mut rules = Vec::new();
    for index in candidates {
        let Some(held) = facts.passes.get(index) else { continue };
        match payment_by(held, door, wanted, at)? {
            Ok((payer, takes)) => {
                let decision = admitted(facts.client, Some(payer), rules, false);
                return Ok(Decided { decision, payer: Some(index), takes });
            }
            Err(verdict) => rules.push(verdict),
        }
    }
    let leading = leading_reason(&rules);
    let display = display_of_refusal(leading.reason, leading.until);
    let decision = Decision { rules, display, ..refuse(leading.reason, Some(facts.client)) };
    Ok(Decided { decision, payer: None, takes: Vec::new() })
}

fn client_rules(facts: &EntryFacts, door: &DoorRules, wanted: Option<&Wanted>) -> Option<DenyReason> {
    if facts.card.is_some_and(|state| state != CardState::Active) {
        return Some(DenyReason::CardBlocked);
    }
    if facts.archived {
        return Some(DenyReason::ClientArchived);
    }
    match (wanted.and_then(|w| w.sex), facts.sex) {
        (Some(_), None) => return Some(DenyReason::SexUnknown),
        (Some(needed), Some(sex)) if needed != sex => return Some(DenyReason::WrongSex),
        _ => {}
    }
    (door.refuse_inside && facts.inside.is_some()).then_some(DenyReason::AlreadyInside)
}

fn within_grace(facts: &EntryFacts, door: &DoorRules, at: Instant) -> bool {
    let since_exit = facts.last_exit.and_then(|exit| at.micros().checked_sub(exit.micros()));
    facts.inside.is_none() && since_exit.is_some_and(|since| since >= 0 && since < door.reentry_grace)
}

fn order_of_paying(held: &HeldPass) -> (i32, bool, Instant, Instant, PassId) {
    let pass = &held.pass;
    let ends = pass.ends.unwrap_or(Instant::FOREVER);
    (pass.priority, pass.kind != PlanTag::Time, ends, pass.sold, pass.pass)
}

type Payment = std::result::Result<(Payer, Vec<Take>), RuleVerdict>;

fn payment_by(held: &HeldPass, door: &DoorRules, wanted: Option<&Wanted>, at: Instant) -> Result<Payment> {
    let pass = &held.pass;
    let verdict = |reason, until| Ok(Err(RuleVerdict { reason, pass: Some(pass.pass), until }));
    if !pass.venues.is_empty() && !pass.venues.contains(&door.venue) {
        return verdict(DenyReason::VenueNotCovered, None);
    }
    if !covers(pass, wanted) {
        return verdict(DenyReason::ServiceNotCovered, None);
    }
    let (starts, ends) = pass.span_at(at, door.zone)?;
    let rest = (pass.kind != PlanTag::Time).then(|| crate::lots::available(&held.lots, at));
    match pass.state_at(at, door.zone, rest, held.plan_deleted)? {
        PassState::Cancelled => return verdict(DenyReason::Cancelled, None),
        PassState::Suspended => return verdict(DenyReason::PlanDeleted, None),
        PassState::Transferred => return verdict(DenyReason::Transferred, None),
        PassState::Replaced => return verdict(DenyReason::Replaced, None),
        PassState::Frozen => return verdict(DenyReason::Frozen, None),
        PassState::Expired => return verdict(DenyReason::Expired, ends),
        PassState::Exhausted => return verdict(DenyReason::Exhausted, None),
        PassState::NotStarted if starts.is_some() => return verdict(DenyReason::NotStarted, starts),
        PassState::NotStarted | PassState::Active => {}
    }
    // A pass that waits for its first use starts now.
    let ends = if starts.is_none() { pass.end_when_started(at, door.zone)? } else { ends };
    let mut payer = Payer {
        pass: pass.pass,
        plan: pass.plan,
        kind: pass.kind,
        lots: Vec::new(),
        visits: None,
        visits_left: None,
        credit: None,
        credit_left: None,
        ends,
    };
    let takes = match pass.kind {
        PlanTag::Time => Vec::new(),
        PlanTag::Visits => {
            let Ok(takes) = take(&held.lots, 1, at) else { return verdict(DenyReason::Exhausted, None) };
            payer.visits = Some(1);
            payer.visits_left = rest.map(|rest| rest.saturating_sub(1));
            takes
        }
        PlanTag::Credit => {
            let Some(price) = wanted.map(|w| w.price) else { return verdict(DenyReason::NoPrice, None) };
            let Ok(takes) = take(&held.lots, price.minor(), at) else {
                return verdict(DenyReason::InsufficientCredit, None);
            };
            payer.credit = Some(price);
            payer.credit_left =
                rest.map(|rest| Money::new(rest.saturating_sub(price.minor()), price.currency()));
            takes
        }
    };
    payer.lots = takes.iter().map(|taken| taken.lot).collect();
    Ok(Ok((payer, takes)))
}

/// Whether a pass covers what is asked for. A pass bound to services does not cover an entry without one.
fn covers(pass: &DoorPass, wanted: Option<&Wanted>) -> bool {
    if pass.services.is_empty() && pass.categories.is_empty() {
        return true;
    }
    wanted.is_some_and(|w| {
        pass.services.contains(&w.service)
            || w.category.is_some_and(|category| pass.categories.contains(&category))
    })
}

/// The reason shown when no pass can pay: that of the pass closest to paying, the first among equals.
fn leading_reason(rules: &[RuleVerdict]) -> RuleVerdict {
    let closeness = |reason: DenyReason| match reason {
        DenyReason::Exhausted | DenyReason::InsufficientCredit => 0,
        DenyReason::NotStarted => 1,
        DenyReason::NoPrice => 2,
        DenyReason::ServiceNotCovered | DenyReason::VenueNotCovered => 3,
        DenyReason::Expired => 4,
        DenyReason::PlanDeleted => 5,
        _ => 6,
    };
    let none = RuleVerdict { reason: DenyReason::NoPass, pass: None, until: None };
    rules.iter().min_by_key(|rule| closeness(rule.reason)).cloned().unwrap_or(none)
}

fn admitted(client: ClientId, payer: Option<Payer>, rules: Vec<RuleVerdict>, reentry: bool) -> Decision {
    let second = match &payer {
        Some(Payer { visits_left: Some(left), .. }) => format!("{left} visits left"),
        Some(Payer { credit_left: Some(left), .. }) => format!("{left} left"),
        Some(Payer { ends: Some(end), .. }) => format!("valid before {}", end.to_utc().date_naive()),
        _ => String::new(),
    };
    let display = vec!["Welcome".to_owned(), second];
    Decision {
        outcome: Outcome::Admitted,
        reason: None,
        rules,
        client: Some(client),
        payer,
        reentry,
        display,
    }
}

fn display_of_refusal(reason: DenyReason, until: Option<Instant>) -> Vec<String> {
    let words = reason.as_str().replace('_', " ");
    let second = until.map(|u| u.to_utc().date_naive().to_string()).unwrap_or_default();
    vec![format!("No entry: {words}"), second]
}
