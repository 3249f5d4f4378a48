//! What the desk should notice about a client who stands there: a closed list of warnings, each with its parameters.

use crate::booking::{Booking, BookingState};
use crate::calendar::{Zone, birthday_in};
use crate::client::{Card, CardState};
use crate::error::Result;
use crate::hold::HoldState;
use crate::ids::{BookingId, CardId, ConflictId, HoldId, PassId};
use crate::money::Money;
use crate::pass::PassState;
use crate::plan::PlanTag;
use crate::time::{Date, Instant};
use chrono::Datelike;

/// A birthday is named on so many days before it, on the day, and on so many days after it.
pub const BIRTHDAY_DAYS: i64 = 3;

choice! {
    /// Something that the desk should notice.
    pub enum Warning {
        /// The client is archived and can do nothing.
        Archived,
        /// A money account is used beyond what was on it.
        Debt {
            /// What is owed on it.
            debt: Money,
        },
        /// A card of the client opens nothing.
        CardBlocked {
            /// The card.
            card: CardId,
            /// Blocked or lost.
            state: CardState,
        },
        /// A late entry that nothing paid for waits to be settled.
        ConflictOpen {
            /// The conflict.
            conflict: ConflictId,
            /// When the client came in.
            at: Instant,
        },
        /// A pass that can be used, or is frozen, ends soon, and no pass follows it.
        PassEndsSoon {
            /// The pass.
            pass: PassId,
            /// When it ends.
            ends: Instant,
            /// Local days after today on which it can still be used: 0 where today is the last.
            days: i64,
        },
        /// Few visits are left on a pass that can be used.
        FewLeft {
            /// The pass.
            pass: PassId,
            /// How many.
            visits: i64,
        },
        /// A booking to come that nothing pays.
        BookingUnpaid {
            /// The booking.
            booking: BookingId,
            /// When it begins.
            starts: Instant,
        },
        /// Something is held for the client.
        HoldOpen {
            /// The hold.
            hold: HoldId,
            /// When it runs out.
            expires: Instant,
        },
        /// The birthday is today or within three days of it. Who was born on 29 February has it on 28 February in common
        /// years.
        Birthday {
            /// The birthday.
            date: Date,
            /// Days from today: 0 today, negative where it is over.
            days: i64,
            /// The age in years on that day.
            age: i64,
        },
    }
}

/// From when on something is worth a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// A pass ends soon if it can be used on so many local days after today, or fewer.
    pub days: i64,
    /// So many visits are few, or fewer.
    pub few: i64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { days: 7, few: 2 }
    }
}

/// What warnings ask of a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassSeen {
    /// The pass.
    pub pass: PassId,
    /// What it counts.
    pub kind: PlanTag,
    /// What it is now.
    pub state: PassState,
    /// Its end as it holds now.
    pub ends: Option<Instant>,
    /// What is left, in its unit; none of a time pass.
    pub rest: Option<i64>,
    /// Whether another pass follows it.
    pub has_next: bool,
    /// The zone of its venue: days are those of the venue that sold it.
    pub zone: Zone,
}

/// A hold as warnings see it: what is written of it, and when it runs out.
pub type HoldSeen = (HoldId, HoldState, Instant);

/// What is known of a client who stands at the desk.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    /// Now.
    pub at: Instant,
    /// The local day of the desk.
    pub today: Date,
    /// Archived clients can do nothing.
    pub archived: bool,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// The passes.
    pub passes: &'a [PassSeen],
    /// What is owed on each money account.
    pub debts: &'a [Money],
    /// The cards.
    pub cards: &'a [Card],
    /// Bookings that nothing pays, each with the zone of its venue.
    pub unpaid: &'a [(Booking, Zone)],
    /// Holds that nobody has written down as ended.
    pub holds: &'a [HoldSeen],
    /// Conflicts that wait, and when each happened.
    pub conflicts: &'a [(ConflictId, Instant)],
}

