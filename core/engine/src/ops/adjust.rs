//! Corrections by hand: money on an account, visits or credit of a pass.

use crate::books::{Group, Moved, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Account, Counter, Party, TransferReason, Unit};
use carnet_domain::lots::{self, Lot, Origin, Take, lapse};
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::{
    AccountId, ClientId, Error, GroupId, Instant, LotId, Money, PassId, Reason, Result, record, request,
};

request! {
    /// Gives a client money or takes some away, by hand. What is given pays first what is owed on the account.
    pub struct AccountAdjust {
        /// The client.
        pub client: ClientId,
        /// How much; negative takes away, not more than what is there.
        pub amount: Money,
        /// The instant from which what is given cannot be used any more. Never if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expires: Option<Instant>,
        /// Why, 1 to 200 characters. Shown in statements: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
    }

    /// Gives a pass visits or credit or takes some away, by hand. What is given has no value that is owed; of what is taken
    /// away, the value lapses in proportion.
    pub struct PassAdjust {
        /// The pass.
        pub pass: PassId,
        /// How many visits, -100 000 to 100 000 and not 0. Give this for a pass of visits.
        #[schemars(range(min = -100_000, max = 100_000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub visits: Option<i64>,
        /// How much credit. Give this for a pass of credit.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub credit: Option<Money>,
        /// Why, 1 to 200 characters. Shown in statements: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
    }
}

record! {
    /// An account was corrected.
    pub struct Adjusted {
        /// The account.
        pub account: AccountId,
        /// The transfers.
        pub group: GroupId,
        /// What it counts.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// The lot of what was given.
        pub lot: Option<LotId>,
        /// The lots that something was taken from; of money given, what of it paid a debt.
        pub lots: Vec<Take>,
        /// What is there after it, in the unit.
        pub rest: String,
        /// The value that lapsed with what was taken away, net of tax; none for money.
        pub lapsed: Option<Money>,
    }
}

pub(crate) fn account(work: &mut Work<'_>, request: AccountAdjust) -> Result<Adjusted> {
    let reason = input::text(&request.reason, "reason", 200)?;
    let amount = request.amount;
    if amount.minor() == 0 {
        return Err(Error::field(Reason::OutOfRange, "amount.amount").with("min", "not 0"));
    }
    if request.expires.is_some_and(|end| end <= work.at) {
        return Err(Error::field(Reason::EndBeforeStart, "expires"));
    }
    let client = super::client::existing(work, request.client)?.client;
    let venue = work.venue()?.venue;
    let unit = Unit::Money(amount.currency());
    let at = work.at;
    let found = store::account::of_client_in(work.db(), client, unit)?;
    let mut account = match found {
        Some(account) => account,
        None if amount.minor() > 0 => {
            crate::books::open_money_account(work, client, venue, amount.currency())?
        }
        None => return Err(short(unit, amount.minor().saturating_neg(), 0, "amount.amount")),
    };
    let before = store::account::available(work.db(), account.account, at)?;
    let mut group = Group::new(work)?;
    group.client = Some(client);
    let (moved, after) = if amount.minor() > 0 {
        let moved = crate::books::fund(work, &mut account, amount.minor(), Origin::Bonus, request.expires)?;
        let paid = moved.lots.iter().map(|taken| taken.amount).fold(0, i64::saturating_add);
        (moved, before.saturating_add(amount.minor()).saturating_sub(paid))
    } else {
        let wanted = amount.minor().saturating_neg();
        let mut lots = store::account::open_lots(work.db(), account.account)?;
        store::hold::recount(work.db(), &mut lots, at)?;
        let takes = take(&lots, wanted, unit, at, "amount.amount")?;
        crate::books::change_lots(work, &lots, &takes)?;
        (Moved { lots: takes, ..Moved::default() }, before.saturating_sub(wanted))
    };
    let (lot, lots) = (moved.lot, moved.lots.clone());
    group.write(work, movement(&account, amount.minor(), Counter::Adjustment), moved)?;
    work.add(Change::Adjustment { group: group.group, operator: work.call.by, reason });
    let rest = unit.write(after);
    Ok(Adjusted { account: account.account, group: group.group, unit, lot, lots, rest, lapsed: None })
}

/// What is given comes from the counter-account, what is taken away goes to it.
fn movement(account: &Account, amount: i64, counter: Counter) -> Movement {
    let (own, other) = (Party::Account(account.account), Party::Counter(counter));
    let (debit, credit) = if amount > 0 { (other, own) } else { (own, other) };
    let amount = amount.saturating_abs();
    Movement { reason: TransferReason::Adjustment, unit: account.unit, amount, debit, credit }
}

fn short(unit: Unit, needed: i64, available: i64, field: &str) -> Error {
    Error::field(Reason::Insufficient, field)
        .with("needed", unit.write(needed))
        .with("available", unit.write(available))
        .with("missing", unit.write(needed.saturating_sub(available)))
}

