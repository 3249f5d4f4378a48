//! Posting: the transfers of one operation, which belong together.

use crate::changes::Change;
use crate::store;
use crate::store::account::Purse;
use crate::work::Work;
use carnet_domain::account::{Account, Counter, Party, PaymentMethod, Transfer, TransferReason, Unit};
use carnet_domain::lots::{self, Take};
use carnet_domain::money::proportion;
use carnet_domain::{
    AccountId, ClientId, Currency, Date, Error, GroupId, Instant, LotId, Money, PassId, PlanId, Reason,
    Result, TransferId, VenueId, VisitId,
};
use std::collections::BTreeSet;

/// A group of transfers, and what they concern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    pub group: GroupId,
    pub venue: VenueId,
    business_date: Date,
    pub client: Option<ClientId>,
    pub pass: Option<PassId>,
    pub plan: Option<PlanId>,
    pub visit: Option<VisitId>,
}

/// One movement.
pub(crate) struct Movement {
    pub reason: TransferReason,
    pub unit: Unit,
    pub amount: i64,
    pub debit: Party,
    pub credit: Party,
}

/// What a movement did to lots, and what it reverses.
#[derive(Default)]
pub(crate) struct Moved {
    pub lots: Vec<Take>,
    pub lot: Option<LotId>,
    pub reverses: Option<TransferId>,
}

impl Group {
    /// A new group in the books of the operation's venue.
    pub fn new(work: &mut Work<'_>) -> Result<Self> {
        let (venue, business_date) = (work.venue()?.venue, work.business_date()?);
        Ok(Self {
            group: work.id()?,
            venue,
            business_date,
            client: None,
            pass: None,
            plan: None,
            visit: None,
        })
    }

    /// Posts a movement, if it moves anything.
    pub fn post(&self, work: &mut Work<'_>, movement: Movement, lots: Vec<Take>) -> Result<()> {
        self.write(work, movement, Moved { lots, ..Moved::default() })
    }

    /// Posts a movement that granted a lot.
    pub fn grant(&self, work: &mut Work<'_>, movement: Movement, lot: LotId) -> Result<()> {
        self.write(work, movement, Moved { lot: Some(lot), ..Moved::default() })
    }

    /// Posts a movement that took from some lots and granted another.
    pub fn hand_over(
        &self,
        work: &mut Work<'_>,
        movement: Movement,
        lots: Vec<Take>,
        lot: LotId,
    ) -> Result<()> {
        self.write(work, movement, Moved { lots, lot: Some(lot), ..Moved::default() })
    }

    /// Posts a movement, if it moves anything, with all that it did to lots.
    pub fn write(&self, work: &mut Work<'_>, movement: Movement, moved: Moved) -> Result<()> {
        if movement.amount == 0 {
            return Ok(());
        }
        let transfer = Transfer {
            transfer: work.id()?,
            group: self.group,
            at: work.at,
            venue: self.venue,
            business_date: self.business_date,
            unit: movement.unit,
            amount: movement.amount,
            debit: movement.debit,
            credit: movement.credit,
            reason: movement.reason,
            client: self.client,
            pass: self.pass,
            plan: self.plan,
            visit: self.visit,
            lots: moved.lots,
            lot: moved.lot,
            reverses: moved.reverses,
        };
        work.add(Change::Transfer(transfer));
        Ok(())
    }

    /// Posts money between two counter-accounts.
    pub fn between(
        &self,
        work: &mut Work<'_>,
        reason: TransferReason,
        money: Money,
        debit: Counter,
        credit: Counter,
    ) -> Result<()> {
        let movement = Movement {
            reason,
            unit: Unit::Money(money.currency()),
            amount: money.minor(),
            debit: Party::Counter(debit),
            credit: Party::Counter(credit),
        };
        self.post(work, movement, Vec::new())
    }
}

/// A client's money account that pays, and the lots that were taken.
pub(crate) struct Paid {
    pub account: Account,
    pub takes: Vec<Take>,
    /// What could be spent before, where that is known.
    pub before: Option<i64>,
}

/// What a client can pay with, for a use of `amount`.
pub(crate) fn purse(work: &mut Work<'_>, client: ClientId, amount: Money) -> Result<Option<Purse>> {
    let (unit, at) = (Unit::Money(amount.currency()), work.at);
    store::account::purse(work.db(), client, unit, amount.minor(), at)
}

/// Puts money on an account in a lot of its own, which first pays what is owed on it. Returns the lot and what it paid.
pub(crate) fn fund(
    work: &mut Work<'_>,
    account: &mut Account,
    amount: i64,
    origin: lots::Origin,
    expires: Option<Instant>,
) -> Result<Moved> {
    let mut lot = crate::ops::account::money_lot(work, account.account, amount, origin, expires)?;
    let paid = account.debt.min(amount);
    lot.rest = amount.saturating_sub(paid);
    let moved = Moved {
        lots: if paid > 0 { vec![Take { lot: lot.lot, amount: paid, recognised: 0 }] } else { Vec::new() },
        lot: Some(lot.lot),
        reverses: None,
    };
    work.add(Change::Lot(lot));
    if paid > 0 {
        account.debt = account.debt.saturating_sub(paid);
        work.add(Change::Account(account.clone()));
    }
    Ok(moved)
}

