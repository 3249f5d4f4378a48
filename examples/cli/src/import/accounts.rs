//! Balances out of a table.

use super::columns::{ACCOUNTS, Field};
use super::passes::TakingOver;
use super::read::Row;
use super::totals;
use super::{Bad, ImportArgs, Opened, holder, values};
use crate::exit::Outcome;
use crate::session::Session;
use crate::ui::Ui;
use carnet::domain::account::Unit;
use carnet::domain::calendar::{Zone, end_of_last_day};
use carnet::domain::opening::OpeningKind;
use carnet::domain::{Currency, Date, Money};
use carnet::ops::venue::VenueList;
use serde_json::{Map, Value, json};

/// Imports them all.
pub fn import(session: &Session, ui: &Ui, args: &ImportArgs) -> Outcome {
    let mut opened = Opened::new(ui, args, ACCOUNTS)?;
    let venues = session.engine.venue_list(&session.call, VenueList {})?.venues;
    let named = venues.iter().find(|venue| session.call.venue.is_none_or(|id| id == venue.venue));
    let currency = named.map(|venue| venue.currency);
    let zone = session.zone()?;
    let before = totals::so_far(session, OpeningKind::Account, &args.system)?;
    let rows = std::mem::take(&mut opened.sheet.rows);
    let progress = opened.progress_of(rows.len());
    let mut taking = TakingOver::new(session, ui, opened, rows.len());
    for row in rows {
        one(session, ui, &mut taking, (currency, zone), row)?;
        progress.advance(1);
    }
    drop(progress);
    taking.finish(OpeningKind::Account, &before)
}

fn one(
    session: &Session,
    ui: &Ui,
    taking: &mut TakingOver<'_>,
    (currency, zone): (Option<Currency>, Zone),
    row: Row,
) -> Outcome {
    let (balance, mut fields) = match read(&taking.opened, &row, currency, zone) {
        Ok(read) => read,
        Err(Bad(reason, field)) => {
            taking.report.refuse(ui, taking.opened.place(), &row, reason, field);
            return Ok(());
        }
    };
    if balance.minor() == 0 {
        taking.report.nothing = taking.report.nothing.saturating_add(1);
        return Ok(());
    }
    let unit = Unit::Money(balance.currency()).to_string();
    taking.count(&unit, balance.minor());
    let Some(client) = holder::of(session, ui, &taking.opened, &row, &mut taking.report)? else {
        return Ok(());
    };
    // A client has one balance in each currency: the client's number is its key, or the number of the balance.
    let number = [Field::Number, Field::Client].into_iter().find_map(|field| taking.opened.get(&row, field));
    let number = number.map(|number| format!("{number}/{unit}"));
    let key = taking.opened.key(&row, number.as_deref());
    fields.insert("client".to_owned(), json!(client));
    fields.insert("external_id".to_owned(), json!(key));
    fields.insert("balance".to_owned(), json!(balance));
    taking.wait(row, (unit, balance.minor()), "account.import", &Value::Object(fields))
}

fn read(
    opened: &Opened<'_>,
    row: &Row,
    currency: Option<Currency>,
    zone: Zone,
) -> Result<(Money, Map<String, Value>), Bad> {
    let named = opened.get(row, Field::Currency).map(str::to_uppercase);
    let currency = match named {
        Some(code) => code.parse().map_err(|_| Bad("unknown_currency", "currency"))?,
        None => currency.ok_or(Bad("required", "currency"))?,
    };
    let text = opened.get(row, Field::Balance).ok_or(Bad("required", "balance"))?;
    let amount = values::amount(text).ok_or(Bad("bad_format", "balance"))?;
    let balance = Money::parse(&amount, currency).map_err(|_| Bad("bad_format", "balance"))?;
    let mut fields = Map::new();
    if let Some(text) = opened.get(row, Field::Expires) {
        let bad = || Bad("bad_format", "expires");
        let last: Date = values::date(text, opened.args.dates).ok_or_else(bad)?;
        fields.insert("expires".to_owned(), json!(end_of_last_day(last, zone).map_err(|_| bad())?));
    }
    Ok((balance, fields))
}
