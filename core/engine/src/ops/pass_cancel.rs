//! The cancellation of a pass.

use super::pass_course::{self, Changing};
use super::pass_sell::Payment;
use crate::books::{Group, Moved, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Counter, Party, PaymentMethod, TransferReason, Unit};
use carnet_domain::life::PassAct;
use carnet_domain::lots::{Lot, Origin, Take};
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::plan::PlanTag;
use carnet_domain::{Error, GroupId, Instant, Money, PassId, Reason, Result, record, request, words};

request! {
    /// Cancels a pass; refunds what is asked for, the rest of its value lapses. Or cancels it for its end: it goes on until
    /// then and is not renewed, and `pass.change` takes that back.
    pub struct PassCancel {
        /// The pass.
        pub pass: PassId,
        /// Why, 1 to 200 characters. Kept in the journal: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
        /// What is given back, tax included; not more than the value still owed with its tax.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub refund: Option<Payment>,
        /// All that is still owed is given back in this way, with its tax.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub refund_rest: Option<PaymentMethod>,
        /// Now if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub when: Option<CancelWhen>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }
}

words! {
    /// When a pass is cancelled.
    pub enum CancelWhen {
        /// Now.
        Now "now",
        /// At its end: it is not renewed.
        AtEnd "at_end",
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
        /// From when it cannot be used any more.
        pub ends: Instant,
        /// The transfers of the cancellation; none if it was cancelled for its end.
        pub group: Option<GroupId>,
    }
}

pub(crate) fn cancel(work: &mut Work<'_>, request: PassCancel) -> Result<PassCancelled> {
    let reason = input::text(&request.reason, "reason", 200)?;
    let pass = super::pass::existing(work, request.pass)?;
    if pass.status == PassStatus::Cancelled {
        return Err(Error::field(Reason::AlreadyDone, "pass"));
    }
    let mut changing = Changing::named(work, request.pass, request.expected_version)?;
    if request.refund.is_some() && request.refund_rest.is_some() {
        return Err(Error::field(Reason::Contradiction, "refund_rest"));
    }
    if request.when == Some(CancelWhen::AtEnd) {
        return cancel_at_end(work, changing, &request, reason);
    }
    let group = changing.group(work)?;
    let lots = pass_course::lots(work, &pass)?;
    let recognised = recognise(work, &group, &pass, &lots)?;
    let owed = pass_course::owed(&pass, &lots, recognised);
    let refund = match request.refund_rest {
        Some(method) => refund_rest(work, &group, &pass, owed, method)?,
        None => refund(work, &group, &pass, owed, request.refund.as_ref())?,
    };
    let lapsed = owed.checked_sub(refund.net)?;
    group.between(work, TransferReason::Breakage, lapsed, Counter::DeferredRevenue, Counter::Breakage)?;
    forfeit(work, &group, &pass, &lots)?;
    if refund.gross.minor() > 0 {
        let back = Money::zero(refund.gross.currency()).checked_sub(refund.gross)?;
        work.add(Change::Spent { client: pass.client, amount: back });
    }
    free_previous(work, &pass)?;
    // It stays as it was, so that its state before the cancellation can still be told.
    (changing.pass.starts, changing.pass.ends) = (pass.starts, pass.ends);
    changing.pass.status = PassStatus::Cancelled;
    changing.pass.closed = Some(work.at);
    let (ends, group) = (work.at, changing.group_id());
    let pass = changing.record(work, PassAct::Cancel, Some(reason))?;
    Ok(PassCancelled {
        pass: pass.pass,
        version: pass.version,
        recognised: Money::new(recognised, owed.currency()),
        refunded: refund.gross,
        lapsed,
        ends,
        group,
    })
}

/// The pass goes on until its end and is not renewed.
fn cancel_at_end(
    work: &mut Work<'_>,
    mut changing: Changing,
    request: &PassCancel,
    reason: String,
) -> Result<PassCancelled> {
    let field =
        if request.refund.is_some() { Some("refund") } else { request.refund_rest.map(|_| "refund_rest") };
    if let Some(field) = field {
        return Err(Error::field(Reason::Contradiction, field).with("when", CancelWhen::AtEnd));
    }
    if changing.pass.cancel_at_end {
        return Err(Error::field(Reason::AlreadyDone, "pass"));
    }
    if let Some(next) = changing.pass.next {
        return Err(Error::field(Reason::NotAllowed, "pass").with("next", next));
    }
    changing.refuse_ended(work)?;
    let never = || Error::field(Reason::NotAllowed, "when").with("ends", "never");
    let ends = changing.pass.ends.ok_or_else(never)?;
    let lots = pass_course::lots(work, &changing.pass)?;
    let earned = changing.before.earned_by_time(work.at, changing.zone)?;
    let owed = pass_course::owed(&changing.before, &lots, earned);
    changing.pass.cancel_at_end = true;
    let pass = changing.write(work, PassAct::CancelAtEnd, Some(reason))?;
    Ok(PassCancelled {
        pass: pass.pass,
        version: pass.version,
        recognised: pass.value.checked_sub(owed)?,
        refunded: Money::zero(pass.price.currency()),
        lapsed: Money::zero(pass.value.currency()),
        ends,
        group: None,
    })
}

/// A cancelled renewal leaves the pass before it to be renewed again.
pub(crate) fn free_previous(work: &mut Work<'_>, pass: &Pass) -> Result<()> {
    let Some(id) = pass.previous else { return Ok(()) };
    match store::pass::get(work.db(), id)? {
        Some(previous) if previous.next == Some(pass.pass) && previous.status == PassStatus::Open => {
            let mut previous = Changing::of(work, previous)?;
            previous.pass = Pass { next: None, ..previous.before.clone() };
            previous.record(work, PassAct::Change, None).map(drop)
        }
        _ => Ok(()),
    }
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

/// What was given back.
pub(crate) struct Refund {
    pub gross: Money,
    pub net: Money,
}

/// Gives back all that is owed, with its tax.
fn refund_rest(
    work: &mut Work<'_>,
    group: &Group,
    pass: &Pass,
    owed: Money,
    method: PaymentMethod,
) -> Result<Refund> {
    let gross = carnet_domain::proration::gross_of(owed, pass.value, pass.price)?;
    pay_back(work, group, pass, Refund { gross, net: owed }, method)
}

/// Gives back what is asked for, which must be owed.
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
    pay_back(work, group, pass, Refund { gross, net }, payment.method)
}

/// Posts what is given back: the part net of tax from deferred revenue, the tax from tax payable.
pub(crate) fn pay_back(
    work: &mut Work<'_>,
    group: &Group,
    pass: &Pass,
    back: Refund,
    method: PaymentMethod,
) -> Result<Refund> {
    let Refund { gross, net } = back;
    if gross.minor() == 0 {
        return Ok(back);
    }
    let tax = gross.checked_sub(net)?;
    let (credit, mut moved) = match method.counter() {
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
    Ok(back)
}

fn back_to_account(work: &mut Work<'_>, pass: &Pass, gross: Money) -> Result<(Party, Moved)> {
    let mut account = crate::books::money_account(work, pass.client, pass.venue, gross.currency())?;
    let moved = crate::books::fund(work, &mut account, gross.minor(), Origin::Paid, None)?;
    Ok((Party::Account(account.account), moved))
}

/// Takes what is left on the pass out of it.
pub(crate) fn forfeit(work: &mut Work<'_>, group: &Group, pass: &Pass, lots: &[Lot]) -> Result<()> {
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
