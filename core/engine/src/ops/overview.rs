//! Everything about a client in one reply, for the desk.

use super::pass::PassView;
use crate::input;
use crate::store;
use crate::store::overview::Loaded;
use crate::work::Work;
use carnet_domain::account::{Account, Unit};
use carnet_domain::calendar::{self, Zone};
use carnet_domain::client::{Card, Client};
use carnet_domain::pass::Pass;
use carnet_domain::switches::Switch;
use carnet_domain::visit::Visit;
use carnet_domain::warning::{self, Bounds, PassSeen, Seen, Warning};
use carnet_domain::{
    AccountId, ClientId, Currency, Date, Error, Instant, Money, Reason, Result, record, request,
};

request! {
    /// Everything about a client in one reply.
    pub struct ClientOverview {
        /// The client.
        pub client: ClientId,
        /// A pass that can be used on so many days after today, or fewer, ends soon: 0 to 366. 7 if left out.
        #[schemars(range(min = 0, max = 366))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub ends_within: Option<i32>,
        /// So many visits on a pass, or fewer, are few: 0 to 1000. 2 if left out.
        #[schemars(range(min = 0, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub few_visits: Option<i32>,
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

    /// How many there are in all, where the overview shows only some; lists of their own show the others.
    pub struct OverviewCounts {
        /// Passes, those included that are over.
        pub passes: i64,
        /// Bookings that wait, missed ones included.
        pub bookings: i64,
        /// Holds that are open.
        pub holds: i64,
        /// Conflicts that wait to be settled.
        pub conflicts: i64,
    }

    /// Everything about a client.
    pub struct Overview {
        /// What the desk should notice, the gravest first.
        pub warnings: Vec<Warning>,
        /// Who it is.
        pub client: Client,
        /// The tags, in order.
        pub tags: Vec<String>,
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
        /// How many there are in all, where only some are shown.
        pub counts: OverviewCounts,
        /// What the venue has switched off. Without `access_control`, nothing is said of visits: `inside` and `last_visit` are
        /// left out, `visits` is empty and `visit_count` 0.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub switched_off: Vec<Switch>,
    }
}

impl ClientOverview {
    /// With the usual bounds of warnings.
    #[must_use]
    pub const fn of(client: ClientId) -> Self {
        Self { client, ends_within: None, few_visits: None }
    }
}

impl Balance {
    /// That of an account of money.
    pub(super) fn of(work: &mut Work<'_>, account: &Account, currency: Currency) -> Result<Self> {
        let at = work.at;
        let available = store::account::available(work.db(), account.account, at)?;
        Ok(Self::with(account, currency, available))
    }

    const fn with(account: &Account, currency: Currency, available: i64) -> Self {
        Self {
            account: account.account,
            balance: Money::new(available, currency),
            debt: Money::new(account.debt, currency),
            debt_limit: Money::new(account.debt_limit, currency),
        }
    }
}

fn bounds(request: &ClientOverview) -> Result<Bounds> {
    let usual = Bounds::default();
    let checked = |given: Option<i32>, field: &str, max: i32, usual: i64| match given {
        Some(given) => input::range(given, field, 0, max).map(i64::from),
        None => Ok(usual),
    };
    Ok(Bounds {
        days: checked(request.ends_within, "ends_within", 366, usual.days)?,
        few: checked(request.few_visits, "few_visits", 1000, usual.few)?,
    })
}

/// Two exchanges with the store, however much there is: the desk asks at every card.
pub(crate) fn overview(work: &mut Work<'_>, request: ClientOverview) -> Result<Overview> {
    let bounds = bounds(&request)?;
    let (id, at) = (input::id(request.client, "client")?, work.at);
    let found = store::overview::load(work.db(), id, at)?;
    let mut found = found.ok_or_else(|| Error::field(Reason::ClientNotFound, "client"))?;
    let (lots, available) = store::overview::rests(work.db(), &found.passes, &found.accounts, at)?;
    let mut passes = Vec::new();
    for (pass, lots) in std::mem::take(&mut found.passes).into_iter().zip(lots) {
        passes.push(super::pass::view_with(work, pass, lots)?);
    }
    let mut balances = Vec::new();
    for (account, available) in found.accounts.iter().zip(available) {
        if let Unit::Money(currency) = account.unit {
            balances.push(Balance::with(account, currency, available));
        }
    }
    let off = work.venue().map_or_else(|_| Vec::new(), |venue| venue.switched_off.clone());
    if off.contains(&Switch::AccessControl) {
        found.forget_visits();
    }
    let zone = work.venue.and_then(|venue| work.zone_of(venue).ok()).unwrap_or(Zone::UTC);
    let today = zone.date_of(at);
    let warnings = warned(work, &found, &passes, &balances, today, bounds)?;
    let age = found.client.birth_date.and_then(|birth| calendar::age_on(birth, today));
    Ok(Overview {
        warnings,
        name: found.client.full_name(),
        age: age.and_then(|age| i32::try_from(age).ok()),
        has_active_pass: passes.iter().any(|view| view.state.is_usable(view.pass.starts)),
        passes,
        balances,
        cards: found.cards,
        inside: found.visits.iter().find(|visit| visit.exited.is_none()).cloned(),
        visits: found.visits,
        visit_count: found.visit_count,
        last_visit: found.last_visit,
        spent: found.spent,
        tags: found.tags,
        counts: OverviewCounts {
            passes: found.counts.passes,
            bookings: found.counts.bookings,
            holds: found.counts.holds,
            conflicts: found.counts.conflicts,
        },
        client: found.client,
        switched_off: off,
    })
}

fn warned(
    work: &Work<'_>,
    found: &Loaded,
    passes: &[PassView],
    balances: &[Balance],
    today: Date,
    bounds: Bounds,
) -> Result<Vec<Warning>> {
    let at = work.at;
    let passes = passes.iter().map(|view| seen(work, view)).collect::<Result<Vec<_>>>()?;
    let debts: Vec<Money> = balances.iter().map(|balance| balance.debt).collect();
    let zoned = found.unpaid.iter().map(|booking| Ok((booking.clone(), work.zone_of(booking.venue)?)));
    let unpaid = zoned.collect::<Result<Vec<_>>>()?;
    let seen = Seen {
        at,
        today,
        archived: found.client.archived,
        birth_date: found.client.birth_date,
        passes: &passes,
        debts: &debts,
        cards: &found.cards,
        unpaid: &unpaid,
        holds: &found.holds,
        conflicts: &found.conflicts,
    };
    warning::warnings(&seen, bounds)
}

/// What warnings ask of a pass.
pub(super) fn seen(work: &Work<'_>, view: &PassView) -> Result<PassSeen> {
    let pass: &Pass = &view.pass;
    let zone = work.zone_of(pass.venue)?;
    let (_, ends) = pass.span_at(work.at, zone)?;
    // Its account counts visits as they are; of credit nothing is asked.
    let rest = view.rest.as_ref().and_then(|rest| rest.parse().ok());
    let has_next = pass.next.is_some();
    Ok(PassSeen { pass: pass.pass, kind: pass.kind, state: view.state, ends, rest, has_next, zone })
}
