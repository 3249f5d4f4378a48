//! Everything about a client in one reply, for the desk.

use super::pass::PassView;
use crate::store;
use crate::store::pass::Listed;
use crate::work::Work;
use carnet_domain::account::{Account, Unit};
use carnet_domain::calendar::{self, Zone};
use carnet_domain::client::{Card, Client};
use carnet_domain::visit::Visit;
use carnet_domain::{AccountId, ClientId, Currency, Instant, Money, Result, record, request};

request! {
    /// Everything about a client in one reply.
    pub struct ClientOverview {
        /// The client.
        pub client: ClientId,
    }
}

record! {
    /// The balance of one money account.
    pub struct Balance {
        /// The account.
        pub account: AccountId,
        /// What can be spent.
        pub balance: Money,
        /// What is owed on it.
        pub debt: Money,
        /// How far it may be used beyond what is on it.
        pub debt_limit: Money,
    }

    /// Everything about a client.
    pub struct Overview {
        /// Who it is.
        pub client: Client,
        /// First and last name.
        pub name: String,
        /// Age in years at the time of the request.
        pub age: Option<i32>,
        /// Whether a pass can be used now, those included that wait for their first use.
        pub has_active_pass: bool,
        /// The passes, newest first, up to 50.
        pub passes: Vec<PassView>,
        /// The money accounts.
        pub balances: Vec<Balance>,
        /// The cards.
        pub cards: Vec<Card>,
        /// The visit that has not ended.
        pub inside: Option<Visit>,
        /// The last visits, newest first, up to 10.
        pub visits: Vec<Visit>,
        /// How many visits there were in all.
        pub visit_count: i64,
        /// When the last visit began.
        pub last_visit: Option<Instant>,
        /// What was paid in all, by currency.
        pub spent: Vec<Money>,
    }
}

impl Balance {
    /// That of an account of money.
    pub(super) fn of(work: &mut Work<'_>, account: &Account, currency: Currency) -> Result<Self> {
        let at = work.at;
        let available = store::account::available(work.db(), account.account, at)?;
        Ok(Self {
            account: account.account,
            balance: Money::new(available, currency),
            debt: Money::new(account.debt, currency),
            debt_limit: Money::new(account.debt_limit, currency),
        })
    }
}

pub(crate) fn overview(work: &mut Work<'_>, request: ClientOverview) -> Result<Overview> {
    let client = super::client::existing(work, request.client)?;
    let id = client.client;
    let at = work.at;
    let passes = store::pass::list(work.db(), &Listed::OfClient(id), None, 50)?;
    let passes: Vec<PassView> =
        passes.into_iter().map(|pass| super::pass::view(work, pass)).collect::<Result<_>>()?;
    let mut balances = Vec::new();
    for account in store::account::of_client(work.db(), id)? {
        if let Unit::Money(currency) = account.unit {
            balances.push(Balance::of(work, &account, currency)?);
        }
    }
    let visits = store::access::visits_of(work.db(), id, 10)?;
    let (visit_count, last_visit) = store::client::visits(work.db(), id)?;
    let zone = work.venue.and_then(|venue| work.zone_of(venue).ok()).unwrap_or(Zone::UTC);
    let age = client.birth_date.and_then(|birth| calendar::age_on(birth, zone.date_of(at)));
    Ok(Overview {
        name: client.full_name(),
        age: age.and_then(|age| i32::try_from(age).ok()),
        has_active_pass: passes.iter().any(|view| view.state.is_usable(view.pass.starts)),
        passes,
        balances,
        cards: store::card::of_client(work.db(), id)?,
        inside: visits.iter().find(|visit| visit.exited.is_none()).cloned(),
        visits,
        visit_count,
        last_visit,
        spent: store::client::spent(work.db(), id)?,
        client,
    })
}
