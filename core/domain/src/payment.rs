//! Whether a pass pays for a use, what it takes, and every rule that speaks against it.

use crate::calendar::Zone;
use crate::coverage::{Setting, Spoken};
use crate::decision::{DenyReason, DoorRules, EntryFacts, HeldPass, Payer, RuleVerdict, Wanted};
use crate::error::Result;
use crate::ids::PassId;
use crate::lots::{self, Take};
use crate::money::Money;
use crate::pass::{DoorPass, Pass, PassState};
use crate::plan::PlanTag;
use crate::time::Instant;

/// What a pass pays with.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// As the answer shows it.
    pub payer: Payer,
    /// What is taken from its lots.
    pub takes: Vec<Take>,
    /// The visit ends the freeze of the pass.
    pub ends_freeze: bool,
}

/// The passes of a client in the order in which they pay: plan priority, then what costs nothing at use, then the rule
/// of lots (earliest end, then oldest, then id). The end is that at the instant, whether or not anybody has written down
/// that a pass has begun.
///
/// # Errors
/// `out_of_range` beyond the calendar.
pub fn order_of_paying(
    held: &HeldPass,
    at: Instant,
    zone: Zone,
) -> Result<(i32, bool, Instant, Instant, PassId)> {
    let pass = &held.pass;
    let (_, ends) = pass.span_at(at, zone)?;
    let ends = ends.unwrap_or(Instant::FOREVER);
    Ok((pass.priority, pass.kind != PlanTag::Time, ends, pass.sold, pass.pass))
}

impl PassState {
    /// Whether a pass in this state can be used: it is active, or waits for its first use.
    #[must_use]
    pub fn is_usable(self, starts: Option<Instant>) -> bool {
        self == Self::Active || (self == Self::NotStarted && starts.is_none())
    }
}

/// What the door sees of a pass.
#[must_use]
pub fn door_pass(pass: &Pass) -> DoorPass {
    DoorPass {
        pass: pass.pass,
        plan: pass.plan,
        venue: pass.venue,
        kind: pass.kind,
        priority: pass.priority,
        sold: pass.sold,
        starts: pass.starts,
        latest_start: pass.latest_start,
        ends: pass.ends,
        validity: pass.validity.clone(),
        status: pass.status,
        currency: pass.price.currency(),
        account: pass.account,
        services: pass.services.clone(),
        categories: pass.categories.clone(),
        venues: pass.venues.clone(),
        usage: pass.usage.clone(),
        frozen: pass.frozen.clone(),
        freeze_ends_by_visit: pass.life.freeze.as_ref().is_some_and(|rules| rules.ends_by_visit),
    }
}

/// What one pass pays with, or every rule that speaks against it.
///
/// # Errors
/// `overflow` or `out_of_range` from the calendar; the caller must treat an error as a refusal.
pub fn payment_by(
    held: &HeldPass,
    facts: &EntryFacts,
    door: &DoorRules,
    wanted: Option<&Wanted>,
    at: Instant,
) -> Result<std::result::Result<Payment, Vec<RuleVerdict>>> {
    let pass = &held.pass;
    let mut rules = Vec::new();
    let mut speak = |(reason, until): Spoken| {
        rules.push(RuleVerdict { reason, pass: Some(pass.pass), until, missing: None });
    };
    if !pass.venues.is_empty() && !pass.venues.contains(&door.venue) {
        speak((DenyReason::VenueNotCovered, None));
    }
    if !covers(pass, wanted) {
        speak((DenyReason::ServiceNotCovered, None));
    }
    let span = pass.span_at(at, door.zone)?;
    let state = pass.state_at(at, door.zone, None, false)?;
    let ends_freeze = state == PassState::Frozen && door.ends_freeze && pass.freeze_ends_by_visit;
    if held.plan_deleted {
        speak((DenyReason::PlanDeleted, None));
    }
    if !ends_freeze {
        state_speaks(pass, state, span, at).into_iter().for_each(&mut speak);
    }
    if !pass.usage.is_empty() {
        let setting = Setting {
            zone: door.zone,
            place: door.place,
            sex: facts.sex,
            birth_date: facts.birth_date,
            at,
            quantity: quantity(wanted),
        };
        pass.usage.speak(&setting, held.counted.as_ref())?.into_iter().for_each(&mut speak);
    }
    // What has ended holds nothing any more: that it is empty is no news.
    let over = matches!(
        state,
        PassState::Cancelled | PassState::Transferred | PassState::Replaced | PassState::Expired
    );
    if over {
        return Ok(Err(rules));
    }
    let taken = match amount(held, wanted, at) {
        Ok(taken) => taken,
        Err(verdict) => {
            rules.push(verdict);
            return Ok(Err(rules));
        }
    };
    if !rules.is_empty() {
        return Ok(Err(rules));
    }
    // A pass that waits for its first use starts now.
    let ends = if span.0.is_none() { pass.end_when_started(at, door.zone)? } else { span.1 };
    let payer = Payer {
        pass: pass.pass,
        plan: pass.plan,
        kind: pass.kind,
        lots: taken.takes.iter().map(|taken| taken.lot).collect(),
        visits: taken.visits.map(|(cost, _)| cost),
        visits_left: taken.visits.map(|(_, left)| left),
        credit: taken.credit.map(|(cost, _)| cost),
        credit_left: taken.credit.map(|(_, left)| left),
        ends,
    };
    Ok(Ok(Payment { payer, takes: taken.takes, ends_freeze }))
}

