//! Visits with their parameters, and all that happened to a client.

use super::access::visit_columns;
use super::value::{Connection, Query, Row, opt, query};
use carnet_domain::lots::Take;
use carnet_domain::parameter::{LastParameter, Parameter, ParameterValue};
use carnet_domain::visit::Visit;
use carnet_domain::{ClientId, GroupId, Instant, PassId, Result, ServiceId, VisitId};

/// One visit.
pub(crate) fn get(connection: &mut dyn Connection, id: VisitId) -> Result<Option<Visit>> {
    connection.first(query!("visit/get.sql", id))?.map(|mut row| visit_columns(&mut row)).transpose()
}

fn value(row: &mut Row) -> Result<ParameterValue> {
    let kind = row.text()?;
    ParameterValue::from_stored(&kind, row.text()?).ok_or_else(Row::wrong)
}

fn parameter(row: &mut Row) -> Result<Parameter> {
    Ok(Parameter { name: row.text()?, value: value(row)? })
}

/// The parameters of a visit, by name.
pub(crate) fn parameters(connection: &mut dyn Connection, visit: VisitId) -> Result<Vec<Parameter>> {
    connection.rows(query!("visit/parameters.sql", visit))?.iter_mut().map(parameter).collect()
}

/// The last value of each parameter of a client, of visits for one service or for any.
pub(crate) fn last_parameters(
    connection: &mut dyn Connection,
    client: ClientId,
    service: Option<ServiceId>,
) -> Result<Vec<LastParameter>> {
    let service = service.map_or(0, |service| service.0);
    let mut rows = connection.rows(query!("visit/last_parameters.sql", client, service))?;
    let read = rows.iter_mut().map(|row| {
        let (name, value) = (row.text()?, value(row)?);
        Ok(LastParameter { name, value, visit: row.id()?, entered: row.instant()? })
    });
    read.collect()
}

/// Stores what was set and cleared of the parameters of a visit.
pub(crate) fn put_parameters(visit: &Visit, set: &[Parameter], clear: &[String], queries: &mut Vec<Query>) {
    for one in set {
        let (kind, value) = one.value.stored();
        queries.push(query!(
            "visit/parameter_put.sql",
            visit.visit,
            &one.name,
            kind,
            value,
            visit.client,
            opt(visit.service),
            visit.entered,
        ));
    }
    queries.extend(clear.iter().map(|name| query!("visit/parameter_clear.sql", visit.visit, name)));
}

/// A visit with what paid for it.
pub(crate) struct Paid {
    pub visit: Visit,
    pub group: Option<GroupId>,
    pub lots: Vec<Take>,
    pub given_back: bool,
    pub parameters: Vec<Parameter>,
}

/// A page of the visits of a client that began at an instant or later, the latest first, before one of them.
pub(crate) fn of_client(
    connection: &mut dyn Connection,
    client: ClientId,
    (from, before): (Instant, (Instant, i64)),
    limit: i64,
) -> Result<Vec<Paid>> {
    let rows = connection.rows(query!("visit/of_client.sql", client, before.0, before.1, from, limit))?;
    let mut visits = Vec::new();
    for mut row in rows {
        let visit = visit_columns(&mut row)?;
        let (group, lots, given_back) = (row.opt_id()?, row.opt_json()?.unwrap_or_default(), row.flag()?);
        visits.push(Paid { visit, group, lots, given_back, parameters: Vec::new() });
    }
    let asked: Vec<Query> =
        visits.iter().map(|paid| query!("visit/parameters.sql", paid.visit.visit)).collect();
    for (paid, mut rows) in visits.iter_mut().zip(connection.batch(&asked)?) {
        paid.parameters = rows.iter_mut().map(parameter).collect::<Result<_>>()?;
    }
    Ok(visits)
}

/// Where a thing stands in the history of a client: when, rank of its kind, id, line.
pub(crate) type Place = (i64, i64, i64, i64);

/// Something that happened to a client, as the store has it.
pub(crate) struct Happened {
    pub place: Place,
    pub until: Option<Instant>,
    pub pass: Option<PassId>,
    pub service: Option<ServiceId>,
    pub word: Option<String>,
    pub unit: Option<String>,
    pub amount: Option<i64>,
    pub group: Option<GroupId>,
}

/// A page of what happened to a client, the latest first, before a place.
pub(crate) fn history(
    connection: &mut dyn Connection,
    client: ClientId,
    before: Place,
    limit: i64,
) -> Result<Vec<Happened>> {
    let (at, rank, id, line) = before;
    let mut rows = connection.rows(query!("visit/history.sql", client, at, rank, id, line, limit))?;
    let read = rows.iter_mut().map(|row| {
        Ok(Happened {
            place: (row.int()?, row.int()?, row.int()?, row.int()?),
            until: row.opt_instant()?,
            pass: row.opt_id()?,
            service: row.opt_id()?,
            word: row.opt_text()?,
            unit: row.opt_text()?,
            amount: row.opt_int()?,
            group: row.opt_id()?,
        })
    });
    read.collect()
}
