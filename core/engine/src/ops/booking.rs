//! Bookings: a service for a client at an instant to come, and what pays for it.

use super::consume::{Use, Used, consume, start_with_first_use};
use super::weigh::{Asked, Considered, Unknown, consider, not_covered};
use crate::changes::Change;
use crate::input;
use crate::reversal::{Part, reverse_group};
use crate::store;
use crate::store::booking::Listed;
use crate::work::{Work, next_version, refuse_stale};
use carnet_domain::booking::{Booking, BookingState};
use carnet_domain::course::end_of_day;
use carnet_domain::decision::{Decided, HeldPass, Payer, RuleVerdict};
use carnet_domain::life::ChargeAt;
use carnet_domain::lots::{self, Lot};
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::payment::door_pass;
use carnet_domain::{
    BookingId, ClientId, Error, GroupId, Instant, PassId, Reason, Result, ServiceId, UseId, VisitId, record,
    request,
};

request! {
    /// Books a service. What pays for it is chosen as at the door, for the instant at which it begins.
    pub struct BookingAdd {
        /// Who comes.
        pub client: ClientId,
        /// For what.
        pub service: ServiceId,
        /// When it begins, not before the time of the request.
        pub starts: Instant,
        /// The pass that the client wants to use; refused if it does not pay.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub pass: Option<PassId>,
        /// Refused if no pass pays. Otherwise it is accepted unpaid.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub must_be_paid: bool,
    }

    /// Calls a booking off, and gives back what it took.
    pub struct BookingCancel {
        /// The booking.
        pub booking: BookingId,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Writes down that the client came, and in which visit. Charges the pass whose rules say that it is charged now.
    pub struct BookingAttend {
        /// The booking.
        pub booking: BookingId,
        /// The pass that pays for one that is not paid; refused if it does not pay.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub pass: Option<PassId>,
        /// Refused if it is not paid then. Otherwise it is attended unpaid.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub must_be_paid: bool,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// Lists the bookings of a client, or of the venue, by their beginning.
    #[derive(Default)]
    pub struct BookingList {
        /// Only those of this client, at all venues.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// Only those that begin at this instant or later.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub from: Option<Instant>,
        /// Only those that begin before this instant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub to: Option<Instant>,
        /// The last booking of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<BookingId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A booking was made or attended.
    pub struct BookingDone {
        /// Its id.
        pub booking: BookingId,
        /// Its version.
        pub version: i64,
        /// What became of it.
        pub state: BookingState,
        /// The pass that pays, with what is left on it where it was charged; none if nothing pays.
        pub payer: Option<Payer>,
        /// What spoke against the passes that do not pay.
        pub rules: Vec<RuleVerdict>,
        /// The use, if it was charged now.
        pub pass_use: Option<UseId>,
        /// The transfers of that use.
        pub group: Option<GroupId>,
        /// The visit in which it was attended, if the client came in by a door.
        #[serde(default)]
        pub visit: Option<VisitId>,
    }

    /// A booking was called off.
    pub struct BookingCancelled {
        /// Its id.
        pub booking: BookingId,
        /// Its version.
        pub version: i64,
        /// The transfers that gave back what it took; none if nothing was, or the pass was closed since.
        pub given_back: Option<GroupId>,
    }

    /// A booking, what it is at the time of the request, and whether it is paid.
    pub struct BookingView {
        /// The booking.
        pub booking: Booking,
        /// What became of it: missed too, which nobody writes down.
        pub state: BookingState,
        /// Whether a use of a pass paid for it and was not reversed.
        pub is_paid: bool,
    }

    /// A page of bookings.
    pub struct BookingListed {
        /// The bookings.
        pub bookings: Vec<BookingView>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

pub(crate) fn add(work: &mut Work<'_>, request: BookingAdd) -> Result<BookingDone> {
    let BookingAdd { client, service, starts, pass, must_be_paid } = request;
    super::client::active(work, client)?;
    if starts < work.at {
        return Err(Error::field(Reason::InThePast, "starts"));
    }
    let asked = Asked {
        client: Some(client),
        service: Some(service),
        pass,
        starts: Some(starts),
        ..Asked::default()
    };
    let found = consider(work, &asked)?.map_err(Unknown::into_error)?;
    let decided = found.decide(pass)?;
    refuse_unpaid(&decided, must_be_paid || pass.is_some())?;
    let mut booking = Booking {
        booking: work.id()?,
        version: 1,
        client,
        venue: work.venue()?.venue,
        service,
        starts,
        made: work.entered(),
        state: BookingState::Booked,
        pass: None,
        pass_use: None,
        group: None,
        visit: None,
    };
    let mut used = Used::default();
    if let Some(held) = decided.payer.and_then(|index| found.facts.passes.get(index)) {
        booking.pass = Some(held.pass.pass);
        if charged_when_made(work, held.pass.pass)? {
            used = charge(work, held, &decided, &mut booking)?;
        }
    }
    let done = done(&booking, decided, &used);
    work.add(Change::Booking(booking));
    Ok(done)
}

/// Refuses what no pass pays, if that was asked for, or if it is not a matter of payment.
fn refuse_unpaid(decided: &Decided, must_be_paid: bool) -> Result<()> {
    if decided.payer.is_none() && (must_be_paid || !decided.is_unpaid) {
        return Err(not_covered(&decided.decision));
    }
    Ok(())
}

fn done(booking: &Booking, decided: Decided, used: &Used) -> BookingDone {
    BookingDone {
        booking: booking.booking,
        version: booking.version,
        state: booking.state,
        payer: decided.decision.payer,
        rules: decided.decision.rules,
        pass_use: used.pass_use,
        group: used.group,
        visit: booking.visit,
    }
}

fn charged_when_made(work: &mut Work<'_>, pass: PassId) -> Result<bool> {
    let pass = store::pass::get(work.db(), pass)?.ok_or(Reason::Internal)?;
    Ok(pass.life.charge_at.unwrap_or(ChargeAt::Booking) == ChargeAt::Booking)
}

/// Takes what a booking costs. A pass that waits for its first use starts when the booking is attended, not when it is made.
fn charge(work: &mut Work<'_>, held: &HeldPass, decided: &Decided, booking: &mut Booking) -> Result<Used> {
    let used = Use {
        client: booking.client,
        held,
        takes: &decided.takes,
        service: Some(booking.service),
        venue: booking.venue,
        at: booking.starts,
        quantity: 1,
        visit: None,
        booking: Some(booking.booking),
    };
    let used = consume(work, &used)?;
    booking.pass = Some(held.pass.pass);
    (booking.pass_use, booking.group) = (used.pass_use, used.group);
    Ok(used)
}

/// Reads a booking that a request names and that waits to be attended.
fn waiting(work: &mut Work<'_>, id: BookingId, expected: Option<i64>) -> Result<Booking> {
    input::id(id, "booking")?;
    let found = store::booking::get(work.db(), id)?;
    let booking = found.ok_or_else(|| Error::field(Reason::BookingNotFound, "booking"))?;
    refuse_stale(expected, booking.version)?;
    if work.venue()?.venue != booking.venue {
        return Err(Error::field(Reason::Contradiction, "venue").with("booked_at", booking.venue));
    }
    if booking.state != BookingState::Booked {
        return Err(Error::field(Reason::AlreadyDone, "booking").with("state", booking.state));
    }
    Ok(Booking { version: next_version(booking.version)?, ..booking })
}

pub(crate) fn cancel(work: &mut Work<'_>, request: BookingCancel) -> Result<BookingCancelled> {
    let booking = waiting(work, request.booking, request.expected_version)?;
    let given_back = match (booking.pass, booking.group) {
        (Some(pass), Some(group)) if can_take_back(work, &booking, pass)? => {
            Some(reverse_group(work, group, Part::All)?.group)
        }
        _ => None,
    };
    let (id, version) = (booking.booking, booking.version);
    work.add(Change::Booking(Booking { state: BookingState::Cancelled, ..booking }));
    Ok(BookingCancelled { booking: id, version, given_back })
}

/// A pass that was closed takes nothing back: what it held was refunded or has lapsed. Nor is anything given back twice.
fn can_take_back(work: &mut Work<'_>, booking: &Booking, pass: PassId) -> Result<bool> {
    let pass = store::pass::get(work.db(), pass)?.ok_or(Reason::Internal)?;
    Ok(pass.status == PassStatus::Open && store::booking::is_paid(work.db(), booking.booking)?)
}

pub(crate) fn attend(work: &mut Work<'_>, request: BookingAttend) -> Result<BookingDone> {
    let mut booking = waiting(work, request.booking, request.expected_version)?;
    booking.state = BookingState::Attended;
    booking.visit = visit_of(work, &booking)?;
    let named = request.pass.map(|pass| input::id(pass, "pass")).transpose()?;
    if store::booking::is_paid(work.db(), booking.booking)? {
        if named.is_some() {
            return Err(Error::field(Reason::AlreadyDone, "pass"));
        }
        return attend_paid(work, booking);
    }
    let Some(pass) = named.or(booking.pass.filter(|_| booking.pass_use.is_none())) else {
        return attend_unpaid(work, booking, request.must_be_paid);
    };
    let asked = Asked {
        client: Some(booking.client),
        service: Some(booking.service),
        starts: Some(booking.starts),
        is_visit: true,
        ..Asked::default()
    };
    let found = consider(work, &asked)?.map_err(Unknown::into_error)?;
    let decided = found.decide(Some(pass))?;
    if decided.payer.is_none() && (request.must_be_paid || named.is_some()) {
        return Err(not_covered(&decided.decision));
    }
    let used = pay_now(work, &found, &decided, &mut booking)?;
    let done = done(&booking, decided, &used);
    work.add(Change::Booking(booking));
    Ok(done)
}

/// The visit of the client on the day of a booking: the first that had not ended when it began.
fn visit_of(work: &mut Work<'_>, booking: &Booking) -> Result<Option<VisitId>> {
    let zone = work.zone_of(booking.venue)?;
    let from = zone.start_of(zone.date_of(booking.starts))?;
    let until = end_of_day(zone, booking.starts)?.min(work.at.plus_micros(1)?);
    store::booking::visit(work.db(), booking, from, until)
}

fn pay_now(
    work: &mut Work<'_>,
    found: &Considered,
    decided: &Decided,
    booking: &mut Booking,
) -> Result<Used> {
    booking.pass = None;
    let Some(held) = decided.payer.and_then(|index| found.facts.passes.get(index)) else {
        return Ok(Used::default());
    };
    if decided.ends_freeze {
        super::pass_freeze::end_by_visit(work, held.pass.pass)?;
    }
    start_with_first_use(work, held, booking.starts)?;
    charge(work, held, decided, booking)
}

/// It was charged before; a pass that waited for its first use starts with it. A freeze since then ends by it where the rules
/// of the pass say so, and refuses nothing: it was paid.
fn attend_paid(work: &mut Work<'_>, booking: Booking) -> Result<BookingDone> {
    if let Some(pass) = booking.pass {
        let pass = store::pass::get(work.db(), pass)?.ok_or(Reason::Internal)?;
        let at = work.at;
        let is_open = pass.status == PassStatus::Open;
        let waits = is_open && pass.starts.is_none();
        let by_visit = pass.life.freeze.as_ref().is_some_and(|rules| rules.ends_by_visit);
        if is_open && by_visit && pass.frozen.iter().any(|one| one.from <= at && at < one.until) {
            super::pass_freeze::end_by_visit(work, pass.pass)?;
        }
        let lots = match pass.account.filter(|_| waits) {
            Some(account) => store::account::open_lots(work.db(), account)?,
            None => Vec::new(),
        };
        if waits {
            let held = HeldPass { pass: door_pass(&pass), lots, plan_deleted: false, counted: None };
            start_with_first_use(work, &held, booking.starts)?;
        }
    }
    Ok(plainly(work, booking))
}

fn attend_unpaid(work: &mut Work<'_>, booking: Booking, must_be_paid: bool) -> Result<BookingDone> {
    if must_be_paid {
        return Err(Error::new(Reason::NotCovered).with("why", "not_paid"));
    }
    Ok(plainly(work, booking))
}

/// Nothing moved.
fn plainly(work: &mut Work<'_>, booking: Booking) -> BookingDone {
    let done = BookingDone {
        booking: booking.booking,
        version: booking.version,
        state: booking.state,
        payer: None,
        rules: Vec::new(),
        pass_use: None,
        group: None,
        visit: booking.visit,
    };
    work.add(Change::Booking(booking));
    done
}

pub(crate) fn list(work: &mut Work<'_>, request: BookingList) -> Result<BookingListed> {
    let limit = input::page(request.limit, 50)?;
    let from = request.from.unwrap_or(Instant::MIN);
    let to = request.to.unwrap_or(Instant::FOREVER);
    if to < from {
        return Err(Error::field(Reason::EndBeforeStart, "to"));
    }
    let listed = match request.client {
        Some(client) => Listed::OfClient(super::client::existing(work, client)?.client),
        None => Listed::OfVenue(work.venue()?.venue),
    };
    let after = match request.after {
        Some(id) => {
            input::id(id, "after")?;
            let found = store::booking::get(work.db(), id)?;
            Some(found.ok_or_else(|| Error::field(Reason::BookingNotFound, "after"))?)
        }
        None => None,
    };
    let one_more = limit.saturating_add(1);
    let mut bookings = store::booking::list(work.db(), &listed, (from, to), after.as_ref(), one_more)?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = bookings.len() > size;
    bookings.truncate(size);
    for view in &mut bookings {
        view.state = view.booking.state_at(work.at, work.zone_of(view.booking.venue)?)?;
    }
    Ok(BookingListed { bookings, more })
}

/// Charges the client's bookings that nothing pays yet to a pass that was sold just now, in the order of their beginning.
/// Returns those that it pays, and leaves in the lot what is left.
pub(crate) fn cover_booked(
    work: &mut Work<'_>,
    pass: &Pass,
    lot: &mut Option<Lot>,
) -> Result<Vec<BookingId>> {
    let client = super::client::existing(work, pass.client)?;
    let mut held = HeldPass {
        pass: door_pass(pass),
        lots: lot.iter().cloned().collect(),
        plan_deleted: false,
        counted: None,
    };
    let at_booking = pass.life.charge_at.unwrap_or(ChargeAt::Booking) == ChargeAt::Booking;
    let (mut uses, mut covered) = (Vec::new(), Vec::new());
    for mut booking in store::booking::unpaid(work.db(), pass.client, input::limits::COVERED_AT_SALE)? {
        let Some(decided) = super::weigh::of_new_pass(work, &client, &held, &booking, &uses)? else {
            continue;
        };
        booking.version = next_version(booking.version)?;
        // What paid for it before was reversed.
        (booking.pass, booking.pass_use, booking.group) = (Some(pass.pass), None, None);
        if at_booking {
            charge(work, &held, &decided, &mut booking)?;
            for taken in &decided.takes {
                if let Some(lot) = held.lots.iter_mut().find(|lot| lot.lot == taken.lot) {
                    lots::apply(lot, taken)?;
                }
            }
            uses.push(booking.starts);
        }
        covered.push(booking.booking);
        work.add(Change::Booking(booking));
    }
    *lot = held.lots.pop();
    Ok(covered)
}
