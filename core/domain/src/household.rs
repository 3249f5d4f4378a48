//! Clients who live together.

use crate::client::{Client, ClientKind};
use crate::error::{Reason, Result};
use crate::ids::{ClientId, HouseholdId};

record! {
    /// A household. A client belongs to one at most.
    pub struct Household {
        /// The id.
        pub household: HouseholdId,
        /// Grows by one with every change.
        pub version: i64,
        /// The name.
        pub name: Option<String>,
        /// Who belongs to it, in the order of their ids.
        pub members: Vec<ClientId>,
    }
}

/// Whether a client can belong to a household: a person who is not archived, belongs to no other, and is not named before.
///
/// # Errors
/// `client_archived`, `not_a_person`, or `already_exists`, without a field.
pub fn can_join(
    client: &Client,
    belongs_to: Option<HouseholdId>,
    household: Option<HouseholdId>,
    before: &[ClientId],
) -> Result<()> {
    if client.archived {
        return Err(Reason::ClientArchived.into());
    }
    if client.kind != ClientKind::Person {
        return Err(Reason::NotAPerson.into());
    }
    let is_in_another = belongs_to.is_some_and(|other| Some(other) != household);
    if is_in_another || before.contains(&client.client) {
        return Err(Reason::AlreadyExists.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(kind: &str, archived: bool) -> Client {
        let json = serde_json::json!({"client": 7, "version": 1, "kind": kind, "external_ids": [],
            "archived": archived, "created": "2026-05-04T10:00:00Z"});
        serde_json::from_value(json).expect("a client")
    }

    #[test]
    fn a_household_is_of_persons_who_belong_to_no_other() {
        let (own, other) = (Some(HouseholdId(1)), Some(HouseholdId(2)));
        let person = client("person", false);
        let why = |client: &Client, belongs, household, before: &[ClientId]| {
            can_join(client, belongs, household, before).err().map(|error| error.reason())
        };
        assert_eq!(why(&person, None, own, &[]), None);
        assert_eq!(why(&person, own, own, &[ClientId(8)]), None, "stays");
        assert_eq!(why(&person, None, None, &[]), None, "a new one");
        assert_eq!(why(&person, other, own, &[]), Some(Reason::AlreadyExists));
        assert_eq!(why(&person, other, None, &[]), Some(Reason::AlreadyExists));
        assert_eq!(why(&person, None, own, &[ClientId(8), ClientId(7)]), Some(Reason::AlreadyExists));
        assert_eq!(why(&client("company", false), None, own, &[]), Some(Reason::NotAPerson));
        assert_eq!(why(&client("person", true), None, own, &[]), Some(Reason::ClientArchived));
    }
}