/// What is taken: cost and rest in visits or credit.
#[derive(Default)]
struct Taken {
    takes: Vec<Take>,
    visits: Option<(i64, i64)>,
    credit: Option<(Money, Money)>,
}

/// What the lots of a pass give for a use, or why they do not.
fn amount(held: &HeldPass, wanted: Option<&Wanted>, at: Instant) -> std::result::Result<Taken, RuleVerdict> {
    let pass = &held.pass;
    let verdict = |reason, missing| RuleVerdict { reason, pass: Some(pass.pass), until: None, missing };
    if pass.kind == PlanTag::Time {
        return Ok(Taken::default());
    }
    let rest = lots::available(&held.lots, at);
    let needed = match (pass.kind, wanted) {
        (PlanTag::Visits, _) => quantity(wanted),
        // An amount in another currency is no price for it.
        (_, Some(wanted)) if rest > 0 && wanted.price.currency() != pass.currency => {
            return Err(verdict(DenyReason::NoPrice, None));
        }
        (_, Some(wanted)) => wanted.price.minor().saturating_mul(wanted.quantity),
        (_, None) if rest == 0 => return Err(verdict(DenyReason::Exhausted, None)),
        (_, None) => return Err(verdict(DenyReason::NoPrice, None)),
    };
    let left = rest.saturating_sub(needed);
    let credit = |minor| Money::new(minor, pass.currency);
    let missing = || match pass.kind {
        PlanTag::Visits => left.saturating_neg().to_string(),
        _ => credit(left.saturating_neg()).to_string(),
    };
    if rest == 0 {
        return Err(verdict(DenyReason::Exhausted, (left < 0).then(missing)));
    }
    let takes = lots::take(&held.lots, needed, at).map_err(|_| match pass.kind {
        PlanTag::Visits => verdict(DenyReason::Exhausted, Some(missing())),
        _ => verdict(DenyReason::InsufficientCredit, Some(missing())),
    })?;
    Ok(match pass.kind {
        PlanTag::Visits => Taken { takes, visits: Some((needed, left)), credit: None },
        _ => Taken { takes, visits: None, credit: Some((credit(needed), credit(left))) },
    })
}

fn quantity(wanted: Option<&Wanted>) -> i64 {
    wanted.map_or(1, |wanted| wanted.quantity)
}

/// What the state of a pass says against its use. What is left is asked of its lots.
fn state_speaks(
    pass: &DoorPass,
    state: PassState,
    (starts, ends): (Option<Instant>, Option<Instant>),
    at: Instant,
) -> Option<Spoken> {
    let until = || pass.frozen.iter().find(|one| one.from <= at && at < one.until).map(|one| one.until);
    match state {
        PassState::Cancelled => Some((DenyReason::Cancelled, None)),
        PassState::Transferred => Some((DenyReason::Transferred, None)),
        PassState::Replaced => Some((DenyReason::Replaced, None)),
        PassState::Expired => Some((DenyReason::Expired, ends)),
        PassState::NotStarted => starts.map(|starts| (DenyReason::NotStarted, Some(starts))),
        PassState::Frozen => Some((DenyReason::Frozen, until())),
        PassState::Active | PassState::Exhausted | PassState::Suspended => None,
    }
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

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests;
