//! The chart of a client: fields of the venue, what stands in them, and who read what is sensitive.

use super::comment::cut;
use crate::changes::Change;
use crate::input::{self, limits};
use crate::journal::{hex, unhex};
use crate::store;
use crate::work::{Work, next_version, refuse_stale};
use carnet_domain::chart::{Entry, Field, FieldKind, FieldValue, lacking};
use carnet_domain::client::Right;
use carnet_domain::{
    ClientId, Error, FieldId, Instant, OperatorId, Reason, Result, VenueId, record, request,
};

request! {
    /// Adds a field to the chart of the venue's clients.
    pub struct FieldAdd {
        /// The name, 1 to 100 characters; no two fields of the venue have the same.
        #[schemars(length(min = 1, max = 100))]
        pub name: String,
        /// What it holds.
        pub kind: FieldKind,
        /// What can be chosen: up to 100 texts of 1 to 100 characters, for a choice or a set, and for these required.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub options: Vec<String>,
        /// Whether a chart must have it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub required: bool,
        /// Whether only operators with the right may read it, each reading being noted.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub sensitive: bool,
    }

    /// What to set.
    #[derive(Default)]
    pub struct FieldSet {
        /// The name, 1 to 100 characters.
        #[schemars(length(min = 1, max = 100))]
        pub name: Option<String>,
        /// What can be chosen; what was chosen before stays where it stands.
        #[schemars(length(max = 100))]
        pub options: Option<Vec<String>>,
        /// Whether a chart must have it.
        pub required: Option<bool>,
        /// Whether only operators with the right may read it.
        pub sensitive: Option<bool>,
        /// Archived fields are asked no more; what stands in them is kept.
        pub archived: Option<bool>,
    }

    /// Changes a field of the chart. What it holds stays of the same kind.
    pub struct FieldChange {
        /// The field.
        pub field: FieldId,
        /// What to set.
        #[serde(default)]
        pub set: FieldSet,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
    }

    /// Lists the fields of the venue's chart.
    pub struct FieldList {}

    /// What to write into a field.
    pub struct NewValue {
        /// The field.
        pub field: FieldId,
        /// What to write.
        pub value: FieldValue,
    }

    /// Writes into the chart of a client. What is not named stays.
    pub struct ClientChartSet {
        /// The client.
        pub client: ClientId,
        /// What to write.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub values: Vec<NewValue>,
        /// What to empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 100))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub clear: Vec<FieldId>,
    }

    /// Returns the chart of a client, without what is sensitive.
    pub struct ClientChartGet {
        /// The client.
        pub client: ClientId,
    }

    /// Returns the whole chart of a client to an operator with the right `read_sensitive`, and notes that it was read.
    pub struct ClientChartOpen {
        /// The client.
        pub client: ClientId,
    }

    /// Lists who opened the chart of a client, newest first.
    pub struct ClientChartReaders {
        /// The client.
        pub client: ClientId,
        /// Only before this instant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub before: Option<Instant>,
        /// What the page before gave as `next`.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<String>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A field was added or changed.
    pub struct FieldDone {
        /// Its id.
        pub field: FieldId,
        /// Its version.
        pub version: i64,
    }

    /// The fields of a chart.
    pub struct Fields {
        /// In the order of their ids.
        pub fields: Vec<Field>,
    }

    /// A chart was written.
    pub struct ChartSet {
        /// The client.
        pub client: ClientId,
    }

    /// A field of a chart with what stands in it.
    pub struct ChartField {
        /// The field.
        pub field: FieldId,
        /// Its name.
        pub name: String,
        /// What it holds.
        pub kind: FieldKind,
        /// Whether the chart must have it.
        pub required: bool,
        /// Whether only operators with the right may read it.
        pub sensitive: bool,
        /// Whether anything stands in it.
        pub filled: bool,
        /// What stands in it, where it may be read.
        pub value: Option<FieldValue>,
        /// When it was written.
        pub at: Option<Instant>,
        /// Who wrote it, where that was said.
        pub by: Option<OperatorId>,
    }

    /// The chart of a client at the venue.
    pub struct Chart {
        /// The client.
        pub client: ClientId,
        /// In the order of the fields; archived ones with what stands in them.
        #[serde(default)]
        pub fields: Vec<ChartField>,
    }

    /// That a chart was read.
    pub struct ChartReading {
        /// When.
        pub at: Instant,
        /// By whom.
        pub operator: OperatorId,
        /// Of which venue.
        pub venue: VenueId,
    }

    /// Who read a chart.
    pub struct ChartReaders {
        /// Newest first.
        pub readings: Vec<ChartReading>,
        /// True where there are older ones.
        pub more: bool,
        /// Where there are: what the next page is asked for with, as `after`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next: Option<String>,
    }
}

fn checked_options(kind: FieldKind, options: &[String], field: &str) -> Result<Vec<String>> {
    input::list(options, field, limits::OPTIONS)?;
    let mut checked: Vec<String> = Vec::new();
    for (index, option) in options.iter().enumerate() {
        let here = format!("{field}.{index}");
        let option = input::text(option, &here, 100)?;
        if checked.contains(&option) {
            return Err(Error::field(Reason::AlreadyExists, here));
        }
        checked.push(option);
    }
    match (kind, checked.is_empty()) {
        (FieldKind::Choice | FieldKind::Set, true) => Err(Error::field(Reason::Required, field)),
        (FieldKind::Choice | FieldKind::Set, false) | (_, true) => Ok(checked),
        (_, false) => Err(Error::field(Reason::Contradiction, field)),
    }
}

fn refuse_named(fields: &[Field], of: Option<FieldId>, name: &str, field: &str) -> Result<()> {
    let taken = fields.iter().any(|other| other.name == name && of != Some(other.field));
    if taken { Err(Error::field(Reason::AlreadyExists, field)) } else { Ok(()) }
}

pub(crate) fn add(work: &mut Work<'_>, request: FieldAdd) -> Result<FieldDone> {
    let name = input::text(&request.name, "name", 100)?;
    let options = checked_options(request.kind, &request.options, "options")?;
    let venue = work.venue()?.venue;
    let fields = store::chart::fields(work.db(), venue)?;
    refuse_named(&fields, None, &name, "name")?;
    if fields.len() >= limits::FIELDS {
        return Err(Error::field(Reason::TooLong, "venue").with("max", limits::FIELDS));
    }
    let field = Field {
        field: work.id()?,
        version: 1,
        venue,
        name,
        kind: request.kind,
        options,
        required: request.required,
        sensitive: request.sensitive,
        archived: false,
    };
    let done = FieldDone { field: field.field, version: 1 };
    work.add(Change::Field(field));
    Ok(done)
}

pub(crate) fn change(work: &mut Work<'_>, request: FieldChange) -> Result<FieldDone> {
    let venue = work.venue()?.venue;
    input::id(request.field, "field")?;
    let fields = store::chart::fields(work.db(), venue)?;
    let found = fields.iter().find(|field| field.field == request.field).cloned();
    let mut field = found.ok_or_else(|| Error::field(Reason::FieldNotFound, "field"))?;
    refuse_stale(request.expected_version, field.version)?;
    let set = request.set;
    if let Some(name) = input::opt_text(set.name.as_ref(), "set.name", 100)? {
        refuse_named(&fields, Some(field.field), &name, "set.name")?;
        field.name = name;
    }
    if let Some(options) = &set.options {
        field.options = checked_options(field.kind, options, "set.options")?;
    }
    field.required = set.required.unwrap_or(field.required);
    field.sensitive = set.sensitive.unwrap_or(field.sensitive);
    field.archived = set.archived.unwrap_or(field.archived);
    field.version = next_version(field.version)?;
    let done = FieldDone { field: field.field, version: field.version };
    work.add(Change::Field(field));
    Ok(done)
}

pub(crate) fn list(work: &mut Work<'_>, _: FieldList) -> Result<Fields> {
    let venue = work.venue()?.venue;
    Ok(Fields { fields: store::chart::fields(work.db(), venue)? })
}

/// The value as it is kept: texts without blanks at their ends.
fn checked_value(value: FieldValue, place: &str) -> Result<FieldValue> {
    Ok(match value {
        FieldValue::Text(text) => FieldValue::Text(input::text(&text, &format!("{place}.text"), 4000)?),
        FieldValue::Choice(text) => FieldValue::Choice(input::text(&text, &format!("{place}.choice"), 100)?),
        FieldValue::Set(options) => {
            input::list(&options, &format!("{place}.set"), limits::OPTIONS)?;
            let checked = options.iter().enumerate();
            let checked =
                checked.map(|(index, option)| input::text(option, &format!("{place}.set.{index}"), 100));
            FieldValue::Set(checked.collect::<Result<_>>()?)
        }
        other => other,
    })
}

pub(crate) fn set(work: &mut Work<'_>, request: ClientChartSet) -> Result<ChartSet> {
    input::list(&request.values, "values", limits::FIELDS)?;
    input::list(&request.clear, "clear", limits::FIELDS)?;
    let client = super::client::existing(work, request.client)?.client;
    let venue = work.venue()?.venue;
    let fields = store::chart::fields(work.db(), venue)?;
    let mut filled: Vec<FieldId> =
        store::chart::entries(work.db(), venue, client)?.into_iter().map(|entry| entry.field).collect();
    let mut named: Vec<FieldId> = Vec::new();
    let (at, by) = (work.at, work.call.by);
    for (index, new) in request.values.into_iter().enumerate() {
        let place = format!("values.{index}");
        let field = asked(&fields, &mut named, new.field, &format!("{place}.field"))?;
        let value = checked_value(new.value, &format!("{place}.value"))?;
        field.check(&value).map_err(|error| error.within(&format!("{place}.value")))?;
        filled.push(field.field);
        work.add(Change::Charted { client, entry: Entry { field: field.field, value, at, by } });
    }
    for (index, id) in request.clear.into_iter().enumerate() {
        let field = asked(&fields, &mut named, id, &format!("clear.{index}"))?.field;
        filled.retain(|other| *other != field);
        work.add(Change::Uncharted { client, field });
    }
    match lacking(&fields, &filled) {
        Some(field) => Err(Error::field(Reason::Required, "values").with("field", field.field)),
        None => Ok(ChartSet { client }),
    }
}

/// A field that a request names, for the first time.
fn asked<'f>(fields: &'f [Field], named: &mut Vec<FieldId>, id: FieldId, place: &str) -> Result<&'f Field> {
    input::id(id, place)?;
    let field = fields.iter().find(|field| field.field == id);
    let field = field.ok_or_else(|| Error::field(Reason::FieldNotFound, place))?;
    if named.contains(&id) {
        return Err(Error::field(Reason::Contradiction, place));
    }
    named.push(id);
    Ok(field)
}

