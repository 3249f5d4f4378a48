//! The sale of a pass.

use crate::books::{Group, Movement, split_net};
use crate::changes::Change;
use crate::input;
use crate::work::Work;
use carnet_domain::account::{Account, Counter, Party, PaymentMethod, TransferReason, Unit};
use carnet_domain::client::ExternalId;
use carnet_domain::life::PassAct;
use carnet_domain::lots::{Lot, Origin};
use carnet_domain::pass::{Pass, PassState, PassStatus};
use carnet_domain::plan::{Channel, Plan, PlanKind, Span, StartChoice, Validity, span_of_sale};
use carnet_domain::{
    AccountId, BookingId, ClientId, Date, Error, GroupId, Instant, LotId, Money, PassId, Percent, PlanId,
    Reason, Result, choice, record, request, words,
};

request! {
    /// What a client pays, in one way.
    pub struct Payment {
        /// With what.
        pub method: PaymentMethod,
        /// How much, more than nothing.
        pub amount: Money,
    }

    /// A lower price, and why.
    pub struct Discount {
        /// How much lower.
        pub by: DiscountBy,
        /// Why, 1 to 200 characters. Kept in the journal: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
    }

    /// Sells a plan to a client.
    pub struct PassSell {
        /// Who will hold it.
        pub client: ClientId,
        /// The plan.
        pub plan: PlanId,
        /// Another validity than the plan's, for this pass only.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub validity: Option<Validity>,
        /// Another start than the plan's.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub start: Option<StartChoice>,
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
        /// Through which channel. The desk if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channel: Option<Channel>,
        /// Which bookings it pays. Only those to come if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub covers: Option<SaleCovers>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }
}

words! {
    /// Which bookings a pass pays.
    pub enum SaleCovers {
        /// Those that are made after the sale.
        NewOnly "new_only",
        /// Those too that were made before and that nothing pays yet, in the order of their beginning.
        Booked "booked",
    }
}

choice! {
    /// How much lower a price is.
    pub enum DiscountBy {
        /// By a part of it, up to 100.
        Percent(Percent),
        /// By an amount, not more than the price.
        Amount(Money),
    }
}

record! {
    /// A pass was sold.
    pub struct PassSold {
        /// Its id.
        pub pass: PassId,
        /// Its state at the sale.
        pub state: PassState,
        /// Its first instant; none until the first use.
        pub starts: Option<Instant>,
        /// The instant at which it has ended; none for ever, or until the first use.
        pub ends: Option<Instant>,
        /// The price before the discount, tax included.
        pub list_price: Money,
        /// The price paid, tax included.
        pub price: Money,
        /// The part of it that is tax.
        pub tax: Money,
        /// The account of its visits or credit.
        pub account: Option<AccountId>,
        /// The lot granted.
        pub lot: Option<LotId>,
        /// The transfers of the sale.
        pub group: GroupId,
        /// The bookings made before that it pays now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub charged: Vec<BookingId>,
    }
}

/// The price of a sale, in its steps.
#[derive(Clone, Copy)]
pub(crate) struct Price {
    pub list: Money,
    pub paid: Money,
    pub net: Money,
    pub tax: Money,
    pub rate: Percent,
}

/// Where a new pass stands among others.
#[derive(Default)]
pub(crate) struct Placed {
    pub anchor: Option<Date>,
    pub term: i32,
    pub previous: Option<PassId>,
    /// As its plan says if left out.
    pub auto_renew: Option<bool>,
    pub notes: Option<String>,
}

/// A pass that is going to be sold.
pub(crate) struct NewPass<'a> {
    pub client: ClientId,
    pub validity: Option<Validity>,
    pub span: Span,
    pub price: Price,
    pub payments: &'a [Payment],
    /// What another pass pays of the price, tax included.
    pub credited: Option<Money>,
    pub external_ids: Vec<ExternalId>,
    pub covers: SaleCovers,
    pub place: Placed,
}

