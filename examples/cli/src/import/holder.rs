//! Whose pass or balance a row is.

use super::columns::Field;
use super::read::Row;
use super::{Opened, report::Report};
use crate::exit::Outcome;
use crate::session::Session;
use crate::ui::Ui;
use carnet::Code;
use carnet::domain::ClientId;
use carnet::domain::client::ExternalId;
use carnet::ops::client::ClientFind;

/// The client of a row: by number, else by card, phone or e-mail. Notes a row that names none, or several.
pub fn of(
    session: &Session,
    ui: &Ui,
    opened: &Opened<'_>,
    row: &Row,
    report: &mut Report,
) -> Outcome<Option<ClientId>> {
    let ways = [
        (Field::Client, "client"),
        // Where no column has the client's number, the number of the row is that.
        (Field::Number, "number"),
        (Field::Card, "card"),
        (Field::Phone, "phone"),
        (Field::Email, "email"),
    ];
    let mut tried = None;
    for (field, name) in ways {
        if field == Field::Number && has_other(opened) {
            continue;
        }
        let Some(text) = opened.get(row, field) else { continue };
        tried = Some(name);
        let own = || Some(text.to_owned());
        let request = match field {
            Field::Card => ClientFind { card: own(), ..ClientFind::default() },
            Field::Phone => ClientFind { phone: own(), ..ClientFind::default() },
            Field::Email => ClientFind { email: own(), ..ClientFind::default() },
            _ => {
                let external_id = ExternalId { system: opened.args.system.clone(), value: text.to_owned() };
                ClientFind { external_id: Some(external_id), ..ClientFind::default() }
            }
        };
        let found = match session.engine.client_find(&session.call, request) {
            Err(error) if error.code() == Code::InvalidInput => {
                report.refuse(ui, opened.place(), row, error.reason().as_str(), name);
                return Ok(None);
            }
            found => found?.clients,
        };
        match found.as_slice() {
            [] => {}
            [client] => return Ok(Some(client.client)),
            _ => {
                let text = ui.texts.with("import-which-client", &[("what", name)]);
                report.note(opened.place(), row, "contradiction", name, text);
                return Ok(None);
            }
        }
    }
    match tried {
        Some(name) => report.refuse(ui, opened.place(), row, "client_not_found", name),
        None => report.note(opened.place(), row, "required", "client", ui.texts.say("import-who")),
    }
    Ok(None)
}

/// Whether another column than the number names the client.
pub fn has_other(opened: &Opened<'_>) -> bool {
    [Field::Client, Field::Card, Field::Phone, Field::Email].iter().any(|field| opened.columns.has(*field))
}
