//! May this client come in, and which pass and lot would pay? One explainable decision.
//!
//! Fail closed: whatever is unknown is a refusal with its own reason. The same function answers
//! `access.decide`, which writes nothing, and `access.enter`, which decides again inside its transaction.

use crate::calendar::Zone;
use crate::client::{CardState, Sex};
use crate::coverage::Counted;
use crate::error::Result;
use crate::ids::{CategoryId, ClientId, LotId, PassId, PlanId, ServiceId, VenueId, VisitId, ZoneId};
use crate::lots::{Lot, Take};
use crate::money::Money;
use crate::pass::DoorPass;
use crate::payment::{Payment, order_of_paying, payment_by};
use crate::plan::PlanTag;
use crate::time::{Date, Instant};

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
        /// How much is missing: visits, or credit with its currency, such as `20.00 EUR`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub missing: Option<String>,
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

    /// A pass that does not pay.
    pub struct CannotPay {
        /// The pass.
        pub pass: PassId,
        /// Its plan.
        pub plan: PlanId,
        /// Its kind.
        pub kind: PlanTag,
        /// Every reason why not.
        pub rules: Vec<RuleVerdict>,
    }

    /// What every pass of a client would do for a service.
    pub struct Quoted {
        /// What speaks against the client or the card. While anything does, nothing is paid.
        pub rules: Vec<RuleVerdict>,
        /// The passes that pay, in the order in which they would.
        pub pays: Vec<Payer>,
        /// The other passes, in the same order, each with every reason why not.
        pub cannot: Vec<CannotPay>,
        /// True where a re-entry within grace costs nothing.
        pub reentry: bool,
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
    /// How many times.
    pub quantity: i64,
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
    /// How often it was used, where its rules count.
    pub counted: Option<Counted>,
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
    /// The client's birth date, where the rules of a pass ask for an age.
    pub birth_date: Option<Date>,
    /// The visit that has not ended.
    pub inside: Option<VisitId>,
    /// When the last visit ended.
    pub last_exit: Option<Instant>,
    /// The passes of the client that were not closed.
    pub passes: Vec<HeldPass>,
}

impl EntryFacts {
    /// Leaves out the passes that were sold or given to the client only after an instant: nobody used them then.
    pub fn forget_what_came_after(&mut self, at: Instant) {
        self.passes.retain(|held| held.pass.sold <= at);
    }
}

/// The rules of the door.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoorRules {
    /// The venue.
    pub venue: VenueId,
    /// The zone of its days.
    pub zone: Zone,
    /// The zone of the venue that is entered.
    pub place: ZoneId,
    /// A visit: it ends the freeze of a pass whose rules say so.
    pub ends_freeze: bool,
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
    /// The visit ends the freeze of the pass that pays.
    pub ends_freeze: bool,
    /// Refused for no other reason than that no pass pays.
    pub is_unpaid: bool,
}

impl Decided {
    /// A decision by which nothing is taken.
    #[must_use]
    pub const fn without_payer(decision: Decision) -> Self {
        Self { decision, payer: None, takes: Vec::new(), ends_freeze: false, is_unpaid: false }
    }
}

/// A refusal for one reason before any pass is looked at.
#[must_use]
pub fn refuse(reason: DenyReason, client: Option<ClientId>) -> Decision {
    // No instant is shown, so the zone does not matter.
    refuse_by(vec![RuleVerdict { reason, pass: None, until: None, missing: None }], client, Zone::UTC)
}

/// A refusal by these rules, with days of this zone on the display.
fn refuse_by(rules: Vec<RuleVerdict>, client: Option<ClientId>, zone: Zone) -> Decision {
    let leading = leading_reason(&rules);
    Decision {
        outcome: Outcome::Refused,
        reason: Some(leading.reason),
        display: display_of_refusal(leading.reason, leading.until.map(|until| zone.date_of(until))),
        rules,
        client,
        payer: None,
        reentry: false,
    }
}

/// Decides an entry at an instant.
///
/// `chosen` is the client's own choice of a pass. Without one, the order is that of
/// [`order_of_paying`](crate::payment::order_of_paying).
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
    let client = Some(facts.client);
    if let Some(refused) = client_rules(facts, door, wanted) {
        return Ok(Decided::without_payer(refuse_by(refused, client, door.zone)));
    }
    if chosen.is_none() && within_grace(facts, door, at) {
        return Ok(Decided::without_payer(admitted(facts.client, None, Vec::new(), true, door.zone)));
    }
    let candidates = candidates(facts, door, chosen, at)?;
    if candidates.is_empty() {
        let reason = if chosen.is_some() { DenyReason::PassNotHeld } else { DenyReason::NoPass };
        return Ok(Decided { is_unpaid: true, ..Decided::without_payer(refuse(reason, client)) });
    }
    let mut rules = Vec::new();
    for (index, held) in candidates {
        match payment_by(held, facts, door, wanted, at)? {
            Ok(Payment { payer, takes, ends_freeze }) => {
                let decision = admitted(facts.client, Some(payer), rules, false, door.zone);
                return Ok(Decided { decision, payer: Some(index), takes, ends_freeze, is_unpaid: false });
            }
            Err(verdicts) => rules.extend(verdicts),
        }
    }
    Ok(Decided { is_unpaid: true, ..Decided::without_payer(refuse_by(rules, client, door.zone)) })
}

