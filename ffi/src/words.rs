//! Numbers of closed lists. They are for ever: a new word gets the next number, whatever its place in the list.

use engine::domain::client::{CardKind, CardState};
use engine::domain::decision::{DenyReason, Outcome};
use engine::domain::hold::HoldState;
use engine::domain::plan::PlanTag;

/// Whether the door opens: it does.
pub const CARNET_OUTCOME_ADMITTED: i32 = 1;
/// Whether the door opens: it stays shut.
pub const CARNET_OUTCOME_REFUSED: i32 = 2;

/// No such card.
pub const CARNET_DENY_UNKNOWN_CARD: i32 = 1;
/// The card is blocked, lost or was returned.
pub const CARNET_DENY_CARD_BLOCKED: i32 = 2;
/// No such client.
pub const CARNET_DENY_UNKNOWN_CLIENT: i32 = 3;
/// The client is archived.
pub const CARNET_DENY_CLIENT_ARCHIVED: i32 = 4;
/// The service asked for does not exist.
pub const CARNET_DENY_UNKNOWN_SERVICE: i32 = 5;
/// The time of the request is too far from the clock, or behind what the venue has seen.
pub const CARNET_DENY_CLOCK: i32 = 6;
/// The service is for the other sex.
pub const CARNET_DENY_WRONG_SEX: i32 = 7;
/// The service is for one sex and the client's is not known.
pub const CARNET_DENY_SEX_UNKNOWN: i32 = 8;
/// The client is inside already.
pub const CARNET_DENY_ALREADY_INSIDE: i32 = 9;
/// The client holds no pass.
pub const CARNET_DENY_NO_PASS: i32 = 10;
/// The pass named is not held by the client.
pub const CARNET_DENY_PASS_NOT_HELD: i32 = 11;
/// The pass has not started.
pub const CARNET_DENY_NOT_STARTED: i32 = 12;
/// The pass has ended.
pub const CARNET_DENY_EXPIRED: i32 = 13;
/// Nothing is left on the pass.
pub const CARNET_DENY_EXHAUSTED: i32 = 14;
/// The credit left is less than the price.
pub const CARNET_DENY_INSUFFICIENT_CREDIT: i32 = 15;
/// A credit pass cannot pay what has no price.
pub const CARNET_DENY_NO_PRICE: i32 = 16;
/// The pass was cancelled.
pub const CARNET_DENY_CANCELLED: i32 = 17;
/// The plan of the pass was deleted.
pub const CARNET_DENY_PLAN_DELETED: i32 = 18;
/// The pass does not cover the service.
pub const CARNET_DENY_SERVICE_NOT_COVERED: i32 = 19;
/// The pass is not valid at this venue.
pub const CARNET_DENY_VENUE_NOT_COVERED: i32 = 20;
/// The pass is not valid in this zone.
pub const CARNET_DENY_ZONE_NOT_COVERED: i32 = 21;
/// The client is younger than the pass allows.
pub const CARNET_DENY_TOO_YOUNG: i32 = 22;
/// The client is older than the pass allows.
pub const CARNET_DENY_TOO_OLD: i32 = 23;
/// The pass is for some ages and the client's is not known.
pub const CARNET_DENY_AGE_UNKNOWN: i32 = 24;
/// The pass is not valid at this hour.
pub const CARNET_DENY_OUTSIDE_HOURS: i32 = 25;
/// The uses of the day are used up.
pub const CARNET_DENY_DAY_LIMIT: i32 = 26;
/// The uses of the week are used up.
pub const CARNET_DENY_WEEK_LIMIT: i32 = 27;
/// The uses of the month are used up.
pub const CARNET_DENY_MONTH_LIMIT: i32 = 28;
/// The uses of the pass are used up.
pub const CARNET_DENY_USE_LIMIT: i32 = 29;
/// The last use was too short a time ago.
pub const CARNET_DENY_TOO_SOON: i32 = 30;
/// The pass is frozen.
pub const CARNET_DENY_FROZEN: i32 = 31;
/// The pass was given to another client.
pub const CARNET_DENY_TRANSFERRED: i32 = 32;
/// The pass was changed for another one.
pub const CARNET_DENY_REPLACED: i32 = 33;
/// The store could not answer.
pub const CARNET_DENY_ERROR: i32 = 34;

/// A pass that holds: time.
pub const CARNET_PLAN_TIME: i32 = 1;
/// A pass that holds: credit.
pub const CARNET_PLAN_CREDIT: i32 = 2;
/// A pass that holds: visits.
pub const CARNET_PLAN_VISITS: i32 = 3;

/// How a card is read: a magnetic stripe.
pub const CARNET_CARD_MAGNETIC: i32 = 1;
/// How a card is read: a printed barcode.
pub const CARNET_CARD_BARCODE: i32 = 2;
/// How a card is read: a radio tag.
pub const CARNET_CARD_RFID: i32 = 3;
/// How a card is read: a QR code.
pub const CARNET_CARD_QR: i32 = 4;
/// How a card is read: a reference to a face kept by the host.
pub const CARNET_CARD_FACE: i32 = 5;

/// Whether a card opens anything: it does.
pub const CARNET_CARD_STATE_ACTIVE: i32 = 1;
/// Whether a card opens anything: it was blocked by the desk.
pub const CARNET_CARD_STATE_BLOCKED: i32 = 2;
/// Whether a card opens anything: it was reported lost.
pub const CARNET_CARD_STATE_LOST: i32 = 3;
/// Whether a card opens anything: it was given back.
pub const CARNET_CARD_STATE_RETURNED: i32 = 4;

