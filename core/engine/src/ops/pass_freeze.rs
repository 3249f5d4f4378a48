//! Freezes of a pass.

use crate::work::Work;
use carnet_domain::{Error, PassId, Reason, Result};

/// Ends the freeze of a pass because its client came.
pub(crate) fn end_by_visit(_: &mut Work<'_>, pass: PassId) -> Result<()> {
    Err(Error::new(Reason::Unsupported).with("pass", pass))
}
