//! Clients and what is looked up about them.

use super::config::put_external_ids;
use super::value::{Connection, Query, Row, filled, opt, query};
#[cfg(feature = "postgres")]
use carnet_domain::VenueId;
use carnet_domain::client::{Client, ClientKind, ExternalId, Sex};
use carnet_domain::contact::search_key;
use carnet_domain::{ClientId, Instant, Money, Result};

/// What loads a client: pass the answers to [`client`].
pub(crate) fn load(client: ClientId) -> [Query; 2] {
    [query!("client/get.sql", client), query!("config/external_ids_of.sql", "client", client)]
}

/// The client of two answers.
pub(crate) fn client(rows: Vec<Row>, external_ids: Vec<Row>) -> Result<Option<Client>> {
    let Some(mut row) = rows.into_iter().next() else { return Ok(None) };
    let external_ids = external_ids
        .into_iter()
        .map(|mut row| Ok(ExternalId { system: row.text()?, value: row.text()? }))
        .collect::<Result<_>>()?;
    Ok(Some(Client {
        client: row.id()?,
        version: row.int()?,
        kind: row.word(ClientKind::from_text)?,
        first_name: row.opt_text()?,
        last_name: row.opt_text()?,
        phone: row.opt_parsed()?,
        email: row.opt_parsed()?,
        sex: row.opt_word(Sex::from_text)?,
        birth_date: row.opt_parsed()?,
        notes: row.opt_text()?,
        venue: row.opt_id()?,
        archived: row.flag()?,
        created: row.instant()?,
        notes_by: row.opt_id()?,
        notes_at: row.opt_instant()?,
        language: row.opt_parsed()?,
        source: row.opt_text()?,
        addresses: row.opt_json()?.unwrap_or_default(),
        phones: row.opt_json()?.unwrap_or_default(),
        emails: row.opt_json()?.unwrap_or_default(),
        company: row.opt_id()?,
        notifications: row.opt_json()?.unwrap_or_default(),
        external_ids,
    }))
}

/// Reads one client.
pub(crate) fn get(connection: &mut dyn Connection, id: ClientId) -> Result<Option<Client>> {
    let mut answers = connection.batch(&load(id))?.into_iter();
    client(answers.next().unwrap_or_default(), answers.next().unwrap_or_default())
}

/// Stores a client, the gate row, and all by which the client is found: every name, phone and e-mail goes through here.
pub(crate) fn put(client: &Client, queries: &mut Vec<Query>) -> Result<()> {
    queries.push(query!(
        "client/put.sql",
        client.client,
        client.version,
        client.kind.as_str(),
        opt(client.first_name.as_ref()),
        opt(client.last_name.as_ref()),
        opt(client.phone.as_ref().map(|p| p.as_str())),
        opt(client.email.as_ref().map(|e| e.as_str())),
        opt(client.email.as_ref().map(|e| e.key())),
        opt(client.sex.map(Sex::as_str)),
        opt(client.birth_date),
        opt(client.notes.as_ref()),
        opt(client.venue),
        client.archived,
        client.created,
        opt(client.notes_by),
        opt(client.notes_at),
        opt(client.language.as_ref().map(|language| language.as_str())),
        opt(client.source.as_ref()),
        opt(filled(&client.addresses)?),
        opt(filled(&client.phones)?),
        opt(filled(&client.emails)?),
        opt(client.company),
        opt(filled(&client.notifications)?),
    ));
    queries.push(query!(
        "client/put_gate.sql",
        client.client,
        client.archived,
        opt(client.sex.map(Sex::as_str))
    ));
    put_external_ids(client.client, &client.external_ids, client.version, queries);
    super::search::put(client, queries);
    queries.push(super::catalogue::put(client));
    if client.version > 1 {
        queries.push(query!("client/words_clear.sql", client.client));
        queries.push(query!("client/contacts_clear.sql", client.client));
    }
    for phone in &client.phones {
        queries.push(query!("client/contact_put.sql", "phone", phone.number.as_str(), client.client));
    }
    for email in &client.emails {
        queries.push(query!("client/contact_put.sql", "email", email.address.key(), client.client));
    }
    for word in search_key(&client.full_name()).split(' ').filter(|word| !word.is_empty()) {
        queries.push(query!("client/word_put.sql", word, client.client));
    }
    Ok(())
}

