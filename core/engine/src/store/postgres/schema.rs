//! The tables: made, upgraded, or refused.

use super::connection::PgConnection;
use super::rewrite;
use crate::options::{Migrate, Options};
use crate::store::migrations;
use crate::store::value::{Connection, Query, query};
use carnet_domain::{Error, Reason, Result};

/// What the upgrade of a store is serialised by, and every write of an operation that is not carried out beside
/// others: the first half of the key of an advisory lock, `Carn`; the second is the schema, for several stores may lie in one
/// database.
const STORE_LOCK: i64 = 0x4361_726E;
/// What the one sealer is chosen by.
pub(crate) const SEALER_LOCK: i64 = 0x4361_726F;

/// Makes the schema that the URL names (`options=-csearch_path=club`) where there is none: several stores may lie in one
/// database.
const OWN_SCHEMA: &str = "DO $$ BEGIN
    IF current_schema() IS NULL THEN
        EXECUTE 'CREATE SCHEMA IF NOT EXISTS ' || quote_ident(split_part(current_setting('search_path'), ',', 1));
    END IF;
END $$";

const VERSION_TABLE: &str =
    "CREATE TABLE schema_version (id BIGINT PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL);
INSERT INTO schema_version (id, version) VALUES (1, 0);";

/// Waits until nobody else writes, and keeps others from it until the transaction ends.
pub(crate) fn lock_alone() -> Query {
    query!("../schema/lock.pg.sql", STORE_LOCK)
}

/// Waits for who writes alone, and writes beside others.
pub(crate) fn lock_shared() -> Query {
    query!("../schema/lock_shared.pg.sql", STORE_LOCK)
}

/// The version of the schema that this library knows.
pub(crate) fn known() -> i64 {
    i64::try_from(migrations::MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The version of the schema, none if there are no tables yet. The statement reads a catalog: a session that waited for
/// an advisory lock alone has not yet heard of the tables that another has made meanwhile.
fn version(connection: &mut PgConnection) -> Result<Option<i64>> {
    match connection.first(query!("../schema/exists.pg.sql"))?.map(|mut row| row.flag()).transpose()? {
        Some(true) => {}
        _ => return Ok(None),
    }
    connection.first(query!("../schema/version.pg.sql"))?.map(|mut row| row.int()).transpose()
}

/// Refuses to go on if the tables are not of the version that this library knows.
pub(crate) fn refuse_other(connection: &mut PgConnection) -> Result<()> {
    let found = version(connection)?.ok_or(Reason::Missing)?;
    match found.cmp(&known()) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => {
            Err(Error::new(Reason::Newer).with("found", found).with("known", known()))
        }
        std::cmp::Ordering::Less => {
            Err(Error::new(Reason::Older).with("found", found).with("needed", known()))
        }
    }
}

/// Brings the tables up to date in one transaction, or makes them. A server keeps its own backups: none is made here.
pub(crate) fn migrate(connection: &mut PgConnection, options: &Options, texts: &[&str]) -> Result<()> {
    let latest = i64::try_from(texts.len()).unwrap_or(i64::MAX);
    // Whoever opens beside us waits here, and finds the work done.
    connection.begin([lock_alone()]);
    let result = upgrade(connection, options, texts, latest).and_then(|()| connection.commit());
    if result.is_err() {
        connection.rollback();
    }
    result
}

fn upgrade(connection: &mut PgConnection, options: &Options, texts: &[&str], latest: i64) -> Result<()> {
    let found = version(connection)?;
    match found {
        Some(version) if version == latest => return Ok(()),
        Some(version) if version > latest => {
            return Err(Error::new(Reason::Newer).with("found", version).with("known", latest));
        }
        Some(version) if options.migrate == Migrate::Refuse => {
            return Err(Error::new(Reason::Older).with("found", version).with("needed", latest));
        }
        None if !options.create => return Err(Reason::Missing.into()),
        Some(_) => {}
        None => {
            connection.script(OWN_SCHEMA)?;
            connection.script(VERSION_TABLE)?;
        }
    }
    let done = usize::try_from(found.unwrap_or(0)).unwrap_or(usize::MAX);
    for text in texts.iter().skip(done) {
        connection.script(&rewrite::migration(&migrations::for_postgres(text)))?;
    }
    migrations::fill(connection, found.unwrap_or(0), latest)?;
    if found.is_some() {
        // Engines that are open see by this that they must look at the version again.
        connection.rows(query!("../config/bump.sql"))?;
    }
    connection.rows(query!("../schema/version_put.pg.sql", latest)).map(drop)
}