pub(crate) fn sell(work: &mut Work<'_>, request: PassSell) -> Result<PassSold> {
    let client = super::client::active(work, request.client)?.client;
    let plan = plan_for_sale(work, request.plan, request.channel.unwrap_or(Channel::Desk))?;
    let zone = work.venue()?.time_zone;
    let price = Price::of(&plan, request.price, request.discount.as_ref())?;
    check_payments(&request.payments, price.paid)?;
    let external_ids = input::external_ids(&request.external_ids, "external_ids")?;
    work.refuse_taken::<PassId>(None, &external_ids, "external_ids")?;
    let validity = validity(&request, &plan)?;
    let choice = request.start.as_ref();
    let span = span_of_sale(&plan.start, choice, validity.as_ref(), work.at, zone)
        .map_err(|error| named(error, &request))?;
    let ended = span.ends.is_some_and(|end| end <= span.starts.unwrap_or(work.at));
    if ended {
        return Err(Error::field(Reason::EndBeforeStart, "validity"));
    }
    let place = Placed { anchor: span.starts.map(|start| zone.date_of(start)), ..Placed::default() };
    let payments = &request.payments;
    let covers = request.covers.unwrap_or(SaleCovers::NewOnly);
    let new =
        NewPass { client, validity, span, price, payments, credited: None, external_ids, covers, place };
    issue(work, &plan, new)
}

/// A new pass of a plan, with what is copied from it. Its account is not there yet.
pub(crate) fn pass_of(work: &mut Work<'_>, plan: &Plan, new: &NewPass<'_>) -> Result<Pass> {
    let (pass, venue, place) = (work.id()?, work.venue()?.venue, &new.place);
    Ok(Pass {
        pass,
        version: 1,
        client: new.client,
        plan: plan.plan,
        venue,
        kind: plan.kind.tag(),
        name: plan.name.clone(),
        priority: plan.priority,
        sold: work.at,
        starts: new.span.starts,
        latest_start: new.span.latest_start,
        ends: new.span.ends,
        validity: new.validity.clone(),
        status: PassStatus::Open,
        closed: None,
        price: new.price.paid,
        value: new.price.net,
        tax: new.price.rate,
        account: None,
        services: plan.services.clone(),
        categories: plan.categories.clone(),
        venues: plan.venues.clone(),
        usage: plan.usage.clone(),
        life: plan.life.clone(),
        frozen: Vec::new(),
        anchor: place.anchor,
        term: place.term,
        previous: place.previous,
        next: None,
        auto_renew: place
            .auto_renew
            .unwrap_or_else(|| plan.life.renewal.as_ref().is_some_and(|rules| rules.automatic)),
        cancel_at_end: false,
        dunning: None,
        notes: place.notes.clone(),
        recognised: None,
        recognised_until: None,
        external_ids: new.external_ids.clone(),
    })
}

/// Sells a pass whose terms are decided: the pass, its account and lot, what was paid.
pub(crate) fn issue(work: &mut Work<'_>, plan: &Plan, new: NewPass<'_>) -> Result<PassSold> {
    let NewPass { client, price, payments, credited, covers, .. } = new;
    let zone = work.venue()?.time_zone;
    let mut pass = pass_of(work, plan, &new)?;
    let mut group = Group::new(work)?;
    (group.client, group.pass, group.plan) = (Some(client), Some(pass.pass), Some(plan.plan));
    let granted = granted(&plan.kind).map(|(unit, amount)| (unit, amount, pass.pass));
    let account = open_account(work, &pass, granted)?;
    pass.account = account.as_ref().map(|account| account.account);
    // The pass before its lot and transfers: they refer to its account, and the account to it.
    work.add(Change::Pass(pass.clone()));
    super::pass_course::note(work, None, &pass, PassAct::Sell, None);
    let mut lot = grant(work, &group, &pass, account.as_ref(), &plan.kind)?;
    let into = (TransferReason::Sale, Counter::DeferredRevenue);
    let rest = post_credited(work, &group, &price, credited)?;
    post_payments(work, &group, payments, rest, into)?;
    let missed = super::day::missed(work, None, &pass)?;
    let reason = TransferReason::TimeRecognition;
    group.between(work, reason, missed, Counter::DeferredRevenue, Counter::Revenue)?;
    if price.paid.minor() > 0 {
        work.add(Change::Spent { client, amount: price.paid });
    }
    let charged = match covers {
        SaleCovers::Booked => super::booking::cover_booked(work, &pass, &mut lot)?,
        SaleCovers::NewOnly => Vec::new(),
    };
    let rest = lot.as_ref().map(|lot| lot.rest);
    Ok(PassSold {
        pass: pass.pass,
        state: pass.state_at(work.at, zone, rest, false)?,
        starts: pass.starts,
        ends: pass.ends,
        list_price: price.list,
        price: price.paid,
        tax: price.tax,
        account: pass.account,
        lot: lot.map(|lot| lot.lot),
        group: group.group,
        charged,
    })
}