/// Notes which fields a version of a client changed.
pub(crate) fn put_edit(client: ClientId, version: i64, fields: &[String]) -> Query {
    query!("client/edit_put.sql", client, version, fields.join(" "))
}

/// The names of the fields that were changed after a version, each once, in the order of the first change.
pub(crate) fn edited_since(
    connection: &mut dyn Connection,
    client: ClientId,
    version: i64,
) -> Result<Vec<String>> {
    let mut fields: Vec<String> = Vec::new();
    for mut row in connection.rows(query!("client/edits.sql", client, version))? {
        for field in row.text()?.split(' ').filter(|field| !field.is_empty()) {
            if !fields.iter().any(|known| known == field) {
                fields.push(field.to_owned());
            }
        }
    }
    Ok(fields)
}

/// How many clients were added in a period, by where they heard of the venue.
pub(crate) fn sources(
    connection: &mut dyn Connection,
    from: Instant,
    to: Instant,
) -> Result<Vec<(Option<String>, i64)>> {
    let rows = connection.rows(query!("client/sources.sql", from, to))?;
    rows.into_iter().map(|mut row| Ok((row.opt_text()?, row.int()?))).collect()
}

/// Asks for the tags of a client.
pub(crate) fn tags_query(client: ClientId) -> Query {
    query!("client/tags.sql", client)
}

/// The tags of a client, in order.
pub(crate) fn tags(connection: &mut dyn Connection, client: ClientId) -> Result<Vec<String>> {
    connection.rows(tags_query(client))?.iter_mut().map(Row::text).collect()
}

/// Attaches a tag to a client.
pub(crate) fn put_tag(client: ClientId, tag: &str) -> Query {
    query!("client/tag_put.sql", tag, client)
}

/// Adds to what a client has paid in all.
pub(crate) fn add_spent(client: ClientId, amount: Money) -> Query {
    query!("client/add_spent.sql", client, amount.currency().code(), amount.minor())
}

/// Ids of clients with this phone number.
pub(crate) fn by_phone(phone: &str, limit: i64) -> Query {
    query!("client/by_phone.sql", phone, limit)
}

/// Ids of clients with this e-mail address, in its comparison form.
pub(crate) fn by_email(key: &str, limit: i64) -> Query {
    query!("client/by_email.sql", key, limit)
}

/// Ids of clients with words that begin like the first words given; further words are compared by the caller.
pub(crate) fn by_words(words: &[&str], limit: i64) -> Option<Query> {
    match words {
        [] => None,
        [word] => Some(query!("client/by_word.sql", *word, after_prefix(word), limit)),
        [a, b, ..] => {
            Some(query!("client/by_two_words.sql", *a, after_prefix(a), *b, after_prefix(b), limit))
        }
    }
}

/// The first text after every text that begins with `prefix`; words hold only letters and digits of ASCII.
fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{7f}")
}

/// Locks the gate row of a client until the end of the transaction, and asks for the version of the configuration and the
/// clock of a venue: both belong to the store, not to the client, and a statement of their own would be one more.
#[cfg(feature = "postgres")]
pub(crate) fn lock(client: ClientId, venue: Option<VenueId>) -> Query {
    query!("client/lock.pg.sql", client, opt(venue))
}

/// The same for the client of a card.
#[cfg(feature = "postgres")]
pub(crate) fn lock_of_card(uid: &str, venue: Option<VenueId>) -> Query {
    query!("client/lock_of_card.pg.sql", uid, opt(venue))
}
