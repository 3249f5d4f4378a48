//! The spine in one story, through the JSON door.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test that panics fails, as it should")]

use carnet::{Call, Engine, Options};
use serde_json::{Value, json};

struct Club {
    engine: Engine,
    _folder: tempfile::TempDir,
}

fn club() -> Club {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(folder.path().join("club.db"), Options::create().seeded(1)).expect("opens");
    Club { engine, _folder: folder }
}

impl Club {
    fn run(&self, request: Value) -> Value {
        serde_json::from_str(&self.engine.execute_json(request.to_string().as_bytes())).expect("a reply")
    }

    fn ok(&self, request: Value) -> Value {
        let reply = self.run(request.clone());
        assert!(reply.get("reply").is_some(), "{request} -> {reply}");
        reply["reply"].clone()
    }

    fn sound(&self) {
        let check = self.ok(json!({"op": "store.check"}));
        assert_eq!(check["ok"], true, "{check}");
        let verify = self.ok(json!({"op": "journal.verify"}));
        assert_eq!(verify["ok"], true, "{verify}");
    }
}

#[test]
fn a_club_runs_and_its_journal_replays() {
    let club = club();
    club.ok(json!({"op": "venue.add", "at": "2026-03-01T06:00:00Z",
        "args": {"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR", "country": "RO"}}));
    let client = club.ok(json!({"op": "client.add", "at": "2026-03-01T07:00:00Z", "key": "c1",
        "args": {"first_name": "Ștefan", "last_name": "Pop", "phone": "0721 234 567", "sex": "male"}}))["client"]
        .clone();
    club.ok(
        json!({"op": "card.add", "at": "2026-03-01T07:00:00Z", "args": {"client": client, "uid": "04a1b2"}}),
    );
    let plan = club.ok(json!({"op": "plan.add", "at": "2026-03-01T07:00:00Z", "args": {
        "kind": {"visits": {"visits": 3, "validity": {"period": {"count": 1, "unit": "month"}}}},
        "price": {"amount": "100.00", "currency": "EUR"}, "tax": "0"}}))["plan"]
        .clone();
    let sold = club
        .ok(json!({"op": "pass.sell", "at": "2026-03-01T08:00:00Z", "args": {"client": client, "plan": plan,
        "payments": [{"method": "cash", "amount": {"amount": "100.00", "currency": "EUR"}}]}}));
    assert_eq!(sold["ends"], "2026-03-31T21:00:00.000000Z");
    club.sound();
    let enter = |at: &str| club.ok(json!({"op": "access.enter", "at": at, "args": {"card": "04A1B2"}}));
    // 100.00 over 3 uses: 33.33, 33.34, 33.33.
    for (day, left, recognised) in [(2, 2, "33.33"), (3, 1, "66.67"), (4, 0, "100.00")] {
        let entered = enter(&format!("2026-03-{day:02}T08:00:00Z"));
        assert_eq!(entered["decision"]["payer"]["visits_left"], left);
        let view =
            club.ok(json!({"op": "pass.get", "at": "2026-03-05T08:00:00Z", "args": {"pass": sold["pass"]}}));
        assert_eq!(view["recognised"]["amount"], recognised);
    }
    let refused = enter("2026-03-05T08:00:00Z");
    assert_eq!(refused["decision"]["reason"], "exhausted");
    assert!(refused["attempt"].is_i64());
    club.ok(json!({"op": "account.top_up", "at": "2026-03-05T09:00:00Z", "args": {"client": client, "method": "card",
        "amount": {"amount": "50.00", "currency": "EUR"}, "bonus": {"amount": "5.00", "currency": "EUR"}}}));
    let charged = club
        .ok(json!({"op": "account.charge", "at": "2026-03-05T10:00:00Z", "args": {"client": client,
        "amount": {"amount": "12.00", "currency": "EUR"}, "tax": "20"}}));
    assert_eq!(charged["balance"]["amount"], "43.00");
    club.ok(json!({"op": "day.open", "at": "2026-03-05T11:00:00Z"}));
    club.ok(json!({"op": "day.close", "at": "2026-03-05T20:00:00Z"}));
    club.ok(json!({"op": "report.owed", "at": "2026-03-05T20:00:00Z"}));
    club.ok(json!({"op": "client.overview", "at": "2026-03-05T20:00:00Z", "args": {"client": client}}));
    club.sound();

    let again = tempfile::tempdir().expect("a folder");
    let copy = Engine::open(again.path().join("copy.db"), Options::create().seeded(1)).expect("opens");
    let page = club
        .engine
        .journal_export(&Call::default(), carnet::ops::journal::JournalExport { after: 0, limit: Some(1000) })
        .expect("exports");
    copy.replay(&page.entries).expect("replays");
    assert_eq!(copy.dump().expect("dumps"), club.engine.dump().expect("dumps"));
    let checked = copy.store_check(&Call::default(), carnet::ops::check::StoreCheck {}).expect("checks");
    assert!(checked.ok, "{checked:?}");
}
