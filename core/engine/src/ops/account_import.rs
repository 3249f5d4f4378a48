//! Balances and debts of an older system, taken over against the opening balance.

use super::opening;
use crate::books::{Group, Moved, Movement, change_lots, fund, money_account};
use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Account, Counter, Party, TransferReason};
use carnet_domain::client::ExternalId;
use carnet_domain::lots::{self, Origin};
use carnet_domain::opening::{Opening, OpeningKind};
use carnet_domain::{
    AccountId, ClientId, Error, GroupId, Instant, LotId, Money, Reason, Result, record, request,
};

request! {
    /// Takes a client's balance over from an older system, or what is owed there, against the opening balance of the venue. It
    /// is no top-up: nobody paid anything. The same key again does nothing and says so.
    pub struct AccountImport {
        /// The client.
        pub client: ClientId,
        /// Its key in the older system. It stands for this balance for ever.
        pub external_id: ExternalId,
        /// The balance; negative is a debt. Not nothing.
        pub balance: Money,
        /// The instant from which a balance cannot be used any more. Never if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expires: Option<Instant>,
    }
}

record! {
    /// A balance was taken over.
    pub struct AccountImported {
        /// The account.
        pub account: AccountId,
        /// It had been taken over before: nothing was done.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub repeated: bool,
        /// The balance that was taken over.
        pub taken_over: Money,
        /// The lot of it; none of a debt.
        pub lot: Option<LotId>,
        /// The transfers.
        pub group: GroupId,
        /// What can be spent now.
        pub balance: Money,
        /// What is owed on the account now.
        pub debt: Money,
    }
}

pub(crate) fn import(work: &mut Work<'_>, mut request: AccountImport) -> Result<AccountImported> {
    request.external_id = input::external_id(&request.external_id, "external_id")?;
    input::id(request.client, "client")?;
    let amount = request.balance;
    if amount.minor() == 0 {
        return Err(Error::field(Reason::OutOfRange, "balance.amount").with("min", "not 0"));
    }
    if request.expires.is_some() && amount.minor() < 0 {
        return Err(Error::field(Reason::Contradiction, "expires"));
    }
    let content = opening::content(work, "account.import", &request)?;
    let key = &request.external_id;
    if let Some(found) = opening::taken_over(work, OpeningKind::Account, key, &content)? {
        return again(work, &found);
    }
    if request.expires.is_some_and(|end| end <= work.at) {
        return Err(Error::field(Reason::EndBeforeStart, "expires"));
    }
    let client = super::client::active(work, request.client)?.client;
    let venue = work.venue()?.venue;
    let mut account = money_account(work, client, venue, amount.currency())?;
    let at = work.at;
    let before = store::account::available(work.db(), account.account, at)?;
    let mut group = Group::new(work)?;
    group.client = Some(client);
    let owed = account.debt;
    let moved = if amount.minor() > 0 {
        fund(work, &mut account, amount.minor(), Origin::Paid, request.expires)?
    } else {
        owe(work, &mut account, amount.minor().saturating_neg())?
    };
    let lot = moved.lot;
    group.write(work, movement(&account, amount.minor()), moved)?;
    let opening = Opening {
        kind: OpeningKind::Account,
        external_id: request.external_id,
        content,
        venue,
        client,
        pass: None,
        account: Some(account.account),
        lot,
        group: group.group,
        unit: Some(account.unit),
        rest: amount.minor(),
        owed: amount,
        price: None,
    };
    work.add(Change::Opening(opening));
    // What is there less what is owed grows by what was taken over.
    let grown = account.debt.saturating_sub(owed).saturating_add(amount.minor());
    Ok(AccountImported {
        account: account.account,
        repeated: false,
        taken_over: amount,
        lot,
        group: group.group,
        balance: Money::new(before.saturating_add(grown), amount.currency()),
        debt: Money::new(account.debt, amount.currency()),
    })
}

/// A debt takes what is on the account, as a charge would; the rest is owed, whatever the limit of the account.
fn owe(work: &mut Work<'_>, account: &mut Account, debt: i64) -> Result<Moved> {
    let at = work.at;
    let mut held = store::account::open_lots(work.db(), account.account)?;
    store::hold::recount(work.db(), &mut held, at)?;
    let there = lots::available(&held, at).min(debt);
    let takes = if there > 0 { lots::take(&held, there, at)? } else { Vec::new() };
    change_lots(work, &held, &takes)?;
    let beyond = debt.saturating_sub(there);
    account.debt = account.debt.checked_add(beyond).ok_or(Reason::Overflow)?;
    work.add(Change::Account(account.clone()));
    Ok(Moved { lots: takes, ..Moved::default() })
}

/// A balance comes from the opening balance of the venue, a debt goes to it.
fn movement(account: &Account, amount: i64) -> Movement {
    let (own, other) = (Party::Account(account.account), Party::Counter(Counter::OpeningBalance));
    let (debit, credit) = if amount > 0 { (other, own) } else { (own, other) };
    let amount = amount.saturating_abs();
    Movement { reason: TransferReason::Opening, unit: account.unit, amount, debit, credit }
}

/// What was taken over before, and what is there now.
fn again(work: &mut Work<'_>, found: &Opening) -> Result<AccountImported> {
    let id = found.account.ok_or(Reason::Corrupt)?;
    let account = store::account::get(work.db(), id)?.ok_or(Reason::Corrupt)?;
    let at = work.at;
    let (balance, currency) = (store::account::available(work.db(), id, at)?, found.owed.currency());
    Ok(AccountImported {
        account: id,
        repeated: true,
        taken_over: found.owed,
        lot: found.lot,
        group: found.group,
        balance: Money::new(balance, currency),
        debt: Money::new(account.debt, currency),
    })
}