/// What every pass of a client would do for a service at an instant.
///
/// # Errors
/// As [`decide`].
pub fn quote(facts: &EntryFacts, door: &DoorRules, wanted: Option<&Wanted>, at: Instant) -> Result<Quoted> {
    let mut quoted = Quoted {
        rules: client_rules(facts, door, wanted).unwrap_or_default(),
        reentry: within_grace(facts, door, at),
        pays: Vec::new(),
        cannot: Vec::new(),
    };
    for (_, held) in candidates(facts, door, None, at)? {
        match payment_by(held, facts, door, wanted, at)? {
            Ok(payment) => quoted.pays.push(payment.payer),
            Err(rules) => {
                let pass = &held.pass;
                quoted.cannot.push(CannotPay { pass: pass.pass, plan: pass.plan, kind: pass.kind, rules });
            }
        }
    }
    Ok(quoted)
}

/// The passes that come into question, in the order of paying, with their index in the facts.
fn candidates<'a>(
    facts: &'a EntryFacts,
    door: &DoorRules,
    chosen: Option<PassId>,
    at: Instant,
) -> Result<Vec<(usize, &'a HeldPass)>> {
    let mut candidates = Vec::with_capacity(facts.passes.len());
    for (index, held) in facts.passes.iter().enumerate() {
        if chosen.is_none_or(|id| id == held.pass.pass) {
            candidates.push((order_of_paying(held, at, door.zone)?, index, held));
        }
    }
    candidates.sort_by_key(|(order, ..)| *order);
    Ok(candidates.into_iter().map(|(_, index, held)| (index, held)).collect())
}

/// Every rule that speaks against the client or the card, whatever pays; none where none does.
fn client_rules(facts: &EntryFacts, door: &DoorRules, wanted: Option<&Wanted>) -> Option<Vec<RuleVerdict>> {
    let sex = match (wanted.and_then(|w| w.sex), facts.sex) {
        (Some(_), None) => Some(DenyReason::SexUnknown),
        (Some(needed), Some(sex)) if needed != sex => Some(DenyReason::WrongSex),
        _ => None,
    };
    let blocked = facts.card.is_some_and(|state| state != CardState::Active);
    let spoken = [
        blocked.then_some(DenyReason::CardBlocked),
        facts.archived.then_some(DenyReason::ClientArchived),
        sex,
        (door.refuse_inside && facts.inside.is_some()).then_some(DenyReason::AlreadyInside),
    ];
    if spoken.iter().all(Option::is_none) {
        return None;
    }
    let verdict = |reason| RuleVerdict { reason, pass: None, until: None, missing: None };
    Some(spoken.into_iter().flatten().map(verdict).collect())
}

fn within_grace(facts: &EntryFacts, door: &DoorRules, at: Instant) -> bool {
    let since_exit = facts.last_exit.and_then(|exit| at.micros().checked_sub(exit.micros()));
    facts.inside.is_none() && since_exit.is_some_and(|since| since >= 0 && since < door.reentry_grace)
}

/// The reason shown: that of the pass closest to paying, the first among equals.
fn leading_reason(rules: &[RuleVerdict]) -> RuleVerdict {
    // What speaks against a pass for good outweighs what it lacks beside: a pass is as close as its farthest rule.
    let mut worst: Vec<&RuleVerdict> = Vec::new();
    for rule in rules {
        match worst.last_mut().filter(|last| last.pass == rule.pass) {
            Some(last) if distance(rule.reason) > distance(last.reason) => *last = rule,
            Some(_) => {}
            None => worst.push(rule),
        }
    }
    let none = RuleVerdict { reason: DenyReason::NoPass, pass: None, until: None, missing: None };
    worst.into_iter().min_by_key(|rule| distance(rule.reason)).cloned().unwrap_or(none)
}

/// How far a pass is from paying against which this speaks.
const fn distance(reason: DenyReason) -> u8 {
    match reason {
        DenyReason::Exhausted | DenyReason::InsufficientCredit => 0,
        DenyReason::TooSoon
        | DenyReason::DayLimit
        | DenyReason::WeekLimit
        | DenyReason::MonthLimit
        | DenyReason::UseLimit => 1,
        DenyReason::OutsideHours => 2,
        DenyReason::NotStarted | DenyReason::Frozen => 3,
        DenyReason::NoPrice => 4,
        DenyReason::ServiceNotCovered
        | DenyReason::VenueNotCovered
        | DenyReason::ZoneNotCovered
        | DenyReason::WrongSex
        | DenyReason::SexUnknown
        | DenyReason::TooYoung
        | DenyReason::TooOld
        | DenyReason::AgeUnknown => 5,
        DenyReason::Expired => 6,
        DenyReason::PlanDeleted => 7,
        _ => 8,
    }
}

fn admitted(
    client: ClientId,
    payer: Option<Payer>,
    rules: Vec<RuleVerdict>,
    reentry: bool,
    zone: Zone,
) -> Decision {
    let second = match &payer {
        Some(Payer { visits_left: Some(1), .. }) => "1 visit left".to_owned(),
        Some(Payer { visits_left: Some(left), .. }) => format!("{left} visits left"),
        Some(Payer { credit_left: Some(left), .. }) => format!("{left} left"),
        Some(Payer { ends: Some(end), .. }) => format!("valid before {}", zone.date_of(*end)),
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

fn display_of_refusal(reason: DenyReason, until: Option<Date>) -> Vec<String> {
    let words = reason.as_str().replace('_', " ");
    let second = until.map(|until| until.to_string()).unwrap_or_default();
    vec![format!("No entry: {words}"), second]
}
