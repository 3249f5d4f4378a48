//! The whole state as text, for comparing two stores.

use super::value::{Connection, Value};
use crate::journal::hex;
use carnet_domain::Result;
use std::fmt::Write;

/// The tables in one order, each with the columns that give its rows one order. `counter` and `store` are left out:
/// they hold what was reserved and the store's own secret.
const TABLES: &[(&str, &str)] = &[
    ("venue", "venue"),
    ("venue_clock", "venue"),
    ("day", "venue, date"),
    ("operator", "operator"),
    ("category", "category"),
    ("service", "service"),
    ("plan", "plan"),
    ("external_id", "kind, system, value"),
    ("client", "client"),
    ("client_word", "word, client"),
    ("client_tag", "tag, client"),
    ("search_name", "word, other, client"),
    ("search_word", "kind, key, word"),
    ("search_contact", "kind, key, client"),
    ("gate", "client"),
    ("client_spent", "client, currency"),
    ("card", "card"),
    ("account", "account"),
    ("pass", "pass"),
    ("lot", "lot"),
    ("transfer", "transfer"),
    ("visit", "visit"),
    ("presence", "zone, client"),
    ("attempt", "attempt"),
    ("pass_use", "pass_use"),
    ("booking", "booking"),
    ("pass_freeze", "pass_freeze"),
    ("pass_event", "pass, line"),
    ("hold", "hold"),
    ("hold_part", "hold, lot"),
    ("conflict", "conflict"),
    ("adjustment", "grp"),
    // The profile.
    ("client_contact", "kind, key, client"),
    ("client_edit", "client, version"),
    // Moving in.
    ("opening", "kind, system, value"),
    ("client_comment", "comment"),
    ("client_consent", "consent"),
    ("client_photo", "client"),
    ("client_file", "file"),
    ("field", "field"),
    ("client_chart", "client, field"),
    ("chart_reading", "client, at, operator, venue"),
    ("household", "household"),
    ("household_member", "client"),
    ("message", "message"),
    ("activation", "message"),
    ("token_attempt", "attempt"),
    // The journal.
    // The desk.
    ("client_name", "client"),
    ("visit_parameter", "visit, name"),
    ("document", "document"),
    ("card_returned", "card"),
    ("reminder", "pass, ends"),
    ("journal", "position"),
    ("journal_payload", "position"),
    ("idempotency", "venue, kind, key"),
];

/// The names of the tables.
pub(crate) fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(table, _)| *table)
}

/// What PostgreSQL keeps in another form, as SQLite would answer it.
#[cfg(feature = "postgres")]
pub(crate) const POSTGRES: &[(&str, &str)] = &[
    ("venue_clock", include_str!("dump/venue_clock.pg.sql")),
    ("journal", include_str!("dump/journal.pg.sql")),
    ("journal_payload", include_str!("dump/journal_payload.pg.sql")),
    ("idempotency", include_str!("dump/idempotency.pg.sql")),
];

/// Every row of every table. `own` has the statements for tables that this store keeps in another form.
pub(crate) fn dump(connection: &mut dyn Connection, own: &[(&str, &str)]) -> Result<String> {
    let mut text = String::new();
    for (table, order) in TABLES {
        let plain = || format!("SELECT * FROM {table} ORDER BY {order}");
        let own = own.iter().find(|(name, _)| name == table);
        let select = own.map_or_else(plain, |(_, select)| (*select).to_owned());
        for mut row in connection.table(&select)? {
            text.push_str(table);
            while !row.is_at_end() {
                // Writing to a String cannot fail.
                let _ = match row.value()? {
                    Value::Null => write!(text, " -"),
                    Value::Int(number) => write!(text, " {number}"),
                    Value::Text(words) => write!(text, " {words:?}"),
                    Value::Blob(bytes) => write!(text, " x{}", hex(&bytes)),
                };
            }
            text.push('\n');
        }
    }
    Ok(text)
}
