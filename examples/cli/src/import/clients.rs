//! Clients out of a table.

use super::columns::{CLIENTS, Field};
use super::duplicates::{By, Same, Seen};
use super::read::Row;
use super::report::{DUPLICATE, Reply, Report};
use super::{Bad, GROUP, ImportArgs, Opened, carry_out, request, values};
use crate::exit::Outcome;
use crate::session::Session;
use crate::ui::Ui;
use carnet::domain::ClientId;
use carnet::domain::client::{Client, ExternalId};
use carnet::ops::client::ClientFind;
use clap::ValueEnum;
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// What is done with a row whose client is there already, under another number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Duplicates {
    /// Leave the row out
    #[default]
    Skip,
    /// Change the client who is there; one with the same number too
    Update,
    /// Add another client
    Add,
}

/// What a row will become.
enum Becomes {
    Added,
    Updated,
}

struct Import<'a> {
    session: &'a Session,
    ui: &'a Ui,
    opened: Opened<'a>,
    duplicates: Duplicates,
    seen: Seen,
    keys: HashSet<String>,
    report: Report,
    /// Rows that wait for their commit.
    waiting: Vec<(Row, Becomes, Vec<u8>)>,
    cards: Vec<(Row, ClientId, String)>,
}

/// Imports them all.
pub fn import(session: &Session, ui: &Ui, args: &ImportArgs, duplicates: Duplicates) -> Outcome {
    let mut opened = Opened::new(ui, args, CLIENTS)?;
    let rows = std::mem::take(&mut opened.sheet.rows);
    let progress = opened.progress_of(rows.len());
    let report = Report { rows: rows.len(), dry_run: args.dry_run, ..Report::default() };
    let seen = Seen::new(session)?;
    let mut import = Import {
        session,
        ui,
        opened,
        duplicates,
        seen,
        keys: HashSet::new(),
        report,
        waiting: Vec::new(),
        cards: Vec::new(),
    };
    for row in rows {
        import.row(row)?;
        if import.waiting.len() >= GROUP || import.cards.len() >= GROUP {
            import.flush()?;
        }
        progress.advance(1);
    }
    import.flush()?;
    drop(progress);
    import.opened.finish(ui, &import.report, &import.report, String::new)
}

