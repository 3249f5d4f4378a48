//! What lies beside a client: comments, consents, photo, files.

use super::value::{Connection, Query, Row, opt, query};
use carnet_domain::consent::{Comment, Consent, ConsentChannel, ConsentKind};
use carnet_domain::file::{Bytes, File, Photo};
use carnet_domain::household::Household;
use carnet_domain::{ClientId, CommentId, ConsentId, FileId, HouseholdId, Instant, Result};

/// Where a page goes on: after the row of this time and id.
type After = (Instant, i64);

pub(crate) fn put_comment(comment: &Comment) -> Query {
    query!(
        "profile/comment_put.sql",
        comment.comment,
        comment.client,
        comment.at,
        opt(comment.by),
        opt(comment.text.as_ref()),
        comment.pinned,
        opt(comment.removed),
        opt(comment.removed_by),
    )
}

fn read_comment(mut row: Row) -> Result<Comment> {
    Ok(Comment {
        comment: row.id()?,
        client: row.id()?,
        at: row.instant()?,
        by: row.opt_id()?,
        text: row.opt_text()?,
        pinned: row.flag()?,
        removed: row.opt_instant()?,
        removed_by: row.opt_id()?,
    })
}

pub(crate) fn comment(connection: &mut dyn Connection, comment: CommentId) -> Result<Option<Comment>> {
    connection.first(query!("profile/comment_get.sql", comment))?.map(read_comment).transpose()
}

/// Comments about a client, newest first, or those that are pinned.
pub(crate) fn comments(
    connection: &mut dyn Connection,
    client: ClientId,
    pinned: bool,
    (at, id): After,
    limit: i64,
) -> Result<Vec<Comment>> {
    let query = if pinned {
        query!("profile/comments_pinned.sql", client, at, id, limit)
    } else {
        query!("profile/comments.sql", client, at, id, limit)
    };
    connection.rows(query)?.into_iter().map(read_comment).collect()
}

pub(crate) fn put_consent(consent: &Consent) -> Query {
    query!(
        "profile/consent_put.sql",
        consent.consent,
        consent.client,
        consent.kind.as_str(),
        consent.granted,
        opt(consent.text_version.as_ref()),
        opt(consent.source.as_ref()),
        opt(consent.channel.map(ConsentChannel::as_str)),
        consent.at,
        opt(consent.by),
    )
}

fn read_consent(mut row: Row) -> Result<Consent> {
    Ok(Consent {
        consent: row.id()?,
        client: row.id()?,
        kind: row.word(ConsentKind::from_text)?,
        granted: row.flag()?,
        text_version: row.opt_text()?,
        source: row.opt_text()?,
        channel: row.opt_word(ConsentChannel::from_text)?,
        at: row.instant()?,
        by: row.opt_id()?,
    })
}

pub(crate) fn consent(connection: &mut dyn Connection, consent: ConsentId) -> Result<Option<Consent>> {
    connection.first(query!("profile/consent_get.sql", consent))?.map(read_consent).transpose()
}

/// What a client agreed to, newest first.
pub(crate) fn consents(
    connection: &mut dyn Connection,
    client: ClientId,
    (at, id): After,
    limit: i64,
) -> Result<Vec<Consent>> {
    let rows = connection.rows(query!("profile/consents.sql", client, at, id, limit))?;
    rows.into_iter().map(read_consent).collect()
}

/// What holds now: of each kind the last that was said.
pub(crate) fn consents_now(connection: &mut dyn Connection, client: ClientId) -> Result<Vec<Consent>> {
    connection.rows(query!("profile/consents_now.sql", client))?.into_iter().map(read_consent).collect()
}

fn blob(bytes: Option<&Bytes>) -> super::value::Value {
    opt(bytes.map(Bytes::as_slice))
}

pub(crate) fn put_photo(photo: &Photo, bytes: Option<&Bytes>) -> Query {
    query!(
        "profile/photo_put.sql",
        photo.client,
        opt(photo.media_type.as_ref()),
        opt(photo.size),
        opt(photo.sha256.as_ref().map(ToString::to_string)),
        opt(photo.reference.as_ref()),
        photo.at,
        opt(photo.by),
        blob(bytes),
    )
}

