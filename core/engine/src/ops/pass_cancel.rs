//! The cancellation of a pass.

use super::pass_sell::Payment;
use crate::books::{Group, Moved, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::{Work, next_version, refuse_stale};
use carnet_domain::account::{Counter, Party, TransferReason, Unit};
use carnet_domain::lots::{Lot, Origin, Take};
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::plan::PlanTag;
use carnet_domain::{Error, GroupId, Money, PassId, Reason, Result, record, request};

request! {
    /// Cancels a pass; refunds what is asked for, the rest of its value lapses.
    pub struct PassCancel {
        /// The pass.
        pub pass: PassId,
        /// Why, 1 to 200 characters. Kept in the journal: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
        /// What is given back, tax included; not more than the value still owed with its tax.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub refund: Option<Payment>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }
}

record! {
    /// A pass was cancelled.
    pub struct PassCancelled {
        /// Its id.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// The value recognised over its life, net of tax.
        pub recognised: Money,
        /// What was given back, tax included.
        pub refunded: Money,
        /// The value that lapsed, net of tax.
        pub lapsed: Money,
        /// The transfers of the cancellation.
        pub group: GroupId,
    }
}

pub(crate) fn cancel(work: &mut Work<'_>, request: PassCancel) -> Result<PassCancelled> {
    input::text(&request.reason, "reason", 200)?;
    let mut pass = super::pass::existing(work, request.pass)?;
    refuse_stale(request.expected_version, pass.version)?;
    if pass.status != PassStatus::Open {
        return Err(Error::field(Reason::AlreadyDone, "pass"));
    }
    if work.venue()?.venue != pass.venue {
        return Err(Error::field(Reason::Contradiction, "venue").with("sold_at", pass.venue));
    }
    let mut group = Group::new(work)?;
    (group.client, group.pass, group.plan) = (Some(pass.client), Some(pass.pass), Some(pass.plan));
    let lots = match pass.account {
        Some(account) => store::account::all_lots(work.db(), account)?,
        None => Vec::new(),
    };
    let at = work.at;
    let mut lots = lots;
    store::hold::recount(work.db(), &mut lots, at)?;
    if let Some(account) = pass.account.filter(|_| lots.iter().any(|lot| store::hold::is_stale(lot, at))) {
        crate::holds::write_down(work, account)?;
    }
    let recognised = recognise(work, &group, &pass, &lots)?;
    let owed = match pass.kind {
        PlanTag::Time => pass.value.minor().saturating_sub(recognised),
        _ => lots.iter().map(Lot::owed).fold(0, i64::saturating_add),
    };
    let owed = Money::new(owed, pass.value.currency());
    let refund = refund(work, &group, &pass, owed, request.refund.as_ref())?;
    let lapsed = owed.checked_sub(refund.net)?;
    group.between(work, TransferReason::Breakage, lapsed, Counter::DeferredRevenue, Counter::Breakage)?;
    forfeit(work, &group, &pass, &lots)?;
    pass.status = PassStatus::Cancelled;
    pass.closed = Some(work.at);
    pass.version = next_version(pass.version)?;
    if refund.gross.minor() > 0 {
        let back = Money::zero(refund.gross.currency()).checked_sub(refund.gross)?;
        work.add(Change::Spent { client: pass.client, amount: back });
    }
    let cancelled = PassCancelled {
        pass: pass.pass,
        version: pass.version,
        recognised: Money::new(recognised, owed.currency()),
        refunded: refund.gross,
        lapsed,
        group: group.group,
    };
    work.add(Change::Pass(pass));
    Ok(cancelled)
}

/// Posts what a time pass has earned since the last close of a day, and returns all that was recognised.
fn recognise(work: &mut Work<'_>, group: &Group, pass: &Pass, lots: &[Lot]) -> Result<i64> {
    if pass.kind != PlanTag::Time {
        return Ok(lots.iter().map(|lot| lot.recognised).fold(0, i64::saturating_add));
    }
    let zone = work.zone_of(pass.venue)?;
    let earned = pass.earned_by_time(work.at, zone)?;
    let posted = super::day::posted(work, pass, zone)?;
    let rest = Money::new(earned.saturating_sub(posted).max(0), pass.value.currency());
    group.between(work, TransferReason::TimeRecognition, rest, Counter::DeferredRevenue, Counter::Revenue)?;
    Ok(earned.max(posted))
}

struct Refund {
    gross: Money,
    net: Money,
}

/// Posts what is given back: the part net of tax from deferred revenue, the tax from tax payable.
fn refund(
    work: &mut Work<'_>,
    group: &Group,
    pass: &Pass,
    owed: Money,
    asked: Option<&Payment>,
) -> Result<Refund> {
    let Some(payment) = asked else {
        let nothing = Money::zero(owed.currency());
        return Ok(Refund { gross: nothing, net: nothing });
    };
    let gross = input::positive(payment.amount, "refund.amount")?;
    if gross.currency() != owed.currency() {
        return Err(Error::field(Reason::CurrencyMismatch, "refund.amount"));
    }
    let net = gross.net_of_tax(pass.tax)?;
    if net.minor() > owed.minor() {
        return Err(Error::field(Reason::NothingToRefund, "refund.amount").with("owed_net_of_tax", owed));
    }
    let tax = gross.checked_sub(net)?;
    let (credit, mut moved) = match payment.method.counter() {
        Some(counter) => (Party::Counter(counter), Moved::default()),
        None => back_to_account(work, pass, gross)?,
    };
    let unit = Unit::Money(gross.currency());
    let movement = |reason, amount: Money, debit| Movement {
        reason,
        unit,
        amount: amount.minor(),
        debit: Party::Counter(debit),
        credit: credit.clone(),
    };
    for (reason, amount, debit) in [
        (TransferReason::Refund, net, Counter::DeferredRevenue),
        (TransferReason::TaxRefund, tax, Counter::TaxPayable),
    ] {
        let moved = if amount.minor() > 0 { std::mem::take(&mut moved) } else { Moved::default() };
        group.write(work, movement(reason, amount, debit), moved)?;
    }
    Ok(Refund { gross, net })
}

fn back_to_account(work: &mut Work<'_>, pass: &Pass, gross: Money) -> Result<(Party, Moved)> {
    let mut account = crate::books::money_account(work, pass.client, pass.venue, gross.currency())?;
    let moved = crate::books::fund(work, &mut account, gross.minor(), Origin::Paid, None)?;
    Ok((Party::Account(account.account), moved))
}

/// Takes what is left on the pass out of it.
fn forfeit(work: &mut Work<'_>, group: &Group, pass: &Pass, lots: &[Lot]) -> Result<()> {
    let Some(account) = pass.account else { return Ok(()) };
    let unit = match pass.kind {
        PlanTag::Credit => Unit::Credit(pass.price.currency()),
        _ => Unit::Visits,
    };
    for lot in lots {
        if lot.held > 0 {
            return Err(Error::field(Reason::Contradiction, "pass").with("held", lot.held));
        }
        let (after, taken) = lapse(lot);
        if after == *lot {
            continue;
        }
        let movement = Movement {
            reason: TransferReason::Forfeit,
            unit,
            amount: taken.amount,
            debit: Party::Account(account),
            credit: Party::Counter(Counter::Forfeited),
        };
        group.post(work, movement, vec![taken])?;
        work.add(Change::of_lot(lot, &after));
    }
    Ok(())
}

/// A lot with nothing left, its value released, and what was taken from it.
pub(crate) fn lapse(lot: &Lot) -> (Lot, Take) {
    let released = lot.value.saturating_sub(lot.recognised);
    let after = Lot { rest: 0, released, ..lot.clone() };
    (after, Take { lot: lot.lot, amount: lot.rest, recognised: 0 })
}
