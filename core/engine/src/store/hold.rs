//! Holds.

use super::value::{Query, json, opt, query};
use carnet_domain::Result;
use carnet_domain::hold::Hold;

/// Stores a hold and what is held by its parts.
pub(crate) fn put(hold: &Hold, queries: &mut Vec<Query>) -> Result<()> {
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
        opt(hold.reason.as_ref()),
        opt(hold.more_up_to.as_ref().map(json).transpose()?),
    ));
    for part in &hold.parts {
        queries.push(query!(
            "hold/part_put.sql",
            hold.hold,
            part.lot,
            part.account,
            opt(part.pass),
            part.amount,
            part.held
        ));
    }
    Ok(())
}