/// Posts the part of a price that another pass pays, and returns what is left, net of tax and whole.
fn post_credited(
    work: &mut Work<'_>,
    group: &Group,
    price: &Price,
    credited: Option<Money>,
) -> Result<(Money, Money)> {
    let Some(credited) = credited.filter(|credited| credited.minor() > 0) else {
        return Ok((price.net, price.paid));
    };
    let rest = price.paid.checked_sub(credited)?;
    let parts = split_net(&[credited, rest], price.net, price.paid)?;
    let (net, tax) = parts.first().copied().ok_or(Reason::Internal)?;
    group.between(work, TransferReason::Sale, net, Counter::Exchange, Counter::DeferredRevenue)?;
    group.between(work, TransferReason::Tax, tax, Counter::Exchange, Counter::TaxPayable)?;
    Ok((price.net.checked_sub(net)?, rest))
}

/// Names the field that a refused span comes from.
fn named(error: Error, request: &PassSell) -> Error {
    let field = if request.validity.is_none() && request.start.is_some() { "start" } else { "validity" };
    error.or_field(field)
}

/// A plan that is sold through a channel.
pub(crate) fn plan_for_sale(work: &Work<'_>, plan: PlanId, channel: Channel) -> Result<Plan> {
    input::id(plan, "plan")?;
    let plan = work.config.plans.get(&plan).ok_or_else(|| Error::field(Reason::PlanNotFound, "plan"))?;
    if plan.deleted {
        return Err(Error::field(Reason::PlanDeleted, "plan"));
    }
    if !plan.channels.contains(&channel) {
        return Err(Error::field(Reason::NotForSale, "plan").with("channel", channel));
    }
    Ok(plan.clone())
}

fn validity(request: &PassSell, plan: &Plan) -> Result<Option<Validity>> {
    if let Some(Validity::Period(period)) = &request.validity {
        period.validate().map_err(|error| error.within("validity.period"))?;
    }
    Ok(request.validity.clone().or_else(|| plan.kind.validity().cloned()))
}

impl Price {
    /// The price of a plan, or another in its place, less a discount.
    pub fn of(plan: &Plan, price: Option<Money>, discount: Option<&Discount>) -> Result<Self> {
        let list = input::not_negative(price.unwrap_or(plan.price), "price")?;
        if list.currency() != plan.price.currency() {
            return Err(Error::field(Reason::CurrencyMismatch, "price"));
        }
        let paid = match discount {
            None => list,
            Some(discount) => discounted(list, discount)?,
        };
        let net = paid.net_of_tax(plan.tax)?;
        Ok(Self { list, paid, net, tax: paid.checked_sub(net)?, rate: plan.tax })
    }
}

fn discounted(list: Money, discount: &Discount) -> Result<Money> {
    input::text(&discount.reason, "discount.reason", 200)?;
    let off = match &discount.by {
        DiscountBy::Percent(rate) if rate.decimal() > rust_decimal::Decimal::ONE_HUNDRED => {
            return Err(Error::field(Reason::OutOfRange, "discount.by.percent").with("max", 100));
        }
        DiscountBy::Percent(rate) => rate.of(list)?,
        DiscountBy::Amount(amount) => input::not_negative(*amount, "discount.by.amount")?,
    };
    let paid = list.checked_sub(off).map_err(|error| error.or_field("discount.by.amount"))?;
    if paid.minor() < 0 {
        return Err(Error::field(Reason::OutOfRange, "discount.by.amount").with("max", list));
    }
    Ok(paid)
}

