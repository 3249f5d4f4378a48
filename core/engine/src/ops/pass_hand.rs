//! A pass goes on as another one: given to another client, or changed for a pass of another plan.

use super::pass_cancel::{Refund, lapse, pay_back};
use super::pass_course::{self, Changing, take_fee};
use super::pass_renew::{self, Renewal};
use super::pass_sell::{Discount, NewPass, PassSold, Payment, Placed, Price, SaleCovers};
use crate::books::{Group, Movement};
use crate::changes::Change;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Account, Counter, Party, PaymentMethod, TransferReason};
use carnet_domain::life::{Freeze, PassAct};
use carnet_domain::lots::Lot;
use carnet_domain::money::proportion;
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::plan::{Channel, PlanTag, StartChoice, span_of_sale};
use carnet_domain::proration::gross_of;
use carnet_domain::{
    AccountId, ClientId, Error, GroupId, Instant, Money, PassId, PlanId, Reason, Result, record, request,
    words,
};

request! {
    /// Gives a pass to another client: plan, rules, dates, freezes, what is left on it and what it is still worth. The
    /// holder pays the fee.
    pub struct PassTransfer {
        /// The pass.
        pub pass: PassId,
        /// Who gets it.
        pub client: ClientId,
        /// What is paid; adds up to the fee.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub payments: Vec<Payment>,
        /// Staff set the rules and the fee of the plan aside.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub beyond_rules: bool,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reason: Option<String>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Changes a pass for one of another plan. Now: what the old one is still worth pays for the new one; the difference is
    /// paid, or given back. At its end: it goes on until then, nothing of it is credited, and the new one, which is paid
    /// now, begins there; that is its renewal, as by `pass.renew` with a `plan`. As a dry run without payments it is a quote.
    pub struct PassReplace {
        /// The pass that is given back.
        pub pass: PassId,
        /// The plan of the new one.
        pub plan: PlanId,
        /// Now if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub when: Option<ReplaceWhen>,
        /// Another price than the plan's, tax included.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub price: Option<Money>,
        /// A lower price, and why.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub discount: Option<Discount>,
        /// What is paid; adds up to the difference, at the end of the old one to the price.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub payments: Vec<Payment>,
        /// How the difference is given back where the old pass is worth more than the new one costs.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub refund: Option<PaymentMethod>,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reason: Option<String>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }
}

words! {
    /// When a pass is changed for one of another plan.
    pub enum ReplaceWhen {
        /// Now: what it is still worth pays for the new one.
        Now "now",
        /// At its end: the new one begins there.
        AtEnd "at_end",
    }
}

record! {
    /// A pass was given to another client.
    pub struct PassTransferred {
        /// The pass that was given.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// The pass that the other client holds now.
        pub new: PassId,
        /// The account of its visits or credit.
        pub account: Option<AccountId>,
        /// Its end; none for ever, or until the first use.
        pub ends: Option<Instant>,
        /// The value that went over, net of tax.
        pub value: Money,
        /// What it cost, tax included.
        pub fee: Money,
        /// The transfers of the fee, if one was paid.
        pub fee_group: Option<GroupId>,
        /// The transfers of what went over.
        pub group: Option<GroupId>,
    }

    /// A pass was changed for one of another plan.
    pub struct PassReplaced {
        /// The pass that was given back.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// What it was still worth, tax included; nothing where it goes on until its end.
        pub credit: Money,
        /// What is to be paid beside it.
        pub due: Money,
        /// What is given back.
        pub refunded: Money,
        /// The new pass.
        pub new: PassSold,
    }
}

/// Refuses a pass whose renewal is sold already: that one is a pass by itself.
fn refuse_renewed(work: &mut Work<'_>, pass: &Pass) -> Result<()> {
    let Some(id) = pass.next else { return Ok(()) };
    let next = store::pass::get(work.db(), id)?;
    if next.is_some_and(|next| next.status == PassStatus::Open) {
        return Err(Error::field(Reason::NotAllowed, "pass").with("next", id));
    }
    Ok(())
}

pub(crate) fn transfer(work: &mut Work<'_>, request: PassTransfer) -> Result<PassTransferred> {
    let reason = pass_course::reason(request.reason.as_ref())?;
    let mut changing = Changing::named(work, request.pass, request.expected_version)?;
    let to = super::client::active(work, request.client)?.client;
    if to == changing.pass.client {
        return Err(Error::field(Reason::Contradiction, "client"));
    }
    changing.refuse_ended(work)?;
    refuse_renewed(work, &changing.pass)?;
    let rules = changing.pass.life.transfer.clone();
    if rules.is_none() && !request.beyond_rules {
        return Err(Error::field(Reason::NotAllowed, "pass"));
    }
    let lots = pass_course::lots(work, &changing.before)?;
    pass_course::refuse_held(&lots)?;
    let fee = rules.and_then(|rules| rules.fee);
    let fee = take_fee(work, &changing, fee, &request.payments, request.beyond_rules)?;
    let earned = changing.settle(work)?;
    let value = pass_course::owed(&changing.before, &lots, earned);
    let new = new_holder(work, &changing, to, value)?;
    let group = changing.group(work)?;
    hand_value(work, group, &new, value)?;
    hand_lots(work, group, &changing.before, &new, &lots)?;
    hand_freezes(work, &new)?;
    changing.pass.status = PassStatus::Transferred;
    changing.pass.closed = Some(work.at);
    changing.pass.next = Some(new.pass);
    let group = changing.group_id();
    let old = changing.record(work, PassAct::Transfer, reason)?;
    Ok(PassTransferred {
        pass: old.pass,
        version: old.version,
        new: new.pass,
        account: new.account,
        ends: new.ends,
        value,
        fee: fee.paid,
        fee_group: fee.group,
        group,
    })
}

/// The pass that the other client gets, with its account. What it is worth is what was owed.
fn new_holder(work: &mut Work<'_>, changing: &Changing, to: ClientId, value: Money) -> Result<Pass> {
    let old = &changing.pass;
    let pass: PassId = work.id()?;
    let started = old.kind == PlanTag::Time && old.starts.is_some();
    let account = match changing.before.account {
        Some(account) => {
            let account = store::account::get(work.db(), account)?.ok_or(Reason::Internal)?;
            let account = Account { account: work.id()?, client: to, pass: Some(pass), ..account };
            work.add(Change::Account(account.clone()));
            Some(account.account)
        }
        None => None,
    };
    let new = Pass {
        pass,
        version: 1,
        client: to,
        sold: work.at,
        price: gross_of(value, old.value, old.price)?,
        value,
        account,
        previous: Some(old.pass),
        next: None,
        notes: None,
        recognised: started.then(|| Money::zero(value.currency())),
        recognised_until: old.recognised_until.filter(|_| started),
        external_ids: Vec::new(),
        ..old.clone()
    };
    work.add(Change::Pass(new.clone()));
    pass_course::note(work, None, &new, PassAct::Transfer, None);
    Ok(new)
}

/// The same group of transfers, for another pass.
fn of_pass(mut group: Group, pass: &Pass) -> Group {
    group.client = Some(pass.client);
    (group.pass, group.plan) = (Some(pass.pass), Some(pass.plan));
    group
}

/// Moves the value that is owed from one pass to the other.
fn hand_value(work: &mut Work<'_>, group: Group, new: &Pass, value: Money) -> Result<()> {
    let reason = TransferReason::Handover;
    group.between(work, reason, value, Counter::DeferredRevenue, Counter::Exchange)?;
    of_pass(group, new).between(work, reason, value, Counter::Exchange, Counter::DeferredRevenue)
}

/// Moves what is left of each lot into a lot of the other pass, which keeps its place in the order of use.
fn hand_lots(work: &mut Work<'_>, group: Group, old: &Pass, new: &Pass, lots: &[Lot]) -> Result<()> {
    let (Some(from), Some(to)) = (old.account, new.account) else { return Ok(()) };
    let unit = super::day::unit_of(old);
    for lot in lots.iter().filter(|lot| lot.rest > 0) {
        let (after, taken) = lapse(lot);
        let granted = Lot {
            lot: work.id()?,
            account: to,
            amount: lot.rest,
            held_until: None,
            // Of a pass that began by itself, nobody may have written down when its lots end.
            expires: lot.expires.or(new.ends.filter(|_| new.starts.is_some())),
            value: after.released.saturating_sub(lot.released),
            recognised: 0,
            released: 0,
            ..lot.clone()
        };
        let movement = Movement {
            reason: TransferReason::Handover,
            unit,
            amount: lot.rest,
            debit: Party::Account(from),
            credit: Party::Account(to),
        };
        work.add(Change::Lot(granted.clone()));
        group.hand_over(work, movement, vec![taken], granted.lot)?;
        work.add(Change::of_lot(lot, &after));
    }
    Ok(())
}

/// The freezes go with the pass: those that run or are planned can be ended, and the allowance is not new.
fn hand_freezes(work: &mut Work<'_>, new: &Pass) -> Result<()> {
    let Some(old) = new.previous else { return Ok(()) };
    for freeze in store::pass::freezes(work.db(), old)? {
        let copy = Freeze { freeze: work.id()?, pass: new.pass, group: None, ..freeze };
        work.add(Change::Freeze(copy));
    }
    Ok(())
}

pub(crate) fn replace(work: &mut Work<'_>, request: PassReplace) -> Result<PassReplaced> {
    let reason = pass_course::reason(request.reason.as_ref())?;
    let mut changing = Changing::named(work, request.pass, request.expected_version)?;
    changing.refuse_ended(work)?;
    if request.plan == changing.pass.plan {
        return Err(Error::field(Reason::Contradiction, "plan"));
    }
    if request.when == Some(ReplaceWhen::AtEnd) {
        return replace_at_end(work, changing, &request, reason);
    }
    refuse_renewed(work, &changing.pass)?;
    let plan = super::pass_sell::plan_for_sale(work, request.plan, Channel::Desk)?;
    super::client::active(work, changing.pass.client)?;
    let price = Price::of(&plan, request.price, request.discount.as_ref())?;
    let lots = pass_course::lots(work, &changing.before)?;
    let earned = changing.settle(work)?;
    let owed = pass_course::owed(&changing.before, &lots, earned);
    let credit = gross_of(owed, changing.pass.value, changing.pass.price)?;
    let split = Split::of(credit, owed, price.paid)?;
    let quote = work.call.dry_run && request.payments.is_empty();
    if !quote {
        super::pass_sell::check_payments(&request.payments, split.due)?;
    }
    give_up(work, &mut changing, &split, request.refund, quote)?;
    let group = changing.group(work)?;
    super::pass_cancel::forfeit(work, &group, &changing.before, &lots)?;
    let validity = plan.kind.validity().cloned();
    let (at, zone) = (work.at, changing.zone);
    let span = span_of_sale(&plan.start, Some(&StartChoice::AtSale), validity.as_ref(), at, zone)
        .map_err(|error| error.or_field("plan"))?;
    let new = NewPass {
        client: changing.pass.client,
        validity,
        span,
        price,
        payments: &request.payments,
        credited: Some(split.used),
        covers: SaleCovers::NewOnly,
        external_ids: Vec::new(),
        place: Placed {
            anchor: Some(zone.date_of(at)),
            term: 0,
            previous: Some(changing.pass.pass),
            auto_renew: None,
            notes: changing.pass.notes.clone(),
        },
    };
    let new = super::pass_sell::issue(work, &plan, new)?;
    changing.pass.status = PassStatus::Replaced;
    changing.pass.closed = Some(at);
    changing.pass.next = Some(new.pass);
    let old = changing.record(work, PassAct::Replace, reason)?;
    let Split { due, over, .. } = split;
    Ok(PassReplaced { pass: old.pass, version: old.version, credit, due, refunded: over, new })
}

/// The pass goes on until its end, and is renewed into the other plan.
fn replace_at_end(
    work: &mut Work<'_>,
    changing: Changing,
    request: &PassReplace,
    reason: Option<String>,
) -> Result<PassReplaced> {
    if request.refund.is_some() {
        return Err(Error::field(Reason::Contradiction, "refund").with("when", ReplaceWhen::AtEnd));
    }
    let renewal = Renewal {
        plan: request.plan,
        price: request.price,
        discount: request.discount.as_ref(),
        payments: &request.payments,
        is_quote: work.call.dry_run && request.payments.is_empty(),
        reason,
    };
    let (new, old) = pass_renew::go_on(work, changing, renewal)?;
    let nothing = Money::zero(new.price.currency());
    let (pass, version, due) = (old.pass, old.version, new.price);
    Ok(PassReplaced { pass, version, credit: nothing, due, refunded: nothing, new })
}

/// What a pass that is given back pays of another one.
struct Split {
    /// What it pays, tax included.
    used: Money,
    /// The same net of its tax.
    used_net: Money,
    /// What is given back, tax included.
    over: Money,
    /// The same net of its tax.
    over_net: Money,
    /// What is to be paid beside it.
    due: Money,
}

impl Split {
    fn of(credit: Money, owed: Money, price: Money) -> Result<Self> {
        let nothing = Money::zero(price.currency());
        let difference = price.checked_sub(credit).map_err(|error| error.or_field("plan"))?;
        let over = Money::new(difference.minor().saturating_neg().max(0), price.currency());
        let over_net = match credit.minor() {
            0 => nothing,
            whole => Money::new(proportion(owed.minor(), over.minor(), whole)?, price.currency()),
        };
        Ok(Self {
            used: credit.checked_sub(over)?,
            used_net: owed.checked_sub(over_net)?,
            over,
            over_net,
            due: Money::new(difference.minor().max(0), price.currency()),
        })
    }
}

/// Takes the value of a pass that is given back out of what is owed for it.
fn give_up(
    work: &mut Work<'_>,
    changing: &mut Changing,
    split: &Split,
    refund: Option<PaymentMethod>,
    quote: bool,
) -> Result<()> {
    let group = changing.group(work)?;
    let tax = split.used.checked_sub(split.used_net)?;
    let reason = TransferReason::Credit;
    group.between(work, reason, split.used_net, Counter::DeferredRevenue, Counter::Exchange)?;
    group.between(work, reason, tax, Counter::TaxPayable, Counter::Exchange)?;
    if split.over.minor() > 0 {
        let method = match refund {
            Some(method) => method,
            None if quote => PaymentMethod::Cash,
            None => return Err(Error::field(Reason::Required, "refund").with("over", split.over)),
        };
        let back = Refund { gross: split.over, net: split.over_net };
        pay_back(work, &group, &changing.before, back, method)?;
    }
    let worth = split.used.checked_add(split.over)?;
    if worth.minor() > 0 {
        let back = Money::zero(worth.currency()).checked_sub(worth)?;
        work.add(Change::Spent { client: changing.before.client, amount: back });
    }
    Ok(())
}
