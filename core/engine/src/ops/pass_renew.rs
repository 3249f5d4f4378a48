//! Renewal: the pass that follows another, and the list of those whose payment is due.

use super::pass_course::Changing;
use super::pass_sell::{Discount, NewPass, PassSold, Payment, Placed, Price, SaleCovers};
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::calendar::Period;
use carnet_domain::course::move_days;
use carnet_domain::life::{Dunning, PassAct, RenewalRules};
use carnet_domain::pass::Pass;
use carnet_domain::plan::{Channel, Plan, Span, Validity};
use carnet_domain::renewal::{self, Old};
use carnet_domain::{ClientId, Error, Instant, Money, PassId, PlanId, Reason, Result, record, request};

request! {
    /// Sells the pass that follows another. Early, or within the grace of the plan, it begins where the old one ends;
    /// later it begins now.
    pub struct PassRenew {
        /// The pass that is renewed.
        pub pass: PassId,
        /// Another plan than its own.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub plan: Option<PlanId>,
        /// Another price than the plan's, tax included.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub price: Option<Money>,
        /// A lower price, and why.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub discount: Option<Discount>,
        /// What is paid; adds up to the price.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub payments: Vec<Payment>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Lists the passes of the venue that renew by themselves and whose payment is due: their end is as near as their plan
    /// says, or past within the last 92 days. One whose payment failed is due again when it is to be tried again.
    #[derive(Default)]
    pub struct RenewalDue {
        /// Due before this instant. At the time of the request if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub before: Option<Instant>,
        /// The last pass of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<PassId>,
        /// How many at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Records that the payment of a renewal failed.
    pub struct RenewalFailed {
        /// The pass that was to be renewed.
        pub pass: PassId,
        /// When it is to be tried again. It stays due if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub retry_at: Option<Instant>,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reason: Option<String>,
    }
}

record! {
    /// A pass whose renewal is due.
    pub struct DueRenewal {
        /// The pass.
        pub pass: PassId,
        /// Who holds it.
        pub client: ClientId,
        /// The plan of its renewal.
        pub plan: PlanId,
        /// Its end.
        pub ends: Instant,
        /// Since when it is due.
        pub due: Instant,
        /// The price of the plan now, tax included.
        pub amount: Money,
        /// That its payment has failed.
        pub dunning: Option<Dunning>,
    }

    /// A page of what is due.
    pub struct RenewalsDue {
        /// By their end.
        pub renewals: Vec<DueRenewal>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }

    /// A failed payment was recorded.
    pub struct RenewalNoted {
        /// The pass.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// How often it failed.
        pub dunning: Dunning,
    }
}

/// How long after its end a pass is still in the list of what is due, days.
const DUE_PAST: i64 = 92;
/// How long before its end a renewal can be due at most, days.
const DUE_AHEAD: i64 = 366;

pub(crate) fn renew(work: &mut Work<'_>, request: PassRenew) -> Result<PassSold> {
    let changing = Changing::named(work, request.pass, request.expected_version)?;
    let renewal = Renewal {
        plan: request.plan.unwrap_or(changing.pass.plan),
        price: request.price,
        discount: request.discount.as_ref(),
        payments: &request.payments,
        is_quote: false,
        reason: None,
    };
    go_on(work, changing, renewal).map(|(sold, _)| sold)
}

/// A renewal that was asked for.
pub(crate) struct Renewal<'a> {
    pub plan: PlanId,
    pub price: Option<Money>,
    pub discount: Option<&'a Discount>,
    pub payments: &'a [Payment],
    /// It is only asked what it would cost.
    pub is_quote: bool,
    pub reason: Option<String>,
}

/// Sells the pass that follows another, and returns both.
pub(crate) fn go_on(
    work: &mut Work<'_>,
    mut changing: Changing,
    renewal: Renewal<'_>,
) -> Result<(PassSold, Pass)> {
    if changing.pass.cancel_at_end {
        return Err(Error::field(Reason::NotAllowed, "pass").with("cancel_at_end", true));
    }
    if let Some(next) = changing.pass.next {
        return Err(Error::field(Reason::AlreadyDone, "pass").with("next", next));
    }
    changing.refuse_waiting()?;
    let never = || Error::field(Reason::NotAllowed, "pass").with("ends", "never");
    let ends = changing.pass.ends.ok_or_else(never)?;
    super::client::active(work, changing.pass.client)?;
    let plan = super::pass_sell::plan_for_sale(work, renewal.plan, Channel::Desk)?;
    let period = period(&changing.pass, &plan)?;
    let price = Price::of(&plan, renewal.price, renewal.discount)?;
    if !renewal.is_quote {
        super::pass_sell::check_payments(renewal.payments, price.paid)?;
    }
    let old = Old { ends, anchor: changing.pass.anchor, term: changing.pass.term };
    let grace = rules(&changing.pass).grace_days.unwrap_or(0);
    let next = renewal::next(old, period, work.at, grace, changing.zone)?;
    let span = Span { starts: Some(next.starts), latest_start: None, ends: Some(next.ends) };
    let same = plan.plan == changing.pass.plan;
    let new = NewPass {
        client: changing.pass.client,
        validity: Some(Validity::Period(period)),
        span,
        price,
        payments: renewal.payments,
        credited: None,
        covers: SaleCovers::NewOnly,
        external_ids: Vec::new(),
        place: Placed {
            anchor: Some(next.anchor),
            term: next.term,
            previous: Some(changing.pass.pass),
            auto_renew: same.then_some(changing.pass.auto_renew),
            notes: changing.pass.notes.clone(),
        },
    };
    let sold = super::pass_sell::issue(work, &plan, new)?;
    changing.pass.next = Some(sold.pass);
    changing.pass.dunning = None;
    let old = changing.write(work, PassAct::Renew, renewal.reason)?;
    Ok((sold, old))
}

fn rules(pass: &Pass) -> RenewalRules {
    pass.life.renewal.clone().unwrap_or_default()
}

/// How long the renewal lasts: as long as the pass was sold for if that is a period and the plan the same, else as the
/// plan says.
fn period(pass: &Pass, plan: &Plan) -> Result<Period> {
    let own = pass.validity.as_ref().filter(|_| plan.plan == pass.plan);
    let of = |validity: Option<&Validity>| match validity {
        Some(Validity::Period(period)) => Some(*period),
        _ => None,
    };
    let period = of(own).or_else(|| of(plan.kind.validity()));
    period.ok_or_else(|| Error::field(Reason::NotAllowed, "pass").with("validity", "no period"))
}

pub(crate) fn due(work: &mut Work<'_>, request: RenewalDue) -> Result<RenewalsDue> {
    let limit = input::page(request.limit, 100)?;
    let (venue, zone) = {
        let venue = work.venue()?;
        (venue.venue, venue.time_zone)
    };
    let at = work.at;
    let before = request.before.unwrap_or(at.plus_micros(1)?);
    let since = move_days(zone, at, DUE_PAST.saturating_neg())?;
    let mut from = match request.after {
        None => (since, 0),
        Some(id) => {
            let pass = store::pass::get(work.db(), input::id(id, "after")?)?;
            let pass = pass.ok_or_else(|| Error::field(Reason::PassNotFound, "after"))?;
            (pass.ends.unwrap_or(Instant::FOREVER), id.0)
        }
    };
    let horizon = move_days(zone, before, DUE_AHEAD).unwrap_or(Instant::FOREVER);
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut renewals = Vec::new();
    loop {
        let found = store::pass::to_renew(work.db(), venue, horizon, from, limit.saturating_add(1))?;
        let is_last = found.len() <= size;
        for pass in &found {
            from = (pass.ends.unwrap_or(Instant::FOREVER), pass.pass.0);
            renewals.extend(due_of(work, pass, before)?);
        }
        if is_last || renewals.len() > size {
            break;
        }
    }
    let more = renewals.len() > size;
    renewals.truncate(size);
    Ok(RenewalsDue { renewals, more })
}

/// A pass in the list of what is due, if it is.
fn due_of(work: &Work<'_>, pass: &Pass, before: Instant) -> Result<Option<DueRenewal>> {
    let (Some(ends), Some(plan)) = (pass.ends, work.config.plans.get(&pass.plan)) else { return Ok(None) };
    if pass.cancel_at_end || plan.deleted || pass.starts.is_none() {
        return Ok(None);
    }
    let ahead = i64::from(rules(pass).due_days.unwrap_or(0));
    let first = move_days(work.zone_of(pass.venue)?, ends, ahead.saturating_neg())?;
    let due = pass.dunning.and_then(|dunning| dunning.next).unwrap_or(first);
    Ok((due < before).then_some(DueRenewal {
        pass: pass.pass,
        client: pass.client,
        plan: pass.plan,
        ends,
        due,
        amount: plan.price,
        dunning: pass.dunning,
    }))
}

pub(crate) fn failed(work: &mut Work<'_>, request: RenewalFailed) -> Result<RenewalNoted> {
    let reason = super::pass_course::reason(request.reason.as_ref())?;
    let mut changing = Changing::named(work, request.pass, None)?;
    if !changing.pass.auto_renew {
        return Err(Error::field(Reason::NotAllowed, "pass").with("auto_renew", false));
    }
    if let Some(next) = changing.pass.next {
        return Err(Error::field(Reason::AlreadyDone, "pass").with("next", next));
    }
    if request.retry_at.is_some_and(|retry| retry <= work.at) {
        return Err(Error::field(Reason::InThePast, "retry_at"));
    }
    let before = changing.pass.dunning;
    let dunning = Dunning {
        failures: before.map_or(0, |dunning| dunning.failures).saturating_add(1),
        since: before.map_or(work.at, |dunning| dunning.since),
        next: request.retry_at,
    };
    changing.pass.dunning = Some(dunning);
    let pass = changing.write(work, PassAct::RenewalFailed, reason)?;
    Ok(RenewalNoted { pass: pass.pass, version: pass.version, dunning })
}
