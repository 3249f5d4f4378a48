//! Fields of charts, what stands in them, and who read it.

use super::value::{Connection, Query, filled, json, opt, query};
use carnet_domain::chart::{Entry, Field, FieldKind};
use carnet_domain::{ClientId, FieldId, Instant, OperatorId, Result, VenueId};

pub(crate) fn put_field(field: &Field) -> Result<Query> {
    Ok(query!(
        "chart/field_put.sql",
        field.field,
        field.version,
        field.venue,
        &field.name,
        field.kind.as_str(),
        opt(filled(&field.options)?),
        field.required,
        field.sensitive,
        field.archived,
    ))
}

/// The fields of a venue, in the order of their ids.
pub(crate) fn fields(connection: &mut dyn Connection, venue: VenueId) -> Result<Vec<Field>> {
    let rows = connection.rows(query!("chart/fields.sql", venue))?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Field {
                field: row.id()?,
                version: row.int()?,
                venue: row.id()?,
                name: row.text()?,
                kind: row.word(FieldKind::from_text)?,
                options: row.opt_json()?.unwrap_or_default(),
                required: row.flag()?,
                sensitive: row.flag()?,
                archived: row.flag()?,
            })
        })
        .collect()
}

pub(crate) fn put_entry(client: ClientId, entry: &Entry) -> Result<Query> {
    Ok(query!("chart/entry_put.sql", client, entry.field, json(&entry.value)?, entry.at, opt(entry.by)))
}

pub(crate) fn remove_entry(client: ClientId, field: FieldId) -> Query {
    query!("chart/entry_remove.sql", client, field)
}

/// What stands in the chart of a client at a venue, sensitive or not.
pub(crate) fn entries(
    connection: &mut dyn Connection,
    venue: VenueId,
    client: ClientId,
) -> Result<Vec<Entry>> {
    let rows = connection.rows(query!("chart/entries.sql", client, venue))?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Entry { field: row.id()?, value: row.json()?, at: row.instant()?, by: row.opt_id()? })
        })
        .collect()
}

pub(crate) fn put_reading(client: ClientId, at: Instant, operator: OperatorId, venue: VenueId) -> Query {
    query!("chart/reading_put.sql", client, at, operator, venue)
}

/// Who read the chart of a client, newest first.
pub(crate) fn readings(
    connection: &mut dyn Connection,
    client: ClientId,
    (before, operator, venue): (Instant, OperatorId, VenueId),
    limit: i64,
) -> Result<Vec<(Instant, OperatorId, VenueId)>> {
    let rows = connection.rows(query!("chart/readings.sql", client, before, operator, venue, limit))?;
    rows.into_iter().map(|mut row| Ok((row.instant()?, row.id()?, row.id()?))).collect()
}