/// The chart of a client at the venue, with or without what is sensitive.
fn chart(work: &mut Work<'_>, client: ClientId, opened: bool) -> Result<Chart> {
    let venue = work.venue()?.venue;
    let fields = store::chart::fields(work.db(), venue)?;
    let entries = store::chart::entries(work.db(), venue, client)?;
    let shown = fields.into_iter().filter_map(|field| {
        let entry = entries.iter().find(|entry| entry.field == field.field);
        (entry.is_some() || !field.archived).then(|| ChartField {
            field: field.field,
            name: field.name,
            kind: field.kind,
            required: field.required,
            sensitive: field.sensitive,
            filled: entry.is_some(),
            value: entry.filter(|_| opened || !field.sensitive).map(|entry| entry.value.clone()),
            at: entry.map(|entry| entry.at),
            by: entry.and_then(|entry| entry.by),
        })
    });
    Ok(Chart { client, fields: shown.collect() })
}

pub(crate) fn get(work: &mut Work<'_>, request: ClientChartGet) -> Result<Chart> {
    let client = super::client::existing(work, request.client)?.client;
    chart(work, client, false)
}

pub(crate) fn open(work: &mut Work<'_>, request: ClientChartOpen) -> Result<Chart> {
    let client = super::client::existing(work, request.client)?.client;
    let operator = work.call.by.ok_or_else(|| Error::field(Reason::Required, "by"))?;
    let may = work.config.operators.get(&operator);
    if !may.is_some_and(|operator| operator.rights.contains(&Right::ReadSensitive)) {
        return Err(Error::field(Reason::NotAllowed, "by").with("right", Right::ReadSensitive));
    }
    let venue = work.venue()?.venue;
    // A dry run leaves no trace of who read, so it shows nothing that should leave one.
    let opened = chart(work, client, !work.call.dry_run)?;
    work.add(Change::ChartRead { client, venue, operator, at: work.at });
    Ok(opened)
}