impl Import<'_> {
    fn refuse(&mut self, row: &Row, reason: &str, field: &str) {
        self.report.refuse(self.ui, self.opened.place(), row, reason, field);
    }

    fn row(&mut self, row: Row) -> Outcome {
        let fields = match fields(&self.opened, &row) {
            Ok(fields) if fields.is_empty() => {
                self.report.nothing = self.report.nothing.saturating_add(1);
                return Ok(());
            }
            Ok(fields) => fields,
            Err(Bad(reason, field)) => {
                self.refuse(&row, reason, field);
                return Ok(());
            }
        };
        let number = self.opened.get(&row, Field::Number).map(str::to_owned);
        let key = self.opened.key(&row, number.as_deref());
        if !self.keys.insert(key.value.clone()) {
            if number.is_some() {
                self.refuse(&row, "already_exists", "number");
            } else {
                // The very same row once more.
                self.report.known = self.report.known.saturating_add(1);
            }
            return Ok(());
        }
        if let Some(client) = self.by_key(&key)? {
            return self.known(row, &key, client, fields);
        }
        match self.seen.find(self.session, &fields)? {
            Some(same) if self.duplicates == Duplicates::Skip => {
                self.leave_out(&row, &same);
                Ok(())
            }
            Some(same) if self.duplicates == Duplicates::Update => self.update(row, key, same, fields),
            _ => {
                self.add(row, &key, fields);
                Ok(())
            }
        }
    }

    fn by_key(&self, key: &ExternalId) -> Outcome<Option<Client>> {
        let request = ClientFind { external_id: Some(key.clone()), ..ClientFind::default() };
        Ok(self.session.engine.client_find(&self.session.call, request)?.clients.into_iter().next())
    }

    /// A row that came before: of an earlier run, or one that was changed since.
    fn known(&mut self, row: Row, key: &ExternalId, client: Client, fields: Map<String, Value>) -> Outcome {
        self.seen.note(row.number, &fields);
        self.card(&row, client.client);
        if self.duplicates == Duplicates::Update {
            let args = json!({ "external_id": key, "set": fields });
            self.wait(row, Becomes::Updated, "client.put", &args);
        } else {
            self.report.known = self.report.known.saturating_add(1);
        }
        Ok(())
    }

    fn add(&mut self, row: Row, key: &ExternalId, fields: Map<String, Value>) {
        self.seen.note(row.number, &fields);
        let args = json!({ "external_id": key, "set": fields });
        self.wait(row, Becomes::Added, "client.put", &args);
    }

    /// Changes the client who is the same, and lets the number of the row lead there too.
    fn update(&mut self, row: Row, key: ExternalId, same: Same, mut fields: Map<String, Value>) -> Outcome {
        let client = match same {
            Same::Client(client, _) => Some(*client),
            Same::Row(..) => {
                // The earlier row is in the store once it is committed.
                self.flush()?;
                let unseen = Seen::new(self.session)?;
                match unseen.find(self.session, &fields)? {
                    Some(Same::Client(client, _)) => Some(*client),
                    _ => None,
                }
            }
        };
        let Some(client) = client else {
            // A dry run has not written the earlier row.
            self.report.updated = self.report.updated.saturating_add(1);
            return Ok(());
        };
        self.seen.note(row.number, &fields);
        self.card(&row, client.client);
        let mut external_ids = client.external_ids;
        external_ids.push(key);
        fields.insert("external_ids".to_owned(), json!(external_ids));
        let args = json!({ "client": client.client, "set": fields });
        self.wait(row, Becomes::Updated, "client.change", &args);
        // Two rows of one client would each write its keys.
        self.flush()
    }

    fn leave_out(&mut self, row: &Row, same: &Same) {
        let texts = &self.ui.texts;
        let (id, name, value, by) = match same {
            Same::Row(row, by) => ("import-duplicate-row", "row", row.to_string(), *by),
            Same::Client(client, by) => ("import-duplicate-client", "client", client.client.to_string(), *by),
        };
        let text = texts.with(id, &[("what", &texts.say(by.text())), (name, &value)]);
        let field = match by {
            By::Phone => "phone",
            By::Email => "email",
            By::Person => "birth_date",
        };
        self.report.note(self.opened.place(), row, DUPLICATE, field, text);
        self.report.duplicates = self.report.duplicates.saturating_add(1);
    }

    fn card(&mut self, row: &Row, client: ClientId) {
        if let Some(uid) = self.opened.get(row, Field::Card) {
            self.cards.push((row.clone(), client, uid.to_owned()));
        }
    }

    fn wait(&mut self, row: Row, becomes: Becomes, op: &str, args: &Value) {
        let request = request(self.session, op, args, self.opened.args.dry_run);
        self.waiting.push((row, becomes, request));
    }

    /// Commits what waits, each row by itself; then the cards of those who are there.
    fn flush(&mut self) -> Outcome {
        let waiting = std::mem::take(&mut self.waiting);
        let requests: Vec<Vec<u8>> = waiting.iter().map(|(_, _, request)| request.clone()).collect();
        for ((row, becomes, _), reply) in waiting.into_iter().zip(carry_out(self.session, &requests)?) {
            match (reply, becomes) {
                (Reply::Refused(reason, field), _) => self.refuse(&row, &reason, &field),
                (Reply::Done(reply), Becomes::Updated) => {
                    let same = reply.get("outcome").and_then(Value::as_str) == Some("unchanged");
                    let counter = if same { &mut self.report.known } else { &mut self.report.updated };
                    *counter = counter.saturating_add(1);
                }
                (Reply::Done(reply), Becomes::Added) => {
                    self.report.added = self.report.added.saturating_add(1);
                    if let Some(client) = Reply::id(&reply, "client") {
                        self.card(&row, ClientId(client));
                    }
                }
            }
        }
        self.flush_cards()
    }

    fn flush_cards(&mut self) -> Outcome {
        let cards = std::mem::take(&mut self.cards);
        if self.opened.args.dry_run {
            return Ok(());
        }
        for some in cards.chunks(GROUP) {
            let args = |(_, client, uid): &(Row, ClientId, String)| {
                request(self.session, "card.add", &json!({ "client": client, "uid": uid }), false)
            };
            let requests: Vec<Vec<u8>> = some.iter().map(args).collect();
            for ((row, ..), reply) in some.iter().zip(carry_out(self.session, &requests)?) {
                match reply {
                    // It is the client's already.
                    Reply::Refused(reason, _) if reason == "already_exists" => {}
                    Reply::Refused(reason, _) => self.refuse(row, &reason, "card"),
                    Reply::Done(_) => {}
                }
            }
        }
        Ok(())
    }
}

/// The fields of a client in a row.
fn fields(opened: &Opened<'_>, row: &Row) -> Result<Map<String, Value>, Bad> {
    let mut fields = Map::new();
    for (field, split) in [(Field::FullName, true), (Field::NameLastFirst, false)] {
        if let Some(name) = opened.get(row, field) {
            let (first, last) = parts_of_name(name, split);
            for (name, value) in [("first_name", first), ("last_name", last)] {
                if !value.is_empty() {
                    fields.insert(name.to_owned(), json!(value));
                }
            }
        }
    }
    for field in [Field::FirstName, Field::LastName, Field::Phone, Field::Email, Field::Notes] {
        if let Some(text) = opened.get(row, field) {
            fields.insert(field.as_str().to_owned(), json!(text));
        }
    }
    if let Some(text) = opened.get(row, Field::Sex) {
        let sex = values::sex(text).ok_or(Bad("unknown_value", "sex"))?;
        fields.insert("sex".to_owned(), json!(sex));
    }
    if let Some(date) = opened.date(row, Field::BirthDate)? {
        fields.insert("birth_date".to_owned(), date);
    }
    Ok(fields)
}

/// First and last name out of one cell: the last word, or the first one, is the last name.
fn parts_of_name(name: &str, last_is_last: bool) -> (String, String) {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (first, last) = if last_is_last {
        name.rsplit_once(' ').unwrap_or((name.as_str(), ""))
    } else {
        let (last, first) = name.split_once(' ').unwrap_or((name.as_str(), ""));
        (first, last)
    };
    (first.to_owned(), last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_one_cell() {
        let parts = |name, last_is_last| {
            let (first, last) = parts_of_name(name, last_is_last);
            format!("{first}|{last}")
        };
        assert_eq!(parts("Ana Maria  Popescu", true), "Ana Maria|Popescu");
        assert_eq!(parts("Иванов Иван Петрович", false), "Иван Петрович|Иванов");
        assert_eq!((parts("Ana", true), parts("Popescu", false)), ("Ana|".to_owned(), "|Popescu".to_owned()));
    }
}