/// Takes money from a client's account, as far as it may beyond what is on it. The account is not opened for it: who has
/// none has nothing.
pub(crate) fn take_money(
    work: &mut Work<'_>,
    purse: Option<Purse>,
    amount: Money,
    field: &str,
) -> Result<Paid> {
    let at = work.at;
    let short = |available: i64| {
        let missing = Money::new(amount.minor().saturating_sub(available), amount.currency());
        Error::field(Reason::Insufficient, field)
            .with("needed", amount)
            .with("available", Money::new(available, amount.currency()))
            .with("missing", missing)
    };
    let Some(Purse { account: Some(mut account), lots: held, all, .. }) = purse else {
        return Err(short(0));
    };
    let there = lots::available(&held, at);
    // What the lots do not cover is owed, as far as the account may.
    let beyond = amount.minor().saturating_sub(there).max(0);
    let room = account.debt_limit.saturating_sub(account.debt).max(0);
    if beyond > room {
        return Err(short(there.saturating_add(room)));
    }
    let takes = lots::take(&held, amount.minor().saturating_sub(beyond), at)?;
    change_lots(work, &held, &takes)?;
    if beyond > 0 {
        account.debt = account.debt.checked_add(beyond).ok_or(Reason::Overflow)?;
        work.add(Change::Account(account.clone()));
    }
    Ok(Paid { account, takes, before: all.then_some(there) })
}

/// Adds the changes of lots that were taken from.
pub(crate) fn change_lots(work: &mut Work<'_>, held: &[lots::Lot], takes: &[Take]) -> Result<()> {
    let stale = |lot: &&lots::Lot| store::hold::is_stale(lot, work.holds_end());
    let accounts: BTreeSet<AccountId> = held.iter().filter(stale).map(|lot| lot.account).collect();
    for account in accounts {
        crate::holds::write_down(work, &[account])?;
    }
    for taken in takes {
        let before = held.iter().find(|lot| lot.lot == taken.lot).ok_or(Reason::Internal)?;
        let mut after = before.clone();
        lots::apply(&mut after, taken)?;
        work.add(Change::of_lot(before, &after));
    }
    Ok(())
}

/// The account of a client in a currency: the one there is, or a new one.
pub(crate) fn money_account(
    work: &mut Work<'_>,
    client: ClientId,
    venue: VenueId,
    currency: Currency,
) -> Result<Account> {
    match store::account::of_client_in(work.db(), client, Unit::Money(currency))? {
        Some(account) => Ok(account),
        None => open_money_account(work, client, venue, currency),
    }
}

/// A new account of a client in a currency.
pub(crate) fn open_money_account(
    work: &mut Work<'_>,
    client: ClientId,
    venue: VenueId,
    currency: Currency,
) -> Result<Account> {
    let unit = Unit::Money(currency);
    let account = Account { account: work.id()?, client, venue, pass: None, unit, debt_limit: 0, debt: 0 };
    work.add(Change::Account(account.clone()));
    Ok(account)
}

/// The two parts of each payment, net of tax and tax, such that both columns add up: the net of all payments so far is
/// the net of the whole in proportion, rounded, less what went before.
pub(crate) fn split_net(payments: &[Money], net: Money, gross: Money) -> Result<Vec<(Money, Money)>> {
    let (mut paid, mut netted) = (0_i64, 0_i64);
    payments
        .iter()
        .map(|payment| {
            paid = paid.checked_add(payment.minor()).ok_or(Reason::Overflow)?;
            let so_far = proportion(net.minor(), paid, gross.minor())?;
            let part = so_far.checked_sub(netted).ok_or(Reason::Overflow)?;
            netted = so_far;
            let tax = payment.minor().checked_sub(part).ok_or(Reason::Overflow)?;
            Ok((Money::new(part, payment.currency()), Money::new(tax, payment.currency())))
        })
        .collect()
}

/// The party that a method of payment debits, and the lots it used.
pub(crate) fn payer(
    work: &mut Work<'_>,
    client: ClientId,
    method: PaymentMethod,
    amount: Money,
    field: &str,
) -> Result<(Party, Vec<Take>)> {
    match method.counter() {
        Some(counter) => Ok((Party::Counter(counter), Vec::new())),
        None => {
            let purse = purse(work, client, amount)?;
            let paid = take_money(work, purse, amount, field)?;
            Ok((Party::Account(paid.account.account), paid.takes))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_columns_of_a_split_add_up() {
        let eur: Currency = "EUR".parse().expect("a currency");
        let money = |minor| Money::new(minor, eur);
        // 100.00 with 20 % inside: 83.33 net, 16.67 tax. Paid 33.33 + 33.33 + 33.34:
        // 83.33·33.33/100 = 27.77, then 55.55 − 27.77 = 27.78, then 83.33 − 55.55 = 27.78.
        let parts =
            split_net(&[money(3333), money(3333), money(3334)], money(8333), money(10_000)).expect("fits");
        assert_eq!(parts, [(money(2777), money(556)), (money(2778), money(555)), (money(2778), money(556))]);
    }
}