pub(crate) fn readers(work: &mut Work<'_>, request: ClientChartReaders) -> Result<ChartReaders> {
    let limit = input::page(request.limit, 50)?;
    let client = super::client::existing(work, request.client)?.client;
    let before = match (request.before, &request.after) {
        (Some(_), Some(_)) => return Err(Error::field(Reason::Contradiction, "after")),
        (before, None) => (before.unwrap_or(Instant::FOREVER), OperatorId(0), VenueId(0)),
        (None, Some(after)) => reading_place(after)?,
    };
    let found = store::chart::readings(work.db(), client, before, limit.saturating_add(1))?;
    let rows = found.into_iter().map(|(at, operator, venue)| ChartReading { at, operator, venue });
    let (readings, more): (Vec<ChartReading>, bool) = cut(rows.collect(), limit);
    let next = readings.last().filter(|_| more).map(reading_cursor);
    Ok(ChartReaders { readings, more, next })
}

/// Several may read at one instant, so a page ends at one of them and not at the instant.
fn reading_cursor(last: &ChartReading) -> String {
    hex(format!("{} {} {}", last.at.micros(), last.operator, last.venue).as_bytes())
}

fn reading_place(after: &str) -> Result<(Instant, OperatorId, VenueId)> {
    let wrong = || Error::field(Reason::BadFormat, "after");
    let after = input::text(after, "after", 200)?;
    let text = unhex(&after).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(wrong)?;
    let numbers: Option<Vec<i64>> = text.split(' ').map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some([at, operator, venue]) => {
            let at = Instant::from_micros(*at).map_err(|_| wrong())?;
            Ok((at, OperatorId(*operator), VenueId(*venue)))
        }
        _ => Err(wrong()),
    }
}
