//! Accounts of clients: top-up, charge, statement.

use super::overview::Balance;
use crate::books::{Group, Movement};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Counter, Party, PaymentMethod, TransferReason, Unit};
use carnet_domain::lots::{Lot, Origin, Take};
use carnet_domain::{
    AccountId, ClientId, Currency, Error, GroupId, Instant, LotId, Money, Percent, Reason, Result, ServiceId,
    record, request, words,
};

request! {
    /// Puts money on a client's account, which is opened with the first top-up.
    pub struct AccountTopUp {
        /// The client.
        pub client: ClientId,
        /// How much is paid, more than nothing.
        pub amount: Money,
        /// With what; not from an account.
        pub method: PaymentMethod,
        /// How much is given on top, at the venue's cost.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub bonus: Option<Money>,
        /// The instant from which this money cannot be used any more. Never if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expires: Option<Instant>,
    }

    /// Sets how far a client's account may be used beyond what is on it, and opens it if there is none. The next money that
    /// comes to the account pays what is owed first.
    pub struct AccountLimit {
        /// The client.
        pub client: ClientId,
        /// How far, in the currency of the account; 0 for not at all. What is owed already stays owed.
        pub limit: Money,
    }

    /// What can be spent from a client's account.
    pub struct AccountBalance {
        /// The client.
        pub client: ClientId,
        /// The currency of the account; the venue's if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub currency: Option<Currency>,
    }

    /// Pays from a client's account: an amount, or the price of a service.
    pub struct AccountCharge {
        /// The client.
        pub client: ClientId,
        /// How much, tax included. The price of the service if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub amount: Option<Money>,
        /// What is paid.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
        /// The tax contained. That of the service, or none, if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub tax: Option<Percent>,
        /// Whose account pays. The client's if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub payer: Option<AccountHolder>,
    }
}

words! {
    /// Whose account pays.
    pub enum AccountHolder {
        /// The client's own.
        Client "client",
        /// That of the company that the client belongs to.
        Company "company",
    }
}

record! {
    /// Money moved on an account.
    pub struct AccountMoved {
        /// The account.
        pub account: AccountId,
        /// The transfers.
        pub group: GroupId,
        /// The lot granted by a top-up.
        pub lot: Option<LotId>,
        /// The lots used by a charge; of a top-up, what of it paid a debt.
        pub lots: Vec<Take>,
        /// What is there after it.
        pub balance: Money,
        /// What is owed on the account after it.
        pub debt: Money,
    }

    /// How far an account may be used.
    pub struct AccountLimited {
        /// The account.
        pub account: AccountId,
        /// How far beyond what is on it.
        pub limit: Money,
        /// What is owed on it.
        pub debt: Money,
    }
}

/// A new lot of money.
pub(crate) fn money_lot(
    work: &mut Work<'_>,
    account: AccountId,
    amount: i64,
    origin: Origin,
    expires: Option<Instant>,
) -> Result<Lot> {
    Ok(Lot {
        lot: work.id()?,
        account,
        amount,
        rest: amount,
        held: 0,
        held_until: None,
        granted: work.at,
        effective: work.at,
        expires,
        priority: 0,
        origin,
        value: 0,
        recognised: 0,
        released: 0,
    })
}

pub(crate) fn balance(work: &mut Work<'_>, request: AccountBalance) -> Result<Balance> {
    let AccountBalance { client, currency } = request;
    let client = input::id(client, "client")?;
    let currency = match currency {
        Some(currency) => currency,
        None => work.venue()?.currency,
    };
    let account = store::account::of_client_in(work.db(), client, Unit::Money(currency))?;
    let Some(account) = account else {
        super::client::existing(work, client)?;
        return Err(Error::field(Reason::AccountNotFound, "client"));
    };
    Balance::of(work, &account, currency)
}

