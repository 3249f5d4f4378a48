//! Comments of staff, and what clients agree to.

use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::consent::{Comment, Consent, ConsentChannel, ConsentKind, require_text};
use carnet_domain::ids::ID_MAX;
use carnet_domain::switches::Switch;
use carnet_domain::{ClientId, CommentId, ConsentId, Error, Instant, Reason, Result, record, request};

request! {
    /// Writes a comment about a client.
    pub struct ClientCommentAdd {
        /// The client.
        pub client: ClientId,
        /// The comment, 1 to 4000 characters.
        #[schemars(length(min = 1, max = 4000))]
        pub text: String,
        /// Whether it is shown first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub pinned: bool,
    }

    /// Removes a comment: who wrote it and who removed it, and when, stays; the text goes.
    pub struct ClientCommentRemove {
        /// The comment.
        pub comment: CommentId,
    }

    /// Lists the comments about a client, newest first.
    pub struct ClientComments {
        /// The client.
        pub client: ClientId,
        /// Only those that are pinned and not removed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub pinned: bool,
        /// The last comment of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<CommentId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Writes down that a client agrees to something, or does no more.
    pub struct ClientConsent {
        /// The client.
        pub client: ClientId,
        /// To what.
        pub kind: ConsentKind,
        /// True if the client agrees, false if that is withdrawn or refused.
        pub granted: bool,
        /// Which text it is about, 1 to 64 characters. Required of who agrees.
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub text_version: Option<String>,
        /// Where it was said: a form, a page, a campaign. 1 to 64 characters.
        #[schemars(length(min = 1, max = 64))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub source: Option<String>,
        /// Through what.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channel: Option<ConsentChannel>,
    }

    /// Lists what a client agreed to, newest first.
    pub struct ClientConsents {
        /// The client.
        pub client: ClientId,
        /// The last consent of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<ConsentId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// A comment was written or removed.
    pub struct Commented {
        /// The comment.
        pub comment: CommentId,
        /// The client.
        pub client: ClientId,
    }

    /// Comments about a client.
    pub struct Comments {
        /// Newest first.
        pub comments: Vec<Comment>,
        /// True where there are older ones.
        pub more: bool,
    }

    /// A consent was written down.
    pub struct Consented {
        /// The consent.
        pub consent: ConsentId,
    }

    /// What a client agreed to.
    pub struct Consents {
        /// Newest first.
        pub consents: Vec<Consent>,
        /// True where there are older ones.
        pub more: bool,
    }
}

/// What stands before everything on a first page.
const NEWEST: (Instant, i64) = (Instant::FOREVER, ID_MAX);

pub(crate) fn add(work: &mut Work<'_>, request: ClientCommentAdd) -> Result<Commented> {
    let text = input::text(&request.text, "text", 4000)?;
    let client = super::client::existing(work, request.client)?.client;
    let comment = Comment {
        comment: work.id()?,
        client,
        at: work.at,
        by: work.call.by,
        text: Some(text),
        pinned: request.pinned,
        removed: None,
        removed_by: None,
    };
    let done = Commented { comment: comment.comment, client };
    work.add(Change::Comment(comment));
    Ok(done)
}

fn existing(work: &mut Work<'_>, comment: CommentId, field: &str) -> Result<Comment> {
    let found = store::profile::comment(work.db(), input::id(comment, field)?)?;
    found.ok_or_else(|| Error::field(Reason::CommentNotFound, field))
}

pub(crate) fn remove(work: &mut Work<'_>, request: ClientCommentRemove) -> Result<Commented> {
    let mut comment = existing(work, request.comment, "comment")?;
    if comment.removed.is_some() {
        return Err(Error::field(Reason::AlreadyDone, "comment"));
    }
    (comment.text, comment.removed, comment.removed_by) = (None, Some(work.at), work.call.by);
    let done = Commented { comment: comment.comment, client: comment.client };
    work.add(Change::Comment(comment));
    Ok(done)
}

pub(crate) fn list(work: &mut Work<'_>, request: ClientComments) -> Result<Comments> {
    let limit = input::page(request.limit, 50)?;
    let client = super::client::existing(work, request.client)?.client;
    let after = match request.after {
        Some(after) => existing(work, after, "after").map(|comment| (comment.at, comment.comment.0))?,
        None => NEWEST,
    };
    let found = store::profile::comments(work.db(), client, request.pinned, after, limit.saturating_add(1))?;
    let (comments, more) = cut(found, limit);
    Ok(Comments { comments, more })
}

/// A page, and whether there is more.
pub(super) fn cut<T>(mut rows: Vec<T>, limit: i64) -> (Vec<T>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    (rows, more)
}

pub(crate) fn consent(work: &mut Work<'_>, request: ClientConsent) -> Result<Consented> {
    let text_version = input::opt_text(request.text_version.as_ref(), "text_version", 64)?;
    let source = input::opt_text(request.source.as_ref(), "source", 64)?;
    require_text(request.granted, text_version.as_deref())?;
    if request.channel == Some(ConsentChannel::Tablet) {
        work.require(Switch::TabletSigning, "channel")?;
    }
    let client = super::client::existing(work, request.client)?.client;
    let consent = Consent {
        consent: work.id()?,
        client,
        kind: request.kind,
        granted: request.granted,
        text_version,
        source,
        channel: request.channel,
        at: work.at,
        by: work.call.by,
    };
    let done = Consented { consent: consent.consent };
    work.add(Change::Consent(consent));
    Ok(done)
}

pub(crate) fn consents(work: &mut Work<'_>, request: ClientConsents) -> Result<Consents> {
    let limit = input::page(request.limit, 50)?;
    let client = super::client::existing(work, request.client)?.client;
    let after = match request.after {
        Some(after) => {
            let found = store::profile::consent(work.db(), input::id(after, "after")?)?;
            let found = found.ok_or_else(|| Error::field(Reason::ConsentNotFound, "after"))?;
            (found.at, found.consent.0)
        }
        None => NEWEST,
    };
    let found = store::profile::consents(work.db(), client, after, limit.saturating_add(1))?;
    let (consents, more) = cut(found, limit);
    Ok(Consents { consents, more })
}