fn take(lots: &[Lot], wanted: i64, unit: Unit, at: Instant, field: &str) -> Result<Vec<Take>> {
    lots::take(lots, wanted, at).map_err(|error| match error.reason() {
        Reason::Insufficient => short(unit, wanted, lots::available(lots, at), field),
        _ => error,
    })
}

pub(crate) fn pass(work: &mut Work<'_>, request: PassAdjust) -> Result<Adjusted> {
    let reason = input::text(&request.reason, "reason", 200)?;
    let at = work.at;
    let pass = super::pass::existing(work, request.pass)?;
    let account = match pass.account {
        Some(account) => store::account::get(work.db(), account)?,
        None => None,
    };
    let account = account.ok_or_else(|| Error::field(Reason::NotWithPlanKind, "pass"))?;
    let (amount, field) = amount(&request, account.unit)?;
    if pass.status != PassStatus::Open {
        return Err(Error::field(Reason::PassClosed, "pass"));
    }
    let zone = work.zone_of(pass.venue)?;
    if pass.span_at(at, zone)?.1.is_some_and(|end| end <= at) {
        return Err(Error::field(Reason::PassEnded, "pass"));
    }
    let mut group = Group::new(work)?;
    group.venue = pass.venue;
    (group.client, group.pass, group.plan) = (Some(pass.client), Some(pass.pass), Some(pass.plan));
    let mut lots = store::account::open_lots(work.db(), account.account)?;
    store::hold::recount(work.db(), &mut lots, at)?;
    let before = lots::available(&lots, at);
    let mut adjusted = Adjusted {
        account: account.account,
        group: group.group,
        unit: account.unit,
        lot: None,
        lots: Vec::new(),
        rest: account.unit.write(before.saturating_add(amount)),
        lapsed: None,
    };
    if amount > 0 {
        let expires = if pass.starts.is_some() { pass.ends } else { None };
        let lot = super::account::money_lot(work, account.account, amount, Origin::Bonus, expires)?;
        adjusted.lot = Some(lot.lot);
        work.add(Change::Lot(lot.clone()));
        group.grant(work, movement(&account, amount, Counter::Issued), lot.lot)?;
    } else {
        let takes = take(&lots, amount.saturating_neg(), account.unit, at, field)?;
        let (lapsed, takes) = take_away(work, &group, &pass, &account, &lots, &takes)?;
        (adjusted.lapsed, adjusted.lots) = (Some(lapsed), takes);
    }
    work.add(Change::Adjustment { group: group.group, operator: work.call.by, reason });
    Ok(adjusted)
}

fn amount(request: &PassAdjust, unit: Unit) -> Result<(i64, &'static str)> {
    let not_zero = |amount: i64, field: &str| {
        if amount == 0 {
            return Err(Error::field(Reason::OutOfRange, field).with("min", "not 0"));
        }
        Ok(())
    };
    match (request.visits, request.credit, unit) {
        (Some(_), Some(_), _) => Err(Error::field(Reason::Contradiction, "credit")),
        (None, None, _) => Err(Error::field(Reason::Required, "visits")),
        (Some(visits), None, Unit::Visits) => {
            input::range(visits, "visits", -100_000, 100_000)?;
            not_zero(visits, "visits").map(|()| (visits, "visits"))
        }
        (None, Some(credit), Unit::Credit(currency)) => {
            if credit.currency() != currency {
                return Err(Error::field(Reason::CurrencyMismatch, "credit"));
            }
            not_zero(credit.minor(), "credit.amount").map(|()| (credit.minor(), "credit.amount"))
        }
        (Some(_), None, _) => Err(Error::field(Reason::NotWithPlanKind, "visits")),
        (None, Some(_), _) => Err(Error::field(Reason::NotWithPlanKind, "credit")),
    }
}

/// Takes visits or credit away, whose value lapses. Returns that value and what was taken.
fn take_away(
    work: &mut Work<'_>,
    group: &Group,
    pass: &Pass,
    account: &Account,
    lots: &[Lot],
    takes: &[Take],
) -> Result<(Money, Vec<Take>)> {
    let at = work.at;
    if lots.iter().any(|lot| store::hold::is_stale(lot, at)) {
        crate::holds::write_down(work, &[account.account])?;
    }
    let (mut value, mut taken_away) = (0_i64, Vec::new());
    for taken in takes {
        let before = lots.iter().find(|lot| lot.lot == taken.lot).ok_or(Reason::Internal)?;
        let (after, taken) = lapse(before, taken.amount)?;
        value = value.saturating_add(after.released.saturating_sub(before.released));
        work.add(Change::of_lot(before, &after));
        taken_away.push(taken);
    }
    let amount = takes.iter().map(|taken| taken.amount).fold(0, i64::saturating_add);
    let moved = movement(account, amount.saturating_neg(), Counter::Forfeited);
    group.post(work, moved, taken_away.clone())?;
    let value = Money::new(value, pass.value.currency());
    group.between(work, TransferReason::Breakage, value, Counter::DeferredRevenue, Counter::Breakage)?;
    Ok((value, taken_away))
}