pub(crate) fn photo(connection: &mut dyn Connection, client: ClientId) -> Result<Option<Photo>> {
    let Some(mut row) = connection.first(query!("profile/photo_get.sql", client))? else { return Ok(None) };
    Ok(Some(Photo {
        client: row.id()?,
        media_type: row.opt_text()?,
        size: row.opt_int()?,
        sha256: row.opt_parsed()?,
        reference: row.opt_text()?,
        at: row.instant()?,
        by: row.opt_id()?,
    }))
}

pub(crate) fn photo_bytes(connection: &mut dyn Connection, client: ClientId) -> Result<Option<Bytes>> {
    let found = connection.first(query!("profile/photo_bytes.sql", client))?;
    Ok(found.map(|mut row| row.opt_blob()).transpose()?.flatten().map(Bytes::new))
}

pub(crate) fn remove_photo(client: ClientId) -> Query {
    query!("profile/photo_remove.sql", client)
}

pub(crate) fn put_file(file: &File, bytes: &Bytes) -> Query {
    query!(
        "profile/file_put.sql",
        file.file,
        file.client,
        &file.name,
        &file.media_type,
        file.size,
        file.sha256.to_string(),
        file.at,
        opt(file.by),
        bytes.as_slice(),
    )
}

fn read_file(mut row: Row) -> Result<File> {
    Ok(File {
        file: row.id()?,
        client: row.id()?,
        name: row.text()?,
        media_type: row.text()?,
        size: row.int()?,
        sha256: row.parsed()?,
        at: row.instant()?,
        by: row.opt_id()?,
    })
}

pub(crate) fn file(connection: &mut dyn Connection, file: FileId) -> Result<Option<File>> {
    connection.first(query!("profile/file_get.sql", file))?.map(read_file).transpose()
}

/// The files of a client, newest first.
pub(crate) fn files(
    connection: &mut dyn Connection,
    client: ClientId,
    (at, id): After,
    limit: i64,
) -> Result<Vec<File>> {
    let rows = connection.rows(query!("profile/files.sql", client, at, id, limit))?;
    rows.into_iter().map(read_file).collect()
}

pub(crate) fn file_bytes(connection: &mut dyn Connection, file: FileId) -> Result<Option<Bytes>> {
    let found = connection.first(query!("profile/file_bytes.sql", file))?;
    Ok(found.map(|mut row| row.blob()).transpose()?.map(Bytes::new))
}

pub(crate) fn remove_file(file: FileId) -> Query {
    query!("profile/file_remove.sql", file)
}

/// Stores a household, and who belongs to it in place of who did.
pub(crate) fn put_household(household: &Household, queries: &mut Vec<Query>) {
    let id = household.household;
    queries.push(query!("profile/household_put.sql", id, household.version, opt(household.name.as_ref())));
    if household.version > 1 {
        queries.push(query!("profile/members_clear.sql", id));
    }
    for member in &household.members {
        queries.push(query!("profile/member_put.sql", *member, id));
    }
}

pub(crate) fn household(
    connection: &mut dyn Connection,
    household: HouseholdId,
) -> Result<Option<Household>> {
    let mut found: Option<Household> = None;
    for mut row in connection.rows(query!("profile/household_get.sql", household))? {
        let (household, version, name) = (row.id()?, row.int()?, row.opt_text()?);
        let here = found.get_or_insert(Household { household, version, name, members: Vec::new() });
        here.members.extend(row.opt_id::<ClientId>()?);
    }
    Ok(found)
}

/// The household that a client belongs to.
pub(crate) fn household_of(connection: &mut dyn Connection, client: ClientId) -> Result<Option<Household>> {
    match connection.first(query!("profile/household_of.sql", client))? {
        Some(mut row) => household(connection, row.id()?),
        None => Ok(None),
    }
}

/// Who belongs to a company, in the order of the ids.
pub(crate) fn guests(
    connection: &mut dyn Connection,
    company: ClientId,
    after: ClientId,
    limit: i64,
) -> Result<Vec<ClientId>> {
    let rows = connection.rows(query!("profile/guests.sql", company, after, limit))?;
    rows.into_iter().map(|mut row| row.id()).collect()
}
