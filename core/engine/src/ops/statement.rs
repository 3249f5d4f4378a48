//! Statements of accounts.

use crate::input;
use crate::store;
use crate::store::account::Stretch;
use crate::work::Work;
use carnet_domain::account::{Account, TransferReason, Unit};
use carnet_domain::lots::Take;
use carnet_domain::{
    AccountId, ClientId, Currency, Date, Error, Instant, OperatorId, Reason, Result, TransferId, record,
    request, words,
};

words! {
    /// In which order a statement lists movements.
    pub enum StatementOrder {
        /// By value time: when it happened.
        Value "value",
        /// By business date, then in the order of entry: as the books were written.
        Entry "entry",
    }
}

request! {
    /// Lists the movements of an account with a running balance, by value time or as they were entered.
    /// Give the account, or the client and where needed the currency.
    #[derive(Default)]
    pub struct AccountStatement {
        /// The account.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub account: Option<AccountId>,
        /// The client whose money account is meant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// The currency of that account; the venue's if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub currency: Option<Currency>,
        /// In which order; by value time if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub order: Option<StatementOrder>,
        /// From this instant on, where the order is by value time.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub from: Option<Instant>,
        /// Before this instant, where the order is by value time.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub to: Option<Instant>,
        /// From this business date on, where the order is that of entry.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub from_date: Option<Date>,
        /// Before this business date, where the order is that of entry.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub to_date: Option<Date>,
        /// The last movement of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<TransferId>,
        /// How many movements at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// One movement of an account.
    pub struct StatementLine {
        /// The transfer.
        pub transfer: TransferId,
        /// Its value time.
        pub at: Instant,
        /// The business date it was posted to.
        pub business_date: Date,
        /// Why.
        pub reason: TransferReason,
        /// How much, in the unit; negative for what left the account.
        pub amount: String,
        /// The balance after it, in the order of the statement.
        pub balance: String,
        /// The lots it used, or gave back to.
        pub lots: Vec<Take>,
        /// Of a correction or reversal by hand: why.
        pub note: Option<String>,
        /// Of a correction or reversal by hand: by whom.
        pub operator: Option<OperatorId>,
    }

    /// The movements of an account.
    pub struct Statement {
        /// The account.
        pub account: AccountId,
        /// What it counts.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// The balance before the first line.
        pub opening: String,
        /// In the order asked for, then in the order of entry.
        pub lines: Vec<StatementLine>,
        /// The balance after the last line.
        pub closing: String,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

/// What a request asks for, in its order.
fn stretch(work: &mut Work<'_>, account: AccountId, request: &AccountStatement) -> Result<Stretch> {
    let by_value = request.order.unwrap_or(StatementOrder::Value) == StatementOrder::Value;
    let other = match by_value {
        true => [("from_date", request.from_date.is_some()), ("to_date", request.to_date.is_some())],
        false => [("from", request.from.is_some()), ("to", request.to.is_some())],
    };
    if let Some((field, _)) = other.into_iter().find(|(_, given)| *given) {
        return Err(Error::field(Reason::Contradiction, field));
    }
    let after = match request.after {
        Some(transfer) => {
            input::id(transfer, "after")?;
            let found = store::account::place_of(work.db(), account, transfer)?;
            let (at, date) = found.ok_or_else(|| Error::field(Reason::TransferNotFound, "after"))?;
            Some((at, date, transfer))
        }
        None => None,
    };
    let none = TransferId(0);
    if by_value {
        let from = request.from.unwrap_or(Instant::MIN);
        let before = request.to.unwrap_or(Instant::FOREVER);
        if before < from {
            return Err(Error::field(Reason::EndBeforeStart, "to"));
        }
        let after = after.map_or((from, none), |(at, _, transfer)| (at, transfer));
        return Ok(Stretch::Value { after, before });
    }
    if let (Some(from), Some(to)) = (request.from_date, request.to_date)
        && to < from
    {
        return Err(Error::field(Reason::EndBeforeStart, "to_date"));
    }
    let text = |date: Option<Date>, none: &str| date.map_or_else(|| none.to_owned(), |date| date.to_string());
    let from = text(request.from_date, "0000-00-00");
    let after = after.map_or((from, none), |(_, date, transfer)| (date.to_string(), transfer));
    Ok(Stretch::Entry { after, before: text(request.to_date, "9999-99-99") })
}

pub(crate) fn statement(work: &mut Work<'_>, request: AccountStatement) -> Result<Statement> {
    let limit = input::page(request.limit, 100)?;
    let account = named_account(work, &request)?;
    let stretch = stretch(work, account.account, &request)?;
    let (opening, mut found) =
        store::account::statement(work.db(), account.account, &stretch, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let mut balance = opening;
    let lines = found
        .into_iter()
        .map(|line| {
            balance = balance.checked_add(line.amount).ok_or(Reason::Overflow)?;
            Ok(StatementLine {
                transfer: line.transfer,
                at: line.at,
                business_date: line.business_date,
                reason: line.reason,
                amount: account.unit.write(line.amount),
                balance: account.unit.write(balance),
                lots: line.lots,
                note: line.note,
                operator: line.operator,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Statement {
        account: account.account,
        unit: account.unit,
        opening: account.unit.write(opening),
        lines,
        closing: account.unit.write(balance),
        more,
    })
}

fn named_account(work: &mut Work<'_>, request: &AccountStatement) -> Result<Account> {
    let not_found = |field: &str| Error::field(Reason::AccountNotFound, field);
    match (request.account, request.client) {
        (Some(_), Some(_)) => Err(Error::field(Reason::Contradiction, "client")),
        (None, None) => Err(Error::field(Reason::Required, "account")),
        (Some(account), None) => {
            input::id(account, "account")?;
            store::account::get(work.db(), account)?.ok_or_else(|| not_found("account"))
        }
        (None, Some(client)) => {
            input::id(client, "client")?;
            let currency = match request.currency {
                Some(currency) => currency,
                None => work.venue()?.currency,
            };
            let found = store::account::of_client_in(work.db(), client, Unit::Money(currency))?;
            found.ok_or_else(|| not_found("client"))
        }
    }
}
