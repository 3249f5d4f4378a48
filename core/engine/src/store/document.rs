//! The host's papers and what was written by them.

use super::value::{Connection, Query, Row, json, opt, query};
use carnet_domain::account::Counter;
use carnet_domain::document::{DocumentEntry, Moved};
use carnet_domain::{Date, DocumentId, GroupId, Result};

fn columns(row: &mut Row) -> Result<DocumentEntry> {
    Ok(DocumentEntry {
        document: row.id()?,
        system: row.text()?,
        station: row.opt_text()?,
        shift: row.opt_text()?,
        business_date: row.opt_parsed()?,
        number: row.text()?,
        line: row.opt_int()?.map(i32::try_from).transpose().map_err(|_| Row::wrong())?,
        op: row.text()?,
        at: row.instant()?,
        venue: row.opt_id()?,
        by: row.opt_id()?,
        groups: row.json()?,
    })
}

/// Stores that something was written by a paper.
pub(crate) fn put(entry: &DocumentEntry) -> Result<Query> {
    Ok(query!(
        "document/put.sql",
        entry.document,
        &entry.system,
        opt(entry.station.as_ref()),
        opt(entry.shift.as_ref()),
        opt(entry.business_date),
        &entry.number,
        opt(entry.line),
        &entry.op,
        entry.at,
        opt(entry.venue),
        opt(entry.by),
        json(&entry.groups)?,
    ))
}

/// Which papers are looked for: of one number, or of one business date.
pub(crate) struct Wanted<'a> {
    pub system: &'a str,
    pub station: Option<&'a str>,
    pub business_date: Option<Date>,
    pub number: Option<&'a str>,
}

/// A page of what was written by papers, in the order of entry, after one of them.
pub(crate) fn find(
    connection: &mut dyn Connection,
    wanted: &Wanted<'_>,
    after: DocumentId,
    limit: i64,
) -> Result<Vec<DocumentEntry>> {
    let station = wanted.station.unwrap_or("");
    let date = wanted.business_date.map_or_else(String::new, |date| date.to_string());
    let query = match wanted.number {
        Some(number) => {
            query!("document/of_number.sql", wanted.system, number, station, date, after, limit)
        }
        None => query!("document/of_day.sql", wanted.system, date, station, after, limit),
    };
    connection.rows(query)?.iter_mut().map(columns).collect()
}

/// What each group moved.
pub(crate) fn moved(connection: &mut dyn Connection, groups: &[GroupId]) -> Result<Vec<Vec<Moved>>> {
    let queries: Vec<Query> = groups.iter().map(|group| query!("document/moved.sql", *group)).collect();
    let read = |row: &mut Row| {
        Ok(Moved {
            unit: row.parsed()?,
            debit: row.opt_word(Counter::from_text)?,
            credit: row.opt_word(Counter::from_text)?,
            amount: row.int()?,
        })
    };
    let answers = connection.batch(&queries)?.into_iter();
    answers.map(|mut rows| rows.iter_mut().map(read).collect()).collect()
}
