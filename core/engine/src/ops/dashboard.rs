//! The day of a venue on one page. Sums and counts are those of the reports over the same day.

use super::pass::PassList;
use super::report::{MethodTotal, ReportSales, ReportVisits};
use crate::store;
use crate::work::Work;
use carnet_domain::booking::BookingState;
use carnet_domain::calendar::{Zone, age_on, birthday_in};
use carnet_domain::{ClientId, Date, Instant, Money, Result, VenueId, record, request};
use chrono::Datelike;

/// A pass ends soon if it can be used on so many days after today, or fewer.
const SOON: u64 = 7;
/// The most birthdays shown.
const BIRTHDAYS: i64 = 100;

request! {
    /// The day of a venue on one page: the local day of the request.
    #[derive(Default)]
    pub struct DeskToday {}
}

record! {
    /// A client whose birthday is today.
    pub struct BirthdayToday {
        /// The client.
        pub client: ClientId,
        /// First and last name.
        pub name: String,
        /// The age in years from today on.
        pub age: i32,
    }

    /// The bookings that begin today.
    pub struct BookingsToday {
        /// Made, and the client has not come yet.
        pub booked: i64,
        /// The client came.
        pub attended: i64,
        /// Called off.
        pub cancelled: i64,
        /// Of those made or attended, how many nothing pays.
        pub unpaid: i64,
    }

    /// The day of a venue.
    pub struct DeskDay {
        /// The venue.
        pub venue: VenueId,
        /// The local day of the request.
        pub date: Date,
        /// The business day that is open.
        pub open: Option<Date>,
        /// Who is inside now.
        pub inside: i64,
        /// Visits that began today.
        pub entries: i64,
        /// Clients who came today.
        pub visitors: i64,
        /// Attempts refused today.
        pub refused: i64,
        /// Passes sold today.
        pub sales: i64,
        /// For how much, tax included.
        pub sold: Money,
        /// Put on accounts today.
        pub top_ups: Money,
        /// What was paid today, by method; refunds subtracted.
        pub methods: Vec<MethodTotal>,
        /// Clients whom this venue added today.
        pub new_clients: i64,
        /// Passes of this venue that can be used now and whose last day is today.
        pub ending_today: i64,
        /// The same with those whose last day is one of the seven after today.
        pub ending_soon: i64,
        /// Whose birthday is today, up to 100; archived clients left out.
        pub birthdays: Vec<BirthdayToday>,
        /// Conflicts that wait to be settled.
        pub conflicts: i64,
        /// Holds that are open.
        pub holds: i64,
        /// Bookings that begin today.
        pub bookings: BookingsToday,
    }
}

pub(crate) fn today(work: &mut Work<'_>, _: DeskToday) -> Result<DeskDay> {
    let (venue, place, zone) = {
        let venue = work.venue()?;
        (venue.venue, venue.zone, venue.time_zone)
    };
    let at = work.at;
    let date = zone.date_of(at);
    let tomorrow = date.succ_opt().unwrap_or(date);
    let (from, to) = (zone.start_of(date)?, zone.start_of(tomorrow)?);
    let sales = super::report::sales(work, ReportSales { from, to })?;
    let visits = super::report::visits(work, ReportVisits { from, to })?;
    let (ending_today, ending_soon) = ending(work, venue, zone, date, to)?;
    let numbers = store::desk::numbers(work.db(), (venue, place), (from, to), at)?;
    Ok(DeskDay {
        venue,
        date,
        open: store::journal::clock(work.db(), venue)?.open_date,
        inside: numbers.inside,
        entries: visits.count,
        visitors: visits.clients,
        refused: visits.refused,
        sales: sales.count,
        sold: sales.total,
        top_ups: sales.top_ups,
        methods: sales.methods,
        new_clients: numbers.new_clients,
        ending_today,
        ending_soon,
        birthdays: birthdays(work, date)?,
        conflicts: numbers.conflicts,
        holds: numbers.holds,
        bookings: bookings(work, venue, (from, to))?,
    })
}

/// How many passes that can be used now end with today, and within the days after it.
fn ending(
    work: &mut Work<'_>,
    venue: VenueId,
    zone: Zone,
    date: Date,
    tomorrow: Instant,
) -> Result<(i64, i64)> {
    let last =
        date.checked_add_days(chrono::Days::new(SOON)).and_then(|last| last.succ_opt()).unwrap_or(date);
    let before = zone.start_of(last)?.plus_micros(1)?;
    let (mut today, mut soon, mut after) = (0_i64, 0_i64, None);
    loop {
        let asked = PassList { ends_before: Some(before), after, limit: Some(1000), ..PassList::default() };
        let page = super::pass::list(work, asked)?;
        for view in page.passes.iter().filter(|view| view.pass.venue == venue) {
            soon = soon.saturating_add(1);
            if view.pass.ends.is_some_and(|ends| ends <= tomorrow) {
                today = today.saturating_add(1);
            }
        }
        after = page.passes.last().map(|view| view.pass.pass);
        if !page.more {
            return Ok((today, soon));
        }
    }
}

/// Who was born on 29 February has the birthday on 28 February in common years.
fn birthdays(work: &mut Work<'_>, date: Date) -> Result<Vec<BirthdayToday>> {
    let day = format!("{:02}-{:02}", date.month(), date.day());
    let leap = if day == "02-28" { "02-29" } else { day.as_str() };
    let found = store::desk::birthdays(work.db(), (&day, leap), BIRTHDAYS)?;
    let shown = found.into_iter().filter(|(_, _, birth)| {
        *birth < date && birthday_in(*birth, date.year()).is_ok_and(|birthday| birthday == date)
    });
    let aged = shown.map(|(client, name, birth)| {
        let age = age_on(birth, date).and_then(|age| i32::try_from(age).ok()).unwrap_or(0);
        BirthdayToday { client, name, age }
    });
    Ok(aged.collect())
}

fn bookings(work: &mut Work<'_>, venue: VenueId, day: (Instant, Instant)) -> Result<BookingsToday> {
    let mut found = BookingsToday { booked: 0, attended: 0, cancelled: 0, unpaid: 0 };
    for (state, count, unpaid) in store::desk::bookings(work.db(), venue, day)? {
        let of_state = match state {
            BookingState::Booked => &mut found.booked,
            BookingState::Attended => &mut found.attended,
            // Nobody writes down that one was missed.
            BookingState::Cancelled | BookingState::Missed => &mut found.cancelled,
        };
        *of_state = of_state.saturating_add(count);
        if matches!(state, BookingState::Booked | BookingState::Attended) {
            found.unpaid = found.unpaid.saturating_add(unpaid);
        }
    }
    Ok(found)
}