/// The warnings about a client, the gravest kind first; of one kind in the order in which its things are given.
///
/// # Errors
/// `out_of_range` beyond the calendar.
pub fn warnings(seen: &Seen<'_>, bounds: Bounds) -> Result<Vec<Warning>> {
    let mut found = Vec::new();
    if seen.archived {
        found.push(Warning::Archived);
    }
    found.extend(seen.debts.iter().filter(|debt| debt.minor() > 0).map(|debt| Warning::Debt { debt: *debt }));
    let shut = |card: &&Card| matches!(card.state, CardState::Blocked | CardState::Lost);
    let of_card = |card: &Card| Warning::CardBlocked { card: card.card, state: card.state };
    found.extend(seen.cards.iter().filter(shut).map(of_card));
    found.extend(
        seen.conflicts.iter().map(|(conflict, at)| Warning::ConflictOpen { conflict: *conflict, at: *at }),
    );
    for pass in seen.passes {
        found.extend(ends_soon(pass, seen.at, bounds.days)?);
    }
    found.extend(seen.passes.iter().filter_map(|pass| few_left(pass, bounds.few)));
    for (booking, zone) in seen.unpaid {
        if booking.state_at(seen.at, *zone)? == BookingState::Booked {
            found.push(Warning::BookingUnpaid { booking: booking.booking, starts: booking.starts });
        }
    }
    let is_open = |(_, state, expires): &&HoldSeen| *state == HoldState::Open && seen.at < *expires;
    let open = seen.holds.iter().filter(is_open);
    found.extend(open.map(|(hold, _, expires)| Warning::HoldOpen { hold: *hold, expires: *expires }));
    found.extend(
        seen.birth_date
            .and_then(|birth| birthday_near(birth, seen.today, BIRTHDAY_DAYS))
            .map(|(date, days, age)| Warning::Birthday { date, days, age }),
    );
    Ok(found)
}

/// How many local days after today a pass that ends at an instant can be used on; negative where it is over.
///
/// # Errors
/// `out_of_range` before the calendar.
pub fn days_left(ends: Instant, at: Instant, zone: Zone) -> Result<i64> {
    let last = zone.date_of(ends.plus_micros(-1)?);
    Ok(last.signed_duration_since(zone.date_of(at)).num_days())
}

fn ends_soon(pass: &PassSeen, at: Instant, within: i64) -> Result<Option<Warning>> {
    let found = end_within(pass, at, within)?;
    Ok(found.map(|(ends, days)| Warning::PassEndsSoon { pass: pass.pass, ends, days }))
}

/// The end of a pass that can be used on so many local days after today, or fewer, and on how many; none of one that another follows
/// or that cannot be used now.
///
/// # Errors
/// `out_of_range` before the calendar.
pub fn end_within(pass: &PassSeen, at: Instant, within: i64) -> Result<Option<(Instant, i64)>> {
    let Some(ends) = pass.ends else { return Ok(None) };
    if pass.has_next || !matches!(pass.state, PassState::Active | PassState::Frozen) {
        return Ok(None);
    }
    let days = days_left(ends, at, pass.zone)?;
    Ok((days <= within).then_some((ends, days)))
}

fn few_left(pass: &PassSeen, few: i64) -> Option<Warning> {
    let visits = pass.rest.filter(|rest| (1..=few).contains(rest))?;
    let counts = pass.kind == PlanTag::Visits && pass.state == PassState::Active;
    counts.then_some(Warning::FewLeft { pass: pass.pass, visits })
}