/// What became of a hold: what it holds is not available.
pub const CARNET_HOLD_OPEN: i32 = 1;
/// What became of a hold: it was captured, whole or in part; the rest is free.
pub const CARNET_HOLD_CAPTURED: i32 = 2;
/// What became of a hold: it was released.
pub const CARNET_HOLD_RELEASED: i32 = 3;
/// What became of a hold: its time was over.
pub const CARNET_HOLD_EXPIRED: i32 = 4;

/// An amount in money.
pub const CARNET_UNIT_MONEY: i32 = 1;
/// An amount in visits of a pass.
pub const CARNET_UNIT_VISITS: i32 = 2;
/// An amount in credit of a pass.
pub const CARNET_UNIT_CREDIT: i32 = 3;

pub(crate) const fn outcome(word: Outcome) -> i32 {
    match word {
        Outcome::Admitted => CARNET_OUTCOME_ADMITTED,
        Outcome::Refused => CARNET_OUTCOME_REFUSED,
    }
}

pub(crate) const fn deny(word: DenyReason) -> i32 {
    match word {
        DenyReason::UnknownCard => CARNET_DENY_UNKNOWN_CARD,
        DenyReason::CardBlocked => CARNET_DENY_CARD_BLOCKED,
        DenyReason::UnknownClient => CARNET_DENY_UNKNOWN_CLIENT,
        DenyReason::ClientArchived => CARNET_DENY_CLIENT_ARCHIVED,
        DenyReason::UnknownService => CARNET_DENY_UNKNOWN_SERVICE,
        DenyReason::Clock => CARNET_DENY_CLOCK,
        DenyReason::WrongSex => CARNET_DENY_WRONG_SEX,
        DenyReason::SexUnknown => CARNET_DENY_SEX_UNKNOWN,
        DenyReason::AlreadyInside => CARNET_DENY_ALREADY_INSIDE,
        DenyReason::NoPass => CARNET_DENY_NO_PASS,
        DenyReason::PassNotHeld => CARNET_DENY_PASS_NOT_HELD,
        DenyReason::NotStarted => CARNET_DENY_NOT_STARTED,
        DenyReason::Expired => CARNET_DENY_EXPIRED,
        DenyReason::Exhausted => CARNET_DENY_EXHAUSTED,
        DenyReason::InsufficientCredit => CARNET_DENY_INSUFFICIENT_CREDIT,
        DenyReason::NoPrice => CARNET_DENY_NO_PRICE,
        DenyReason::Cancelled => CARNET_DENY_CANCELLED,
        DenyReason::PlanDeleted => CARNET_DENY_PLAN_DELETED,
        DenyReason::ServiceNotCovered => CARNET_DENY_SERVICE_NOT_COVERED,
        DenyReason::VenueNotCovered => CARNET_DENY_VENUE_NOT_COVERED,
        DenyReason::ZoneNotCovered => CARNET_DENY_ZONE_NOT_COVERED,
        DenyReason::TooYoung => CARNET_DENY_TOO_YOUNG,
        DenyReason::TooOld => CARNET_DENY_TOO_OLD,
        DenyReason::AgeUnknown => CARNET_DENY_AGE_UNKNOWN,
        DenyReason::OutsideHours => CARNET_DENY_OUTSIDE_HOURS,
        DenyReason::DayLimit => CARNET_DENY_DAY_LIMIT,
        DenyReason::WeekLimit => CARNET_DENY_WEEK_LIMIT,
        DenyReason::MonthLimit => CARNET_DENY_MONTH_LIMIT,
        DenyReason::UseLimit => CARNET_DENY_USE_LIMIT,
        DenyReason::TooSoon => CARNET_DENY_TOO_SOON,
        DenyReason::Frozen => CARNET_DENY_FROZEN,
        DenyReason::Transferred => CARNET_DENY_TRANSFERRED,
        DenyReason::Replaced => CARNET_DENY_REPLACED,
        DenyReason::Error => CARNET_DENY_ERROR,
    }
}

pub(crate) const fn plan(word: PlanTag) -> i32 {
    match word {
        PlanTag::Time => CARNET_PLAN_TIME,
        PlanTag::Credit => CARNET_PLAN_CREDIT,
        PlanTag::Visits => CARNET_PLAN_VISITS,
    }
}

pub(crate) const fn card_kind(word: CardKind) -> i32 {
    match word {
        CardKind::Magnetic => CARNET_CARD_MAGNETIC,
        CardKind::Barcode => CARNET_CARD_BARCODE,
        CardKind::Rfid => CARNET_CARD_RFID,
        CardKind::Qr => CARNET_CARD_QR,
        CardKind::Face => CARNET_CARD_FACE,
    }
}

pub(crate) const fn card_state(word: CardState) -> i32 {
    match word {
        CardState::Active => CARNET_CARD_STATE_ACTIVE,
        CardState::Blocked => CARNET_CARD_STATE_BLOCKED,
        CardState::Lost => CARNET_CARD_STATE_LOST,
        CardState::Returned => CARNET_CARD_STATE_RETURNED,
    }
}

pub(crate) const fn hold_state(word: HoldState) -> i32 {
    match word {
        HoldState::Open => CARNET_HOLD_OPEN,
        HoldState::Captured => CARNET_HOLD_CAPTURED,
        HoldState::Released => CARNET_HOLD_RELEASED,
        HoldState::Expired => CARNET_HOLD_EXPIRED,
    }
}
