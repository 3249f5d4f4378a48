//! Passes: one, and lists.

use crate::input;
use crate::store;
use crate::store::pass::Listed;
use crate::work::Work;
use carnet_domain::account::Unit;
use carnet_domain::lots::{self, Lot};
use carnet_domain::pass::{Pass, PassState, PassStatus};
use carnet_domain::plan::PlanTag;
use carnet_domain::{ClientId, Error, Instant, Money, PassId, PlanId, Reason, Result, record, request};

request! {
    /// Returns one pass with its state and rest.
    pub struct PassGet {
        /// The pass.
        pub pass: PassId,
    }

    /// Lists passes, newest first, or by their end where `ends_before` is given.
    #[derive(Default)]
    pub struct PassList {
        /// Only those of this client.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// Only those of this plan.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub plan: Option<PlanId>,
        /// Only those that can be used at the time of the request and end before this instant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub ends_before: Option<Instant>,
        /// The last pass of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<PassId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A pass with what it is at the time of the request.
    pub struct PassView {
        /// What was sold.
        pub pass: Pass,
        /// Its state.
        pub state: PassState,
        /// What its account counts; none for a time pass.
        #[schemars(with = "Option<String>")]
        pub unit: Option<Unit>,
        /// What is left, in the unit: `7` visits, `70.00` credit.
        pub rest: Option<String>,
        /// The value recognised so far, net of tax.
        pub recognised: Money,
        /// The value still owed, net of tax.
        pub owed: Money,
        /// Its lots.
        pub lots: Vec<Lot>,
    }

    /// A page of passes.
    pub struct PassListed {
        /// The passes.
        pub passes: Vec<PassView>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

/// Reads a pass that a request names.
pub(crate) fn existing(work: &mut Work<'_>, id: PassId) -> Result<Pass> {
    input::id(id, "pass")?;
    store::pass::get(work.db(), id)?.ok_or_else(|| Error::field(Reason::PassNotFound, "pass"))
}

/// What a pass is at the time of the request.
pub(crate) fn view(work: &mut Work<'_>, pass: Pass) -> Result<PassView> {
    let lots = match pass.account {
        Some(account) => store::account::all_lots(work.db(), account)?,
        None => Vec::new(),
    };
    view_with(work, pass, lots)
}

/// The same with the lots of its account, where they were read already.
pub(crate) fn view_with(work: &mut Work<'_>, pass: Pass, mut lots: Vec<Lot>) -> Result<PassView> {
    let zone = work.zone_of(pass.venue)?;
    let at = work.at;
    store::hold::recount(work.db(), &mut lots, at)?;
    // One that waited for its first use until it was over has nothing left, though nobody has written its start down.
    let (_, ends) = pass.span_at(at, zone)?;
    let over = pass.starts.is_none() && ends.is_some_and(|end| end <= at);
    let rest = pass.account.map(|_| if over { 0 } else { lots::available(&lots, at) });
    let deleted = work.config.plans.get(&pass.plan).is_some_and(|plan| plan.deleted);
    let state = pass.state_at(at, zone, rest, deleted)?;
    let unit = match pass.kind {
        PlanTag::Time => None,
        PlanTag::Visits => Some(Unit::Visits),
        PlanTag::Credit => Some(Unit::Credit(pass.price.currency())),
    };
    let currency = pass.value.currency();
    let (recognised, owed) = if pass.kind == PlanTag::Time {
        let seen = pass.closed.unwrap_or(at).min(at);
        // What is fixed for a day holds on it, also where the pass was over before.
        let fixed = pass.recognised.filter(|_| pass.recognised_until.is_some_and(|until| seen < until));
        let earned = fixed.map_or_else(|| pass.earned_by_time(seen, zone), |fixed| Ok(fixed.minor()))?;
        let owed =
            if pass.status == PassStatus::Open { pass.value.minor().saturating_sub(earned) } else { 0 };
        (earned, owed)
    } else {
        let recognised = lots.iter().map(|lot| lot.recognised).fold(0, i64::saturating_add);
        (recognised, lots.iter().map(Lot::owed).fold(0, i64::saturating_add))
    };
    let rest = rest.zip(unit).map(|(rest, unit)| unit.write(rest));
    Ok(PassView {
        state,
        unit,
        rest,
        recognised: Money::new(recognised, currency),
        owed: Money::new(owed, currency),
        lots,
        pass,
    })
}

pub(crate) fn get(work: &mut Work<'_>, request: PassGet) -> Result<PassView> {
    let pass = existing(work, request.pass)?;
    view(work, pass)
}

pub(crate) fn list(work: &mut Work<'_>, request: PassList) -> Result<PassListed> {
    let limit = input::page(request.limit, 50)?;
    let listed = match (request.client, request.plan, request.ends_before) {
        (Some(client), None, None) => Listed::OfClient(input::id(client, "client")?),
        (None, Some(plan), None) => Listed::OfPlan(input::id(plan, "plan")?),
        (None, None, Some(before)) => Listed::Ending(work.at, before),
        (None, None, None) => Listed::All,
        _ => return Err(Error::new(Reason::Contradiction).with("give", "one of client, plan, ends_before")),
    };
    let after = match request.after {
        Some(id) => {
            input::id(id, "after")?;
            let found = store::pass::get(work.db(), id)?;
            Some(found.ok_or_else(|| Error::field(Reason::PassNotFound, "after"))?)
        }
        None => None,
    };
    page(work, &listed, after, limit)
}

/// A page of passes. Of those that end soon only the usable ones, which no column tells: as many rows are read as it takes.
fn page(work: &mut Work<'_>, listed: &Listed, mut after: Option<Pass>, limit: i64) -> Result<PassListed> {
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut passes = Vec::new();
    loop {
        let found = store::pass::list(work.db(), listed, after.as_ref(), limit.saturating_add(1))?;
        let is_last = found.len() <= size;
        after = found.last().cloned();
        for pass in found {
            let seen = view(work, pass)?;
            if !matches!(listed, Listed::Ending(..)) || seen.state == PassState::Active {
                passes.push(seen);
            }
        }
        if is_last || passes.len() > size {
            break;
        }
    }
    let more = passes.len() > size;
    passes.truncate(size);
    Ok(PassListed { passes, more })
}
