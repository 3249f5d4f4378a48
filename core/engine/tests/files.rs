//! Photos at the limit of their size, and what the journal keeps of them.

#![expect(clippy::expect_used, reason = "a test that panics fails, as it should")]

use carnet::domain::file::{BYTES_MAX, Bytes};
use carnet::{Engine, Options};
use serde_json::{Value, json};

fn answer(engine: &Engine, request: &Value) -> Value {
    serde_json::from_str(&engine.execute_json(request.to_string().as_bytes())).expect("a reply")
}

#[test]
fn a_photo_of_512_kib_goes_in_and_one_byte_more_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("club.db");
    let engine = Engine::open(&path, Options::create().seeded(1)).expect("opens");
    let venue = json!({"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR"});
    answer(&engine, &json!({"op": "venue.add", "args": venue}));
    let client = answer(&engine, &json!({"op": "client.add", "args": {}}))["reply"]["client"].clone();
    let photo = |size: usize| {
        let mut bytes = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];
        bytes.resize(size, 7);
        Bytes::new(bytes).to_string()
    };
    let set = |bytes: &str| json!({"op": "client.photo_set", "args": {"client": client, "bytes": bytes}});
    let more = answer(&engine, &set(&photo(BYTES_MAX + 1)));
    assert_eq!((&more["error"]["reason"], &more["error"]["field"]), (&json!("too_long"), &json!("bytes")));
    let largest = photo(BYTES_MAX);
    assert_eq!(answer(&engine, &set(&largest))["reply"]["size"], 524_288);
    let got = answer(&engine, &json!({"op": "client.photo_get", "args": {"client": client}}));
    assert_eq!(got["reply"]["bytes"], Value::from(largest.as_str()));
    // The entry has the bytes once, in its changes; its arguments name their hash.
    let entry = answer(&engine, &json!({"op": "journal.export", "args": {"after": 2}}));
    let payload = entry["reply"]["entries"][0]["payload"].as_str().expect("a payload");
    assert_eq!(payload.matches(&largest).count(), 1);
    let payload: Value = serde_json::from_str(payload).expect("JSON");
    assert!(payload["args"]["bytes"].as_str().expect("a hash").starts_with("sha256:"));
    assert_eq!(payload["changes"][0]["photo"]["bytes"], Value::from(largest.as_str()));
}
