//! What is asked of the fields of a request: lengths, ranges, forms. The same for every door.

use crate::call::{Call, Document, Late};
use carnet_domain::client::ExternalId;
use carnet_domain::ids::{ID_MAX, Id};
use carnet_domain::{Error, Money, Reason, Result};

/// The published limits.
pub mod limits {
    /// The largest request, bytes of JSON.
    pub const REQUEST_BYTES: usize = 1 << 20;
    /// The most requests in one batch or group.
    pub const BATCH: usize = 1000;
    /// The largest page.
    pub const PAGE: i32 = 1000;
    /// The most clients that one search shows.
    pub const SEARCH: i32 = 100;
    /// The longest idempotency key, characters.
    pub const KEY: usize = 128;
    /// The most keys in other systems that one entity has.
    pub const EXTERNAL_IDS: usize = 16;
    /// The most further phones, e-mail addresses or postal addresses that one client has.
    pub const CONTACTS: usize = 10;
    /// The most options of one field of a chart.
    pub const OPTIONS: usize = 100;
    /// The most fields of one venue's chart.
    pub const FIELDS: usize = 100;
    /// The most members of one household.
    pub const MEMBERS: usize = 50;
    /// The most tags that one client has.
    pub const TAGS: usize = 100;
    /// The most services, categories or venues that one plan names.
    pub const COVERAGE: usize = 200;
    /// The most bookings that one sale pays for.
    pub const COVERED_AT_SALE: i64 = 1000;
    /// The most uses in one request.
    pub const QUANTITY: i32 = 1000;
    /// The most passes that one call freezes.
    pub const FREEZE_ALL: i32 = 5000;
    /// The most parts of one hold.
    pub const HOLD_PARTS: usize = 16;
    /// The longest time of a hold, minutes: 366 days.
    pub const HOLD_MINUTES: i32 = 366 * 24 * 60;
    /// How far ahead of the engine's clock a request may be, microseconds: 5 minutes.
    pub const CLOCK_AHEAD: i64 = 300 * 1_000_000;
    /// How far behind its venue's latest entry a request may be, microseconds: 1 minute, the skew of two tills.
    pub const CLOCK_BEHIND: i64 = 60 * 1_000_000;
}

/// Checks a text: not blank, at most `max` characters. Returns it without blanks at the ends.
pub(crate) fn text(value: &str, field: &str, max: usize) -> Result<String> {
    let trimmed = value.trim();
    if value.chars().count() > max {
        return Err(Error::field(Reason::TooLong, field).with("max", max));
    }
    if trimmed.is_empty() {
        return Err(Error::field(Reason::Empty, field));
    }
    if trimmed.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Error::field(Reason::BadFormat, field));
    }
    Ok(trimmed.to_owned())
}

/// The same for a text that may be left out.
pub(crate) fn opt_text(value: Option<&String>, field: &str, max: usize) -> Result<Option<String>> {
    value.map(|value| text(value, field, max)).transpose()
}

/// Checks a number against its range.
pub(crate) fn range<T: PartialOrd + Copy + std::fmt::Display>(
    value: T,
    field: &str,
    min: T,
    max: T,
) -> Result<T> {
    if value < min || value > max {
        return Err(Error::field(Reason::OutOfRange, field).with("min", min).with("max", max));
    }
    Ok(value)
}

/// Checks that an id can be one.
pub(crate) fn id<T: Id>(value: T, field: &str) -> Result<T> {
    range(value.get(), field, 1, ID_MAX).map(|_| value)
}

/// The size of a page, `default` if left out.
pub(crate) fn page(limit: Option<i32>, default: i32) -> Result<i64> {
    range(limit.unwrap_or(default), "limit", 1, limits::PAGE).map(i64::from)
}

/// Checks that an amount is above nothing.
pub(crate) fn positive(money: Money, field: &str) -> Result<Money> {
    if money.minor() <= 0 {
        return Err(Error::field(Reason::OutOfRange, format!("{field}.amount")).with("min", "more than 0"));
    }
    Ok(money)
}

/// Checks that an amount is not below nothing.
pub(crate) fn not_negative(money: Money, field: &str) -> Result<Money> {
    if money.minor() < 0 {
        return Err(Error::field(Reason::OutOfRange, format!("{field}.amount")).with("min", 0));
    }
    Ok(money)
}

/// Checks the length of a list.
pub(crate) fn list<T>(values: &[T], field: &str, max: usize) -> Result<()> {
    if values.len() > max {
        return Err(Error::field(Reason::TooLong, field).with("max", max));
    }
    Ok(())
}

/// Checks a list of ids.
pub(crate) fn id_list<T: Id>(values: &[T], field: &str) -> Result<()> {
    list(values, field, limits::COVERAGE)?;
    values.iter().enumerate().try_for_each(|(index, value)| id(*value, &format!("{field}.{index}")).map(drop))
}

/// Checks keys in other systems.
pub(crate) fn external_ids(values: &[ExternalId], field: &str) -> Result<Vec<ExternalId>> {
    list(values, field, limits::EXTERNAL_IDS)?;
    let checked =
        values.iter().enumerate().map(|(index, value)| external_id(value, &format!("{field}.{index}")));
    checked.collect()
}

/// Checks one key in another system.
pub(crate) fn external_id(value: &ExternalId, field: &str) -> Result<ExternalId> {
    Ok(ExternalId {
        system: text(&value.system, &format!("{field}.system"), 64)?,
        value: text(&value.value, &format!("{field}.value"), 128)?,
    })
}

/// Checks the envelope.
pub(crate) fn call(call: &Call) -> Result<()> {
    if let Some(key) = &call.key {
        text(key, "key", limits::KEY)?;
    }
    if let Some(by) = call.by {
        id(by, "by")?;
    }
    if let Some(venue) = call.venue {
        id(venue, "venue")?;
    }
    if let Some(document) = &call.document {
        self::document(document)?;
    }
    if let Some(Late { device, seq }) = &call.late {
        text(device, "late.device", 64)?;
        range(*seq, "late.seq", 0, i64::MAX)?;
    }
    range(call.deadline_ms, "deadline_ms", 0, 3_600_000).map(drop)
}

fn document(document: &Document) -> Result<()> {
    text(&document.system, "document.system", 64)?;
    opt_text(document.station.as_ref(), "document.station", 64)?;
    opt_text(document.shift.as_ref(), "document.shift", 64)?;
    text(&document.number, "document.number", 64)?;
    if let Some(line) = document.line {
        range(line, "document.line", 0, 1_000_000)?;
    }
    Ok(())
}
