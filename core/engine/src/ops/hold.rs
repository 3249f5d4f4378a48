//! Holds: amounts of money, visits and credit that are authorised now and captured or released later.

use crate::changes::Change;
use crate::holds::{self, Held};
use crate::input::{self, limits};
use crate::store;
use crate::work::{Work, next_version};
use carnet_domain::account::{Account, Unit};
use carnet_domain::hold::{self, Hold, HoldPart, HoldState, OverCapture};
use carnet_domain::lots::Take;
use carnet_domain::pass::{Pass, PassState};
use carnet_domain::time::SECOND;
use carnet_domain::{
    AccountId, ClientId, Error, GroupId, HoldId, Instant, Money, PassId, Percent, Reason, Result, ServiceId,
    choice, record, request,
};
use std::collections::BTreeMap;

choice! {
    /// An amount of one account.
    pub enum HoldAmount {
        /// Money of the client's account in this currency.
        Money(Money),
        /// Visits of a pass.
        Visits {
            /// The pass.
            pass: PassId,
            /// How many, 1 to 100 000.
            visits: i64,
        },
        /// Credit of a pass.
        Credit {
            /// The pass.
            pass: PassId,
            /// How much.
            credit: Money,
        },
    }
}

request! {
    /// Holds amounts of one or several accounts of a client: all of them or nothing. What is held cannot be used otherwise.
    pub struct HoldPlace {
        /// The client.
        pub client: ClientId,
        /// What is held, 1 to 16 amounts of different accounts.
        #[schemars(length(min = 1, max = 16))]
        pub parts: Vec<HoldAmount>,
        /// When it runs out by itself, up to 366 days ahead. Give this or `minutes`.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expires: Option<Instant>,
        /// After how many minutes it runs out by itself, 1 to 527 040.
        #[schemars(range(min = 1, max = 527_040))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub minutes: Option<i32>,
        /// How much more than it holds may be captured. Nothing if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub more_up_to: Option<OverCapture>,
        /// Why, 1 to 200 characters. No personal data.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reason: Option<String>,
    }

    /// Takes what is held: money as a charge, visits and credit as a use.
    pub struct HoldCapture {
        /// The hold.
        pub hold: HoldId,
        /// How much of each account; nothing of those that are not named. All that is held if left out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub parts: Vec<HoldAmount>,
        /// What is paid.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
        /// The tax contained in the money. That of the service, or none, if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub tax: Option<Percent>,
        /// What is not captured stays held. Otherwise it is free.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub keep_open: bool,
    }

    /// Frees what is held.
    pub struct HoldRelease {
        /// The hold.
        pub hold: HoldId,
    }

    /// Returns one hold.
    pub struct HoldGet {
        /// The hold.
        pub hold: HoldId,
    }

    /// Lists the holds of a client, newest first, or those of the venue that are open, by when they run out.
    #[derive(Default)]
    pub struct HoldList {
        /// The client.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// The last hold of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<HoldId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A hold was placed.
    pub struct HoldPlaced {
        /// Its id.
        pub hold: HoldId,
        /// When it runs out by itself.
        pub expires: Instant,
        /// What it holds.
        pub parts: Vec<HoldPart>,
    }

    /// What was captured of one account.
    pub struct CapturedPart {
        /// The account.
        pub account: AccountId,
        /// The pass that it belongs to.
        pub pass: Option<PassId>,
        /// What it counts.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// How much, in the unit.
        pub amount: String,
        /// The lots it was taken from.
        pub lots: Vec<Take>,
    }

    /// A hold was captured.
    pub struct HoldCaptured {
        /// Its id.
        pub hold: HoldId,
        /// Its new version.
        pub version: i64,
        /// Captured, or still open.
        pub state: HoldState,
        /// The transfers: one group for all accounts.
        pub group: GroupId,
        /// What was captured, account by account.
        pub captured: Vec<CapturedPart>,
    }

    /// A hold was released.
    pub struct HoldReleased {
        /// Its id.
        pub hold: HoldId,
        /// Its new version.
        pub version: i64,
    }

    /// A hold with what it is at the time of the request.
    pub struct HoldView {
        /// What was written of it.
        pub hold: Hold,
        /// What it is: one whose time is over has expired, though nobody has written that down.
        pub state: HoldState,
    }

    /// A page of holds.
    pub struct HoldListed {
        /// The holds.
        pub holds: Vec<HoldView>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

/// An account that a request names, with the pass it belongs to.
pub(super) struct Named {
    pub account: Account,
    pub pass: Option<Pass>,
    pub amount: i64,
    pub field: String,
}

/// The account of an amount. Errors name the field.
fn named(work: &mut Work<'_>, client: ClientId, amount: &HoldAmount, field: &str) -> Result<Named> {
    let (pass, units, of, is_credit) = match amount {
        HoldAmount::Money(money) => {
            let at = format!("{field}.money");
            let money = input::positive(*money, &at)?;
            let unit = Unit::Money(money.currency());
            let found = store::account::of_client_in(work.db(), client, unit)?;
            let account = found.ok_or_else(|| {
                Error::field(Reason::Insufficient, format!("{at}.amount"))
                    .with("needed", money)
                    .with("available", Money::zero(money.currency()))
                    .with("missing", money)
            })?;
            return Ok(Named { account, pass: None, amount: money.minor(), field: format!("{at}.amount") });
        }
        HoldAmount::Visits { pass, visits } => {
            let of = format!("{field}.visits");
            (*pass, input::range(*visits, &format!("{of}.visits"), 1, 100_000)?, of, false)
        }
        HoldAmount::Credit { pass, credit } => {
            let of = format!("{field}.credit");
            (*pass, input::positive(*credit, &format!("{of}.credit"))?.minor(), of, true)
        }
    };
    let at = format!("{of}.pass");
    input::id(pass, &at)?;
    let pass = store::pass::get(work.db(), pass)?.filter(|pass| pass.client == client);
    let pass = pass.ok_or_else(|| Error::field(Reason::PassNotFound, at.as_str()))?;
    let account = match pass.account {
        Some(account) => store::account::get(work.db(), account)?,
        None => None,
    };
    let fits = |account: &Account| match (amount, account.unit) {
        (HoldAmount::Visits { .. }, Unit::Visits) => true,
        (HoldAmount::Credit { credit, .. }, Unit::Credit(currency)) => credit.currency() == currency,
        _ => false,
    };
    let account = account.filter(fits).ok_or_else(|| Error::field(Reason::NotWithPlanKind, at.as_str()))?;
    let field = if is_credit { format!("{of}.credit.amount") } else { format!("{of}.visits") };
    Ok(Named { account, pass: Some(pass), amount: units, field })
}

/// What a request names, each account once.
pub(super) fn all_named(work: &mut Work<'_>, client: ClientId, parts: &[HoldAmount]) -> Result<Vec<Named>> {
    input::list(parts, "parts", limits::HOLD_PARTS)?;
    let mut all: Vec<Named> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let field = format!("parts.{index}");
        let one = named(work, client, part, &field)?;
        if all.iter().any(|other| other.account.account == one.account.account) {
            return Err(Error::field(Reason::Contradiction, field));
        }
        all.push(one);
    }
    Ok(all)
}

/// A pass can be held while it could be used: it runs, or waits for its first use.
fn refuse_unusable(work: &Work<'_>, named: &Named) -> Result<()> {
    let Some(pass) = &named.pass else { return Ok(()) };
    let deleted = work.config.plans.get(&pass.plan).is_some_and(|plan| plan.deleted);
    let state = pass.state_at(work.at, work.zone_of(pass.venue)?, None, deleted)?;
    let waits = state == PassState::NotStarted && pass.starts.is_none();
    if state == PassState::Active || waits {
        return Ok(());
    }
    Err(Error::field(Reason::NotCovered, named.field.as_str()).with("why", state))
}

fn until(work: &Work<'_>, request: &HoldPlace) -> Result<Instant> {
    let minutes = |count: i32| work.at.plus_micros(i64::from(count).saturating_mul(60 * SECOND));
    match (request.expires, request.minutes) {
        (Some(_), Some(_)) => Err(Error::field(Reason::Contradiction, "minutes")),
        (None, None) => Err(Error::field(Reason::Required, "expires")),
        (None, Some(count)) => minutes(input::range(count, "minutes", 1, limits::HOLD_MINUTES)?),
        (Some(end), None) if end <= work.at => Err(Error::field(Reason::EndBeforeStart, "expires")),
        (Some(end), None) => input::range(end, "expires", work.at, minutes(limits::HOLD_MINUTES)?),
    }
}

fn over_capture(wanted: Option<&OverCapture>) -> Result<()> {
    match wanted {
        Some(OverCapture::Percent(rate)) if rate.decimal() > rust_decimal::Decimal::ONE_HUNDRED => {
            Err(Error::field(Reason::OutOfRange, "more_up_to.percent").with("max", 100))
        }
        Some(OverCapture::Amount(money)) => input::positive(*money, "more_up_to.amount").map(drop),
        _ => Ok(()),
    }
}

pub(crate) fn place(work: &mut Work<'_>, request: HoldPlace) -> Result<HoldPlaced> {
    if request.parts.is_empty() {
        return Err(Error::field(Reason::Empty, "parts"));
    }
    let expires = until(work, &request)?;
    over_capture(request.more_up_to.as_ref())?;
    let reason = input::opt_text(request.reason.as_ref(), "reason", 200)?;
    let client = super::client::active(work, request.client)?.client;
    let venue = work.venue()?.venue;
    let at = work.at;
    let mut parts = Vec::new();
    let mut changed: Vec<(AccountId, Vec<HoldPart>)> = Vec::new();
    for named in all_named(work, client, &request.parts)? {
        refuse_unusable(work, &named)?;
        let mut lots = store::account::open_lots(work.db(), named.account.account)?;
        store::hold::recount(work.db(), &mut lots, at)?;
        let pass = named.account.pass;
        let held = hold::place(&lots, named.amount, pass, at)
            .map_err(|error| written(error, named.account.unit, &named.field))?;
        parts.extend(held.iter().cloned());
        changed.push((named.account.account, held));
    }
    let accounts: Vec<AccountId> = changed.iter().map(|(account, _)| *account).collect();
    holds::write_down(work, &accounts)?;
    for (account, of_account) in changed {
        let mut held = store::hold::counted(work.db(), account, at, None)?;
        for part in &of_account {
            holds::add(&mut held, part.lot, part.held, expires);
            holds::hold_lot(work, part.lot, held.get(&part.lot));
        }
    }
    let hold = Hold {
        hold: work.id()?,
        version: 1,
        client,
        venue,
        placed: at,
        expires,
        state: HoldState::Open,
        ended: None,
        group: None,
        reason,
        more_up_to: request.more_up_to,
        parts,
    };
    work.add(Change::Hold(hold.clone()));
    Ok(HoldPlaced { hold: hold.hold, expires, parts: hold.parts })
}

/// A refusal with its amounts in the unit, and its field.
pub(super) fn written(error: Error, unit: Unit, field: &str) -> Error {
    let mut named = Error::field(error.reason(), field);
    for (name, value) in error.details() {
        let text = value.parse().map_or_else(|_| value.clone(), |amount| unit.write(amount));
        named = named.with(name, text);
    }
    named
}

fn existing(work: &mut Work<'_>, id: HoldId) -> Result<Hold> {
    input::id(id, "hold")?;
    store::hold::get(work.db(), id)?.ok_or_else(|| Error::field(Reason::HoldNotFound, "hold"))
}

pub(super) fn open_hold(work: &mut Work<'_>, id: HoldId) -> Result<Hold> {
    let hold = existing(work, id)?;
    match hold.state_at(work.at) {
        HoldState::Open => Ok(hold),
        state => Err(Error::field(Reason::HoldEnded, "hold").with("state", state)),
    }
}

/// What is held of the lots of an account after a hold gave up `freed`, with all other holds on it.
fn held_after(work: &mut Work<'_>, hold: &Hold, account: AccountId) -> Result<Held> {
    let at = work.at;
    let mut held = store::hold::counted(work.db(), account, at, Some(hold.hold))?;
    for part in hold.parts.iter().filter(|part| part.account == account) {
        holds::add(&mut held, part.lot, part.held, hold.expires);
    }
    Ok(held)
}

/// Writes what is held of the lots of a hold, account by account, and returns it.
pub(super) fn write_held(work: &mut Work<'_>, hold: &Hold) -> Result<BTreeMap<AccountId, Held>> {
    let accounts: Vec<AccountId> = hold.parts.iter().map(|part| part.account).collect();
    holds::write_down(work, &accounts)?;
    let mut all = BTreeMap::new();
    for part in &hold.parts {
        if let std::collections::btree_map::Entry::Vacant(entry) = all.entry(part.account) {
            entry.insert(held_after(work, hold, part.account)?);
        }
        if let Some(held) = all.get(&part.account) {
            holds::hold_lot(work, part.lot, held.get(&part.lot));
        }
    }
    Ok(all)
}

pub(crate) fn release(work: &mut Work<'_>, request: HoldRelease) -> Result<HoldReleased> {
    let mut hold = open_hold(work, request.hold)?;
    hold.state = HoldState::Released;
    hold.ended = Some(work.at);
    hold.version = next_version(hold.version)?;
    hold.parts.iter_mut().for_each(|part| part.held = 0);
    write_held(work, &hold)?;
    let released = HoldReleased { hold: hold.hold, version: hold.version };
    work.add(Change::Hold(hold));
    Ok(released)
}

fn view(work: &Work<'_>, hold: Hold) -> HoldView {
    HoldView { state: hold.state_at(work.at), hold }
}

pub(crate) fn get(work: &mut Work<'_>, request: HoldGet) -> Result<HoldView> {
    let hold = existing(work, request.hold)?;
    Ok(view(work, hold))
}

pub(crate) fn list(work: &mut Work<'_>, request: HoldList) -> Result<HoldListed> {
    let limit = input::page(request.limit, 50)?;
    let after = match request.after {
        Some(id) => {
            input::id(id, "after")?;
            let found = store::hold::get(work.db(), id)?;
            Some(found.ok_or_else(|| Error::field(Reason::HoldNotFound, "after"))?)
        }
        None => None,
    };
    let more = limit.saturating_add(1);
    let mut holds = match request.client {
        Some(client) => {
            let client = input::id(client, "client")?;
            store::hold::of_client(work.db(), client, after.as_ref(), more)?
        }
        None => {
            let (venue, at) = (work.venue()?.venue, work.at);
            store::hold::open(work.db(), venue, at, after.as_ref(), more)?
        }
    };
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = holds.len() > size;
    holds.truncate(size);
    let holds = holds.into_iter().map(|hold| view(work, hold)).collect();
    Ok(HoldListed { holds, more })
}
