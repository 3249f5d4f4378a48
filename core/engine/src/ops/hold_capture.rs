//! The capture of a hold.

use super::hold::{
    CapturedPart, HoldAmount, HoldCapture, HoldCaptured, Named, all_named, open_hold, write_held, written,
};
use crate::books::{Group, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::{Work, next_version};
use carnet_domain::account::{Account, Counter, Party, TransferReason, Unit};
use carnet_domain::hold::{self, Hold, HoldPart, HoldState};
use carnet_domain::lots::{Lot, Take, apply};
use carnet_domain::pass::Pass;
use carnet_domain::usage::PassUse;
use carnet_domain::{AccountId, Error, Money, Percent, Reason, Result, ServiceId};
use std::collections::BTreeMap;

/// What is captured of one account.
struct Taking {
    account: Account,
    pass: Option<Pass>,
    amount: i64,
    lots: Vec<Lot>,
    takes: Vec<Take>,
}

pub(crate) fn capture(work: &mut Work<'_>, request: HoldCapture) -> Result<HoldCaptured> {
    let service = match request.service {
        Some(id) => {
            let found = work.config.services.get(&input::id(id, "service")?).cloned();
            Some(found.ok_or_else(|| Error::field(Reason::ServiceNotFound, "service"))?)
        }
        None => None,
    };
    let rate = request.tax.or(service.as_ref().map(|service| service.tax)).unwrap_or(Percent::ZERO);
    let mut hold = open_hold(work, request.hold)?;
    let mut takings = Vec::new();
    for wanted in wanted(work, &hold, &request.parts)? {
        takings.push(decide(work, &mut hold, wanted, request.keep_open)?);
    }
    let ends = !request.keep_open || hold.parts.iter().all(|part| part.held == 0);
    let mut group = Group::new(work)?;
    group.client = Some(hold.client);
    if ends {
        hold.parts.iter_mut().for_each(|part| part.held = 0);
        (hold.state, hold.ended) = (HoldState::Captured, Some(work.at));
    }
    hold.group = Some(group.group);
    hold.version = next_version(hold.version)?;
    let held = write_held(work, &hold)?;
    let mut captured = Vec::new();
    for mut taking in takings {
        for lot in &mut taking.lots {
            let of_account = held.get(&taking.account.account);
            let now = of_account.and_then(|held| held.get(&lot.lot)).map_or(0, |(held, _)| *held);
            // Written down just now, and no longer stale.
            (lot.held, lot.held_until) = (now, None);
        }
        captured.push(take(work, &group, taking, rate, request.service)?);
    }
    let reply = HoldCaptured {
        hold: hold.hold,
        version: hold.version,
        state: hold.state,
        group: group.group,
        captured,
    };
    work.add(Change::Hold(hold));
    Ok(reply)
}

/// What is to be captured of each account: what the request names, or all that is held.
fn wanted(work: &mut Work<'_>, hold: &Hold, parts: &[HoldAmount]) -> Result<Vec<Named>> {
    if !parts.is_empty() {
        let all = all_named(work, hold.client, parts)?;
        let other =
            all.iter().find(|named| !hold.parts.iter().any(|part| part.account == named.account.account));
        return match other {
            Some(named) => Err(Error::field(Reason::OverCapture, named.field.as_str()).with("held", 0)),
            None => Ok(all),
        };
    }
    let mut amounts: BTreeMap<AccountId, i64> = BTreeMap::new();
    for part in &hold.parts {
        let sum = amounts.entry(part.account).or_default();
        *sum = sum.saturating_add(part.held);
    }
    let mut all = Vec::new();
    for (account, amount) in amounts.into_iter().filter(|(_, amount)| *amount > 0) {
        let account = store::account::get(work.db(), account)?.ok_or(Reason::Internal)?;
        let pass = match account.pass {
            Some(pass) => store::pass::get(work.db(), pass)?,
            None => None,
        };
        all.push(Named { account, pass, amount, field: "hold".to_owned() });
    }
    Ok(all)
}

/// Decides what is taken from the lots of one account, and takes it off what the hold holds.
fn decide(work: &mut Work<'_>, hold: &mut Hold, wanted: Named, keep_open: bool) -> Result<Taking> {
    let at = work.at;
    let Named { account, pass, amount, field } = wanted;
    if pass.as_ref().is_some_and(|pass| pass.closed.is_some()) {
        return Err(Error::field(Reason::PassClosed, field));
    }
    let mut lots = store::account::open_lots(work.db(), account.account)?;
    store::hold::recount(work.db(), &mut lots, at)?;
    let parts: Vec<HoldPart> =
        hold.parts.iter().filter(|part| part.account == account.account).cloned().collect();
    // More than is held is taken once, by the capture that ends the hold.
    let beyond = if keep_open { 0 } else { hold.most_beyond(account.account, account.unit) };
    let (takes, of_held) = hold::capture(&parts, &lots, amount, beyond, at)
        .map_err(|error| written(error, account.unit, &field))?;
    for part in hold.parts.iter_mut().filter(|part| part.account == account.account) {
        part.held = part.held.saturating_sub(of_held.get(&part.lot).copied().unwrap_or(0));
    }
    Ok(Taking { account, pass, amount, lots, takes })
}

/// Posts what is captured of one account: a charge of money, a use of a pass.
fn take(
    work: &mut Work<'_>,
    group: &Group,
    taking: Taking,
    rate: Percent,
    service: Option<ServiceId>,
) -> Result<CapturedPart> {
    let Taking { account, pass, amount, lots, takes } = taking;
    match (&pass, account.unit) {
        (Some(pass), unit) => use_pass(work, *group, pass, unit, &lots, &takes)?,
        (None, Unit::Money(currency)) => {
            let money = Money::new(amount, currency);
            super::account::post_charge(work, group, account.account, money, rate, takes.clone())?;
        }
        (None, _) => return Err(Error::new(Reason::Internal).with("what", "a hold on an account of nothing")),
    }
    if let Some(pass) = &pass {
        let used = PassUse {
            pass_use: work.id()?,
            pass: pass.pass,
            client: pass.client,
            venue: work.venue()?.venue,
            service,
            at: work.at,
            made: work.at,
            visit: None,
            booking: None,
            group: group.group,
            amount,
            quantity: if account.unit == Unit::Visits {
                i32::try_from(amount).unwrap_or(i32::MAX)
            } else {
                1
            },
            back: 0,
            reversed: None,
        };
        work.add(Change::Use(used));
    }
    for taken in &takes {
        let before = lots.iter().find(|lot| lot.lot == taken.lot).ok_or(Reason::Internal)?;
        let mut after = before.clone();
        apply(&mut after, taken)?;
        work.add(Change::of_lot(before, &after));
    }
    let amount = account.unit.write(amount);
    Ok(CapturedPart { account: account.account, pass: account.pass, unit: account.unit, amount, lots: takes })
}

/// Posts a use of a pass and the value that it earns, in the books of the venue that sold it.
fn use_pass(
    work: &mut Work<'_>,
    mut group: Group,
    pass: &Pass,
    unit: Unit,
    lots: &[Lot],
    takes: &[Take],
) -> Result<()> {
    if pass.starts.is_none() {
        let zone = work.zone_of(pass.venue)?;
        let start = pass.span_at(work.at, zone)?.0.unwrap_or(work.at);
        super::day::write_start(work, pass.clone(), lots, start)?;
    }
    let account = pass.account.ok_or(Reason::Internal)?;
    group.venue = pass.venue;
    (group.pass, group.plan) = (Some(pass.pass), Some(pass.plan));
    let movement = Movement {
        reason: TransferReason::Use,
        unit,
        amount: takes.iter().map(|taken| taken.amount).fold(0, i64::saturating_add),
        debit: Party::Account(account),
        credit: Party::Counter(Counter::Used),
    };
    group.post(work, movement, takes.to_vec())?;
    let earned = takes.iter().map(|taken| taken.recognised).fold(0, i64::saturating_add);
    let earned = Money::new(earned, pass.value.currency());
    group.between(work, TransferReason::Recognition, earned, Counter::DeferredRevenue, Counter::Revenue)
}
