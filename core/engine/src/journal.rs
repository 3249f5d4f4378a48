//! The journal: what an entry holds, its digest, and the chain.
//!
//! `digest = SHA-256(salt ‖ payload)` and `hash = SHA-256(hash before ‖ position ‖ digest)`, so an erasure can
//! delete salt and payload and the chain still verifies.

use crate::call::{Call, Document, Late};
use crate::canonical::Json;
use crate::changes::Change;
use crate::store::journal::{Entry, Key, Tip};
use carnet_domain::{Error, Instant, OperatorId, Reason, Result, VenueId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Grows when a rule decides differently than before. Replay re-decides only where it is the same.
pub(crate) const RULES_VERSION: i64 = 1;

/// What an entry holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub op: String,
    pub at: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<VenueId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OperatorId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    pub rules_version: i64,
    /// True where the entry moved the clock of its venue.
    pub clock: bool,
    pub args: Json,
    pub changes: Vec<Change>,
    pub reply: Json,
}

/// What a repeated call is answered from.
#[derive(Deserialize)]
pub(crate) struct Answered {
    pub at: Instant,
    pub reply: Value,
}

impl Payload {
    /// The keys under which this entry is found again, with the digest of its content.
    pub fn keys(&self) -> Result<Vec<(Key, [u8; 32])>> {
        let content = content(&self.op, &self.args, self.venue, self.document.as_ref())?;
        let keys = keys(self.venue, self.key.as_deref(), self.late.as_ref());
        Ok(keys.into_iter().map(|key| (key, content)).collect())
    }
}

/// The keys that a call is stored under: the caller's, per venue, and the natural key of a device event.
pub(crate) fn keys(venue: Option<VenueId>, key: Option<&str>, late: Option<&Late>) -> Vec<Key> {
    let venue = venue.map_or(0, |venue| venue.0);
    let caller = key.map(|key| Key { venue, kind: "key", key: key.to_owned() });
    let event =
        late.map(|late| Key { venue: 0, kind: "late", key: format!("{}\u{1f}{}", late.device, late.seq) });
    caller.into_iter().chain(event).collect()
}

/// The digest of what an idempotency key stands for: operation, arguments, venue and document in canonical form.
/// Time, operator, key and dry run are not content.
pub(crate) fn content(
    op: &str,
    args: &Json,
    venue: Option<VenueId>,
    document: Option<&Document>,
) -> Result<[u8; 32]> {
    #[derive(Serialize)]
    struct Content<'a> {
        args: &'a Json,
        document: Option<Json>,
        op: &'a str,
        venue: Option<VenueId>,
    }
    let document = document.map(Json::of).transpose()?;
    let text = to_text(&Content { args, document, op, venue })?;
    Ok(Sha256::digest(text.as_bytes()).into())
}

pub(crate) fn to_text<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::new(Reason::Internal).with("what", "no JSON form"))
}

/// Arguments as they are kept and compared: bytes and secrets by their hash. The bytes are in the changes.
pub(crate) fn slim(args: Json) -> Result<Json> {
    const LARGE: [&str; 2] = ["bytes", "token"];
    if !LARGE.iter().any(|name| args.as_str().contains(name)) {
        return Ok(args);
    }
    let mut tree = args.value()?;
    for name in LARGE {
        if let Some(Value::String(text)) = tree.get_mut(name) {
            *text = format!("sha256:{}", hex(&Sha256::digest(text.as_bytes())));
        }
    }
    Json::of(&tree)
}

/// Whether the reply of an operation is kept nowhere: it shows what only some may read. A repeated key is answered by
/// carrying the operation out again, with nothing written.
pub(crate) fn is_rebuilt(op: &str) -> bool {
    op == "client.chart_open"
}

/// The digest of a payload with its salt.
pub(crate) fn digest(salt: &[u8], payload: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(payload.as_bytes()).finalize().into()
}

/// The hash of the chain up to an entry.
pub(crate) fn chain(before: &[u8], position: i64, digest: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(before)
        .chain_update(position.to_be_bytes())
        .chain_update(digest)
        .finalize()
        .into()
}

/// Seals an entry after the tip and moves the tip on.
pub(crate) fn seal(tip: &mut Tip, payload: &Payload, salt: [u8; 32]) -> Result<Entry> {
    let mut entry = unsealed(payload, salt)?;
    entry.position = tip.position.checked_add(1).ok_or(Reason::Internal)?;
    entry.hash = chain(&tip.hash, entry.position, &entry.digest).to_vec();
    *tip = Tip { position: entry.position, hash: entry.hash.clone() };
    Ok(entry)
}

/// An entry without a place in the chain.
pub(crate) fn unsealed(payload: &Payload, salt: [u8; 32]) -> Result<Entry> {
    let text = to_text(payload)?;
    let (salt, _) = salt.split_at(16);
    let digest = digest(salt, &text);
    Ok(Entry {
        position: 0,
        op: payload.op.clone(),
        at: payload.at,
        venue: payload.venue,
        by: payload.by,
        digest: digest.to_vec(),
        hash: Vec::new(),
        payload: Some((salt.to_vec(), text)),
    })
}

/// Bytes as hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hexadecimal text as bytes.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |d: u8| char::from(d).to_digit(16).and_then(|v| u8::try_from(v).ok());
    digits
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => digit(*high)?.checked_mul(16)?.checked_add(digit(*low)?),
            _ => None,
        })
        .collect()
}

/// The payload of an operation that was carried out.
pub(crate) struct Sealed<'a> {
    pub op: &'static str,
    pub call: &'a Call,
    pub at: Instant,
    pub venue: Option<VenueId>,
    pub clock: bool,
    pub args: Json,
    pub changes: Vec<Change>,
    pub reply: Json,
}

impl Sealed<'_> {
    pub fn into_payload(self) -> Payload {
        Payload {
            op: self.op.to_owned(),
            at: self.at,
            venue: self.venue,
            by: self.call.by,
            key: self.call.key.clone(),
            late: self.call.late.clone(),
            document: self.call.document.clone(),
            rules_version: RULES_VERSION,
            clock: self.clock,
            args: self.args,
            changes: self.changes,
            reply: self.reply,
        }
    }
}
