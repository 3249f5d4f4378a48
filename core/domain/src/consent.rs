//! What staff write about a client, and what the client agreed to.

use crate::error::{Error, Reason, Result};
use crate::ids::{ClientId, CommentId, ConsentId, OperatorId};
use crate::time::Instant;

words! {
    /// What a client agrees to.
    pub enum ConsentKind {
        /// The terms of the venue.
        Terms "terms",
        /// How personal data is handled.
        Privacy "privacy",
        /// Messages that advertise.
        Marketing "marketing",
        /// A photo of the client in the profile.
        Photo "photo",
        /// Pictures that the venue publishes.
        Publication "publication",
        /// Data about health.
        Health "health",
        /// A guardian agrees for a child.
        Guardian "guardian",
    }
    /// Through what a client agreed.
    pub enum ConsentChannel {
        /// Said at the desk.
        Desk "desk",
        /// Signed on paper.
        Paper "paper",
        /// Signed on a tablet.
        Tablet "tablet",
        /// Online.
        Online "online",
        /// By telephone.
        Phone "phone",
        /// In answer to a message.
        Message "message",
    }
}

record! {
    /// What a member of staff wrote about a client.
    pub struct Comment {
        /// The id.
        pub comment: CommentId,
        /// The client.
        pub client: ClientId,
        /// When it was written.
        pub at: Instant,
        /// Who wrote it, where that was said.
        pub by: Option<OperatorId>,
        /// What was written; none once it was removed.
        pub text: Option<String>,
        /// Whether it is shown first.
        pub pinned: bool,
        /// When it was removed.
        pub removed: Option<Instant>,
        /// Who removed it, where that was said.
        pub removed_by: Option<OperatorId>,
    }

    /// That a client agreed to something, or does no more.
    pub struct Consent {
        /// The id.
        pub consent: ConsentId,
        /// The client.
        pub client: ClientId,
        /// To what.
        pub kind: ConsentKind,
        /// True if the client agreed, false if that was withdrawn or refused.
        pub granted: bool,
        /// Which text it was about.
        pub text_version: Option<String>,
        /// Where it was said: a form, a page, a campaign.
        pub source: Option<String>,
        /// Through what.
        pub channel: Option<ConsentChannel>,
        /// When.
        pub at: Instant,
        /// Who took it down, where that was said.
        pub by: Option<OperatorId>,
    }
}

/// Who agrees agrees to a text; a refusal or withdrawal needs none.
///
/// # Errors
/// `required` in `text_version`.
pub fn require_text(granted: bool, text_version: Option<&str>) -> Result<()> {
    if granted && text_version.is_none() {
        return Err(Error::field(Reason::Required, "text_version"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_agrees_agrees_to_a_text() {
        assert_eq!(require_text(true, Some("t-1")), Ok(()));
        assert_eq!(require_text(true, None), Err(Error::field(Reason::Required, "text_version")));
        assert_eq!(require_text(false, None), Ok(()), "a withdrawal asks for nothing");
        assert_eq!(require_text(false, Some("t-1")), Ok(()));
    }
}
