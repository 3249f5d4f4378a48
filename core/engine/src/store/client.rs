//! Clients and what is looked up about them.

use super::config::put_external_ids;
use super::value::{Connection, Query, Row, opt, query};
use carnet_domain::client::{Client, ClientKind, ExternalId, Sex};
use carnet_domain::contact::search_key;
use carnet_domain::{ClientId, Money, Result};

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
        external_ids,
    }))
}

/// Reads one client.
pub(crate) fn get(connection: &mut dyn Connection, id: ClientId) -> Result<Option<Client>> {
    let mut answers = connection.batch(&load(id))?.into_iter();
    client(answers.next().unwrap_or_default(), answers.next().unwrap_or_default())
}

/// Stores a client, the gate row and the search words.
pub(crate) fn put(client: &Client, queries: &mut Vec<Query>) {
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
    ));
    queries.push(query!(
        "client/put_gate.sql",
        client.client,
        client.archived,
        opt(client.sex.map(Sex::as_str))
    ));
    put_external_ids(client.client, &client.external_ids, client.version, queries);
    queries.push(super::catalogue::put(client));
    if client.version > 1 {
        queries.push(query!("client/words_clear.sql", client.client));
    }
    for word in search_key(&client.full_name()).split(' ').filter(|word| !word.is_empty()) {
        queries.push(query!("client/word_put.sql", word, client.client));
    }
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

/// Locks the gate row of a client until the end of the transaction.
#[cfg(feature = "postgres")]
pub(crate) fn lock(client: ClientId) -> Query {
    query!("client/lock.pg.sql", client)
}

/// The same for the client of a card.
#[cfg(feature = "postgres")]
pub(crate) fn lock_of_card(uid: &str) -> Query {
    query!("client/lock_of_card.pg.sql", uid)
}
