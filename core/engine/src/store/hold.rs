//! Holds.

use super::value::{Query, opt, query};
use carnet_domain::hold::Hold;

/// Stores a hold; its parts with its first version.
pub(crate) fn put(hold: &Hold, queries: &mut Vec<Query>) {
    queries.push(query!(
        "hold/put.sql",
        hold.hold,
        hold.version,
        hold.client,
        hold.venue,
        hold.placed,
        hold.expires,
        hold.state.as_str(),
        opt(hold.ended),
        opt(hold.group),
    ));
    if hold.version == 1 {
        for part in &hold.parts {
            queries.push(query!(
                "hold/part_put.sql",
                hold.hold,
                part.lot,
                part.account,
                opt(part.pass),
                part.amount
            ));
        }
    }
}