pub(crate) fn check_payments(payments: &[Payment], price: Money) -> Result<()> {
    input::list(payments, "payments", 16)?;
    let mut sum = Money::zero(price.currency());
    for (index, payment) in payments.iter().enumerate() {
        let field = format!("payments.{index}.amount");
        input::positive(payment.amount, &field)?;
        sum = sum.checked_add(payment.amount).map_err(|error| error.or_field(&field))?;
    }
    if sum != price {
        return Err(Error::field(Reason::SumMismatch, "payments").with("needed", price).with("given", sum));
    }
    Ok(())
}

/// The unit and quantity that a plan grants; none for time.
fn granted(kind: &PlanKind) -> Option<(Unit, i64)> {
    match kind {
        PlanKind::Time { .. } => None,
        PlanKind::Credit { credit, .. } => Some((Unit::Credit(credit.currency()), credit.minor())),
        PlanKind::Visits { visits, .. } => Some((Unit::Visits, *visits)),
    }
}

pub(crate) fn open_account(
    work: &mut Work<'_>,
    pass: &Pass,
    granted: Option<(Unit, i64, PassId)>,
) -> Result<Option<Account>> {
    let Some((unit, _, id)) = granted else { return Ok(None) };
    let account = Account {
        account: work.id()?,
        client: pass.client,
        venue: pass.venue,
        pass: Some(id),
        unit,
        debt_limit: 0,
        debt: 0,
    };
    work.add(Change::Account(account.clone()));
    Ok(Some(account))
}

fn grant(
    work: &mut Work<'_>,
    group: &Group,
    pass: &Pass,
    account: Option<&Account>,
    kind: &PlanKind,
) -> Result<Option<Lot>> {
    let (Some(account), Some((unit, amount))) = (account, granted(kind)) else { return Ok(None) };
    let lot = Lot {
        lot: work.id()?,
        account: account.account,
        amount,
        rest: amount,
        held: 0,
        held_until: None,
        granted: work.at,
        effective: pass.starts.unwrap_or(work.at).min(work.at),
        expires: if pass.starts.is_some() { pass.ends } else { None },
        priority: 0,
        origin: Origin::Paid,
        value: pass.value.minor(),
        recognised: 0,
        released: 0,
    };
    work.add(Change::Lot(lot.clone()));
    let movement = Movement {
        reason: TransferReason::Grant,
        unit,
        amount,
        debit: Party::Counter(Counter::Issued),
        credit: Party::Account(account.account),
    };
    group.grant(work, movement, lot.lot)?;
    Ok(Some(lot))
}

/// Posts payments of an amount, given net of tax and whole: the net part into a counter-account for a reason, the rest as tax.
pub(crate) fn post_payments(
    work: &mut Work<'_>,
    group: &Group,
    payments: &[Payment],
    (net, gross): (Money, Money),
    (reason, into): (TransferReason, Counter),
) -> Result<()> {
    let amounts: Vec<Money> = payments.iter().map(|payment| payment.amount).collect();
    let parts = split_net(&amounts, net, gross)?;
    let client = group.client.ok_or(Reason::Internal)?;
    let mut from_account = Money::zero(gross.currency());
    for ((index, payment), (net, tax)) in payments.iter().enumerate().zip(parts) {
        if payment.method == PaymentMethod::Account {
            // One take for all: two payments from one account would not see each other's use.
            if from_account.minor() > 0 {
                return Err(Error::field(Reason::Contradiction, format!("payments.{index}.method")));
            }
            from_account = payment.amount;
        }
        let field = format!("payments.{index}.amount");
        let (debit, lots) = crate::books::payer(work, client, payment.method, payment.amount, &field)?;
        let unit = Unit::Money(payment.amount.currency());
        let movement = |reason, amount: Money, credit| Movement {
            reason,
            unit,
            amount: amount.minor(),
            debit: debit.clone(),
            credit: Party::Counter(credit),
        };
        group.post(work, movement(reason, net, into), lots)?;
        group.post(work, movement(TransferReason::Tax, tax, Counter::TaxPayable), Vec::new())?;
    }
    Ok(())
}