/// The birthday that is at most so many days away from a day: the date, the days to it, the age on it. The day of birth
/// itself is none.
#[must_use]
pub fn birthday_near(birth: Date, today: Date, within: i64) -> Option<(Date, i64, i64)> {
    [-1, 0, 1].into_iter().find_map(|shift| {
        let year = today.year().checked_add(shift)?;
        let age = i64::from(year.checked_sub(birth.year())?);
        let date = birthday_in(birth, year).ok()?;
        let days = date.signed_duration_since(today).num_days();
        (age > 0 && days.saturating_abs() <= within).then_some((date, days, age))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ClientId, ServiceId, VenueId};
    use crate::money::Currency;

    fn zone() -> Zone {
        "Europe/Bucharest".parse().expect("a zone")
    }

    fn eur() -> Currency {
        "EUR".parse().expect("a currency")
    }

    fn instant(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn nobody() -> Seen<'static> {
        Seen {
            at: instant("2026-05-04T07:00:00Z"),
            today: date("2026-05-04"),
            archived: false,
            birth_date: None,
            passes: &[],
            debts: &[],
            cards: &[],
            unpaid: &[],
            holds: &[],
            conflicts: &[],
        }
    }

    fn said(seen: &Seen<'_>) -> Vec<Warning> {
        warnings(seen, Bounds::default()).expect("within the calendar")
    }

    fn pass(state: PassState, ends: &str) -> PassSeen {
        let (pass, kind, ends) = (PassId(1), PlanTag::Time, Some(instant(ends)));
        PassSeen { pass, kind, state, ends, rest: None, has_next: false, zone: zone() }
    }

    #[test]
    fn nobody_is_warned_of_for_nothing() {
        assert_eq!(said(&nobody()), []);
        assert_eq!(said(&Seen { debts: &[Money::zero(eur())], ..nobody() }), []);
    }

    #[test]
    fn archived_and_in_debt() {
        let debt = Money::new(1250, eur());
        let seen = Seen { archived: true, debts: &[debt], ..nobody() };
        assert_eq!(said(&seen), [Warning::Archived, Warning::Debt { debt }]);
    }

    #[test]
    fn a_pass_ends_soon_on_its_seventh_day_from_now() {
        // Valid through 11 May: seven more days after the 4th. Midnight in Bucharest is 21:00 of UTC.
        let ends = instant("2026-05-11T21:00:00Z");
        let soon = || Warning::PassEndsSoon { pass: PassId(1), ends, days: 7 };
        let through = |ends: &str, state| said(&Seen { passes: &[pass(state, ends)], ..nobody() });
        assert_eq!(through("2026-05-11T21:00:00Z", PassState::Active), [soon()]);
        assert_eq!(through("2026-05-11T21:00:00Z", PassState::Frozen), [soon()]);
        assert_eq!(through("2026-05-12T21:00:00Z", PassState::Active), []);
        let today = Warning::PassEndsSoon { pass: PassId(1), ends: instant("2026-05-04T21:00:00Z"), days: 0 };
        assert_eq!(through("2026-05-04T21:00:00Z", PassState::Active), [today]);
        for state in [PassState::Expired, PassState::Cancelled, PassState::NotStarted, PassState::Suspended] {
            assert_eq!(through("2026-05-05T21:00:00Z", state), [], "{state}");
        }
        let renewed = PassSeen { has_next: true, ..pass(PassState::Active, "2026-05-05T21:00:00Z") };
        assert_eq!(said(&Seen { passes: &[renewed], ..nobody() }), []);
    }

    #[test]
    fn few_visits_are_two_or_one_and_never_none() {
        let left = |rest, kind| {
            let pass = PassSeen {
                kind,
                ends: None,
                rest: Some(rest),
                ..pass(PassState::Active, "2026-05-05T21:00:00Z")
            };
            said(&Seen { passes: &[pass], ..nobody() })
        };
        assert_eq!(left(3, PlanTag::Visits), []);
        assert_eq!(left(2, PlanTag::Visits), [Warning::FewLeft { pass: PassId(1), visits: 2 }]);
        assert_eq!(left(1, PlanTag::Visits), [Warning::FewLeft { pass: PassId(1), visits: 1 }]);
        assert_eq!(left(0, PlanTag::Visits), []);
        assert_eq!(left(2, PlanTag::Credit), []);
    }

    #[test]
    fn a_card_that_is_blocked_or_lost() {
        let card = |id, state| Card {
            card: CardId(id),
            uid: "04".to_owned(),
            client: ClientId(1),
            kind: crate::client::CardKind::Rfid,
            state,
            issued: instant("2026-05-01T00:00:00Z"),
            blocked: None,
            blocked_by: None,
            block_reason: None,
            block_note: None,
            returned: None,
        };
        let cards = [
            card(1, CardState::Active),
            card(2, CardState::Blocked),
            card(3, CardState::Lost),
            card(4, CardState::Returned),
        ];
        let blocked = |card, state| Warning::CardBlocked { card: CardId(card), state };
        let expected = [blocked(2, CardState::Blocked), blocked(3, CardState::Lost)];
        assert_eq!(said(&Seen { cards: &cards, ..nobody() }), expected);
    }

    #[test]
    fn a_booking_is_worth_a_word_until_its_day_is_over() {
        let booking = |starts: &str| Booking {
            booking: BookingId(1),
            version: 1,
            client: ClientId(1),
            venue: VenueId(1),
            service: ServiceId(1),
            starts: instant(starts),
            made: instant("2026-05-01T00:00:00Z"),
            state: BookingState::Booked,
            pass: None,
            pass_use: None,
            group: None,
            visit: None,
        };
        let of = |starts: &str| said(&Seen { unpaid: &[(booking(starts), zone())], ..nobody() });
        let unpaid = |starts: &str| Warning::BookingUnpaid { booking: BookingId(1), starts: instant(starts) };
        assert_eq!(of("2026-05-06T10:00:00Z"), [unpaid("2026-05-06T10:00:00Z")]);
        assert_eq!(of("2026-05-04T05:00:00Z"), [unpaid("2026-05-04T05:00:00Z")]);
        assert_eq!(of("2026-05-03T10:00:00Z"), [], "missed");
    }

    #[test]
    fn open_holds_and_conflicts() {
        let (at, expires) = (instant("2026-05-03T10:00:00Z"), instant("2026-05-05T10:00:00Z"));
        let over = (HoldId(4), HoldState::Open, instant("2026-05-04T07:00:00Z"));
        let holds = [(HoldId(1), HoldState::Open, expires), (HoldId(2), HoldState::Released, expires), over];
        let seen = Seen { holds: &holds, conflicts: &[(ConflictId(3), at)], ..nobody() };
        let expected = [
            Warning::ConflictOpen { conflict: ConflictId(3), at },
            Warning::HoldOpen { hold: HoldId(1), expires },
        ];
        assert_eq!(said(&seen), expected);
    }

    #[test]
    fn birthdays_within_three_days_also_over_new_year_and_of_29_february() {
        let near = |birth: &str, today: &str| birthday_near(date(birth), date(today), BIRTHDAY_DAYS);
        let is = |found: &str, days, age| Some((date(found), days, age));
        assert_eq!(near("1990-05-04", "2026-05-04"), is("2026-05-04", 0, 36));
        assert_eq!(near("1990-05-07", "2026-05-04"), is("2026-05-07", 3, 36));
        assert_eq!(near("1990-05-01", "2026-05-04"), is("2026-05-01", -3, 36));
        assert_eq!(near("1990-05-08", "2026-05-04"), None);
        assert_eq!(near("1990-04-30", "2026-05-04"), None);
        assert_eq!(near("1990-12-31", "2026-01-02"), is("2025-12-31", -2, 35));
        assert_eq!(near("1990-01-02", "2026-12-31"), is("2027-01-02", 2, 37));
        assert_eq!(near("2000-02-29", "2026-02-28"), is("2026-02-28", 0, 26));
        assert_eq!(near("2000-02-29", "2026-03-03"), is("2026-02-28", -3, 26));
        assert_eq!(near("2000-02-29", "2026-03-04"), None);
        assert_eq!(near("2000-02-29", "2028-03-03"), is("2028-02-29", -3, 28));
        assert_eq!(near("2026-05-03", "2026-05-04"), None, "born yesterday");
    }
}
