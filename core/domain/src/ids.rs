//! Ids: `node (13 bit) << 40 | counter (40 bit)`, so always below 2⁵³ and exact in JSON.

use crate::error::{Error, Reason, Result};

/// The largest value of an id: 2⁵³ − 1, the largest integer that JSON readers keep exact.
pub const ID_MAX: i64 = (1 << 53) - 1;
/// The largest node number: 13 bits.
pub const NODE_MAX: i64 = (1 << 13) - 1;
/// The largest counter of one node and kind: 40 bits.
pub const COUNTER_MAX: i64 = (1 << 40) - 1;

/// The id of `counter` at `node`.
///
/// # Errors
/// `internal` if either number is out of its bits.
pub fn compose(node: i64, counter: i64) -> Result<i64> {
    if (0..=NODE_MAX).contains(&node) && (1..=COUNTER_MAX).contains(&counter) {
        Ok((node << 40) | counter)
    } else {
        Err(Error::new(Reason::Internal).with("what", "id out of range"))
    }
}

/// What every id can do.
pub trait Id: Copy + Eq {
    /// The kind, as it is stored in the table of counters.
    const KIND: &'static str;
    /// The number.
    fn get(self) -> i64;
    /// The id with this number, unchecked: for rows of the store.
    fn from_raw(raw: i64) -> Self;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $kind:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
        #[cfg(feature = "uniffi")]
        uniffi::custom_newtype!($name, i64);
        impl Id for $name {
            const KIND: &'static str = $kind;
            fn get(self) -> i64 { self.0 }
            fn from_raw(raw: i64) -> Self { Self(raw) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": ID_MAX,
                    "description": concat!("The id of one ", $kind, ".") })
            }
        }
    )*
        /// The kinds of all ids.
        pub const ID_KINDS: &[&str] = &[$($kind,)*];
    };
}

ids! {
    /// The id of a client.
    ClientId "client";
    /// The id of a venue.
    VenueId "venue";
    /// The id of an operator: a member of staff or a device that acts.
    OperatorId "operator";
    /// The id of a category of services.
    CategoryId "category";
    /// The id of a service.
    ServiceId "service";
    /// The id of a plan.
    PlanId "plan";
    /// The id of a pass.
    PassId "pass";
    /// The id of a card.
    CardId "card";
    /// The id of an account.
    AccountId "account";
    /// The id of a lot.
    LotId "lot";
    /// The id of a transfer.
    TransferId "transfer";
    /// The id of a group of transfers that belong together.
    GroupId "group";
    /// The id of a visit.
    VisitId "visit";
    /// The id of a recorded attempt.
    AttemptId "attempt";
    /// The id of a zone of a venue.
    ZoneId "zone";
    /// The id of one counted use of a pass.
    UseId "use";
    /// The id of a booking.
    BookingId "booking";
    /// The id of a freeze of a pass.
    FreezeId "freeze";
    /// The id of a hold.
    HoldId "hold";
    /// The id of a conflict that somebody must settle.
    ConflictId "conflict";

    /// The id of a comment about a client.
    CommentId "comment";
    /// The id of a consent of a client.
    ConsentId "consent";
    /// The id of a file of a client.
    FileId "file";
    // The desk.
    /// The id of what was written by a paper of the host.
    DocumentId "document";
    /// The id of a field of a chart.
    FieldId "field";
    /// The id of a household.
    HouseholdId "household";
    /// The id of a message.
    MessageId "message";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_id_is_exact_in_json() {
        assert_eq!(compose(NODE_MAX, COUNTER_MAX), Ok(ID_MAX));
        assert_eq!(compose(1, 1), Ok(1_099_511_627_777));
        assert!(compose(NODE_MAX + 1, 1).is_err() && compose(0, 0).is_err());
        assert!(compose(0, COUNTER_MAX + 1).is_err());
    }
}
