//! Stores on a PostgreSQL server, each in a schema of its own. `CARNET_TEST_POSTGRES_URL` names the server; `tests/run`
//! starts one.

use std::path::PathBuf;

/// The URL of a store that is not there yet. The name must be one for each test of a run.
///
/// # Panics
/// If no server is named: a test that needs one cannot say anything without it.
#[must_use]
pub fn store(name: &str) -> PathBuf {
    let server = std::env::var("CARNET_TEST_POSTGRES_URL").expect("CARNET_TEST_POSTGRES_URL names a server");
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let joint = if server.contains('?') { '&' } else { '?' };
    PathBuf::from(format!("{server}{joint}options=-csearch_path%3D{name}_{}", std::process::id()))
}