pub(crate) fn top_up(work: &mut Work<'_>, request: AccountTopUp) -> Result<AccountMoved> {
    let amount = input::positive(request.amount, "amount")?;
    let client = input::id(request.client, "client")?;
    let purse = crate::books::purse(work, client, amount)?;
    let found = purse.ok_or_else(|| Error::field(Reason::ClientNotFound, "client"))?;
    if found.archived {
        return Err(Error::field(Reason::ClientArchived, "client"));
    }
    let venue = work.venue()?.venue;
    let till = request.method.counter().ok_or_else(|| Error::field(Reason::Contradiction, "method"))?;
    let bonus = request.bonus.map(|bonus| input::positive(bonus, "bonus")).transpose()?;
    if bonus.is_some_and(|bonus| bonus.currency() != amount.currency()) {
        return Err(Error::field(Reason::CurrencyMismatch, "bonus"));
    }
    if request.expires.is_some_and(|end| end <= work.at) {
        return Err(Error::field(Reason::EndBeforeStart, "expires"));
    }
    let before = match (found.all, &found.account) {
        (true, _) | (_, None) => carnet_domain::lots::available(&found.lots, work.at),
        (false, Some(account)) => store::account::available(work.connection, account.account, work.at)?,
    };
    let mut account = match found.account {
        Some(account) => account,
        None => crate::books::open_money_account(work, client, venue, amount.currency())?,
    };
    let mut group = Group::new(work)?;
    group.client = Some(client);
    let owed = account.debt;
    let (id, unit) = (account.account, account.unit);
    let movement = |reason, money: Money, debit| Movement {
        reason,
        unit,
        amount: money.minor(),
        debit: Party::Counter(debit),
        credit: Party::Account(id),
    };
    let moved = crate::books::fund(work, &mut account, amount.minor(), Origin::Paid, request.expires)?;
    let (lot, mut lots) = (moved.lot, moved.lots.clone());
    group.write(work, movement(TransferReason::TopUp, amount, till), moved)?;
    let mut balance = Money::new(before, amount.currency()).checked_add(amount)?;
    if let Some(bonus) = bonus {
        let moved = crate::books::fund(work, &mut account, bonus.minor(), Origin::Bonus, request.expires)?;
        lots.extend(moved.lots.iter().cloned());
        group.write(work, movement(TransferReason::Bonus, bonus, Counter::PromotionCost), moved)?;
        balance = balance.checked_add(bonus)?;
    }
    work.add(Change::Spent { client, amount });
    let paid = Money::new(owed.saturating_sub(account.debt), amount.currency());
    Ok(AccountMoved {
        account: id,
        group: group.group,
        lot,
        lots,
        balance: balance.checked_sub(paid)?,
        debt: Money::new(account.debt, amount.currency()),
    })
}

pub(crate) fn charge(work: &mut Work<'_>, request: AccountCharge) -> Result<AccountMoved> {
    let service = match request.service {
        Some(id) => {
            let found = work.config.services.get(&input::id(id, "service")?).cloned();
            Some(found.ok_or_else(|| Error::field(Reason::ServiceNotFound, "service"))?)
        }
        None => None,
    };
    let amount = request.amount.or(service.as_ref().map(|service| service.price));
    let amount = input::positive(amount.ok_or_else(|| Error::field(Reason::Required, "amount"))?, "amount")?;
    let rate = request.tax.or(service.as_ref().map(|service| service.tax)).unwrap_or(Percent::ZERO);
    let client = input::id(request.client, "client")?;
    let payer = match request.payer {
        Some(AccountHolder::Company) => company_of(work, client)?,
        Some(AccountHolder::Client) | None => client,
    };
    // One statement says all that a charge must know of who pays.
    let purse = crate::books::purse(work, payer, amount)?;
    let found = purse.ok_or_else(|| Error::field(Reason::ClientNotFound, "client"))?;
    if found.archived {
        return Err(Error::field(Reason::ClientArchived, if payer == client { "client" } else { "payer" }));
    }
    let mut group = Group::new(work)?;
    group.client = Some(client);
    let paid = crate::books::take_money(work, Some(found), amount, "amount")?;
    post_charge(work, &group, paid.account.account, amount, rate, paid.takes.clone())?;
    let before = match paid.before {
        Some(before) => before,
        None => store::account::available(work.connection, paid.account.account, work.at)?,
    };
    let taken = paid.takes.iter().map(|taken| taken.amount).fold(0, i64::saturating_add);
    Ok(AccountMoved {
        account: paid.account.account,
        group: group.group,
        lot: None,
        lots: paid.takes,
        balance: Money::new(before.saturating_sub(taken), amount.currency()),
        debt: Money::new(paid.account.debt, amount.currency()),
    })
}

/// The company that pays for a client.
fn company_of(work: &mut Work<'_>, client: ClientId) -> Result<ClientId> {
    let guest = super::client::active(work, client)?;
    guest.company.ok_or_else(|| Error::field(Reason::NoCompany, "payer"))
}

pub(crate) fn limit(work: &mut Work<'_>, request: AccountLimit) -> Result<AccountLimited> {
    let limit = input::not_negative(request.limit, "limit")?;
    let client = super::client::active(work, request.client)?.client;
    let venue = work.venue()?.venue;
    let currency = limit.currency();
    let mut account = crate::books::money_account(work, client, venue, currency)?;
    account.debt_limit = limit.minor();
    let limited =
        AccountLimited { account: account.account, limit, debt: Money::new(account.debt, currency) };
    work.add(Change::Account(account));
    Ok(limited)
}

/// Posts a charge: the part net of tax is earned, the tax is payable. The lots stand with the first that moves anything.
pub(crate) fn post_charge(
    work: &mut Work<'_>,
    group: &Group,
    account: AccountId,
    amount: Money,
    rate: Percent,
    mut takes: Vec<Take>,
) -> Result<()> {
    let net = amount.net_of_tax(rate)?;
    let tax = amount.checked_sub(net)?;
    for (reason, money, credit) in
        [(TransferReason::Charge, net, Counter::Revenue), (TransferReason::Tax, tax, Counter::TaxPayable)]
    {
        let movement = Movement {
            reason,
            unit: Unit::Money(money.currency()),
            amount: money.minor(),
            debit: Party::Account(account),
            credit: Party::Counter(credit),
        };
        let lots = if money.minor() > 0 { std::mem::take(&mut takes) } else { Vec::new() };
        group.post(work, movement, lots)?;
    }
    Ok(())
}
