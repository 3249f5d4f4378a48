//! Spoiling one example, place by place.

use super::schema::{forms, join, members, requires, type_of};
use super::{Case, Operation, Outcome, dry_request, request};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Stands in the text where a key is to be given a second time.
const TWICE: &str = "@@twice@@";
/// Stands in the text where a byte that is not UTF-8 is to be put.
const BYTES: &str = "@@bytes@@";
/// A name that no schema knows.
const STRANGER: &str = "zzz";

/// Makes the cases of one example.
pub(super) struct Spoiler<'a> {
    operation: &'a Operation,
    args: &'a Value,
    /// The places found in the example.
    pub seen: BTreeSet<String>,
    /// What was made.
    pub cases: Vec<Case>,
}

/// One place in the example: its path with dots, the same for coverage, and whether it must be there.
struct Place<'p> {
    path: &'p str,
    place: &'p str,
    required: bool,
    member: bool,
}

impl<'a> Spoiler<'a> {
    pub(super) fn new(operation: &'a Operation, args: &'a Value) -> Self {
        Self { operation, args, seen: BTreeSet::new(), cases: Vec::new() }
    }

    /// Every case of the example.
    pub(super) fn all(&mut self) {
        let operation = self.operation;
        for form in forms(&operation.request, &operation.request).others {
            self.object(form, "", "", false);
        }
    }

    fn object(&mut self, form: &'a Map<String, Value>, path: &str, place: &str, tagged: bool) {
        // Two tags at once are no choice at all; elsewhere a stranger is named.
        let stranger = join(path, STRANGER);
        let (field, reason) =
            if tagged { (path, "wrong_type") } else { (stranger.as_str(), "unknown_field") };
        self.refuse(path, "unknown sibling", field, reason, |args| {
            member_of(args, path).insert(STRANGER.to_owned(), json!(1));
        });
        for (name, schema) in members(form) {
            let (inner, inner_place) = (join(path, name), join(place, name));
            let Some(value) = self.at(&inner).cloned() else { continue };
            self.seen.insert(inner_place.clone());
            self.twice(path, name, &value);
            let required = requires(form, name);
            let place = Place { path: &inner, place: &inner_place, required, member: !tagged };
            self.field(schema, &value, &place);
        }
    }

    /// A place and what may stand there.
    fn field(&mut self, schema: &'a Value, value: &Value, place: &Place) {
        if place.member {
            self.absent(place);
        }
        let forms = forms(&self.operation.request, schema);
        let path = place.path;
        if !forms.words.is_empty() {
            self.put(path, "unknown word", json!(STRANGER), "unknown_value");
            self.put(path, "wrong type", json!(7), "wrong_type");
            for word in &forms.words {
                self.allow(path, json!(word), "unknown_value");
            }
        }
        if forms.tagged {
            self.put(path, "unknown tag", json!({ STRANGER: {} }), "unknown_value");
        }
        let Some(form) = forms.others.into_iter().find(|form| fits(form, value)) else { return };
        match type_of(form) {
            "object" => {
                self.put(path, "wrong type", json!(7), "wrong_type");
                self.object(form, path, place.place, forms.tagged);
            }
            "array" => self.array(form, value, place),
            "string" => self.string(form, path, forms.name),
            "integer" => self.integer(form, path),
            "boolean" => self.put(path, "wrong type", json!("true"), "wrong_type"),
            _ => self.cases.push(self.hole(path)),
        }
    }

    /// Left out, and null: an error if required, else the same.
    fn absent(&mut self, place: &Place) {
        let path = place.path;
        let mut without = self.args.clone();
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        member_of(&mut without, parent).remove(name);
        let null = self.changed(path, Value::Null);
        if place.required {
            self.refuse(path, "missing", path, "required", |args| *args = without.clone());
            self.refuse(path, "null", path, "required", |args| *args = null.clone());
        } else {
            let op = &self.operation.name;
            let outcome = Outcome::Like(dry_request(op, &without));
            self.cases.push(Case {
                what: format!("{op} {path}: null"),
                request: dry_request(op, &null),
                outcome,
            });
        }
    }

    fn array(&mut self, form: &'a Map<String, Value>, value: &Value, place: &Place) {
        self.put(place.path, "wrong type", json!(7), "wrong_type");
        let Some(first) = value.get(0) else { return };
        if let Some(most) = form.get("maxItems").and_then(Value::as_u64) {
            let mut many: Vec<Value> = (0..=most).map(|_| first.clone()).collect();
            self.put(place.path, "too many", json!(many), "too_long");
            many.pop();
            self.allow(place.path, json!(many), "too_long");
        }
        let (inner, inner_place) = (join(place.path, "0"), join(place.place, "*"));
        self.seen.insert(inner_place.clone());
        let element = Place { path: &inner, place: &inner_place, required: true, member: false };
        self.field(&form["items"], first, &element);
    }

    fn string(&mut self, form: &Map<String, Value>, path: &str, name: Option<&str>) {
        self.put(path, "wrong type", json!(7), "wrong_type");
        // Words of a foreign list have a reason of their own, and what has a form is first of all not of that form.
        let foreign = match name {
            Some("Currency") => Some("unknown_currency"),
            Some("Zone") => Some("unknown_zone"),
            _ => None,
        };
        let formed = form.contains_key("pattern") || form.contains_key("format");
        if let Some(reason) = foreign.or(formed.then_some("bad_format")) {
            self.put(path, "bad format", json!("x"), reason);
        }
        if let Some(most) = form.get("maxLength").and_then(Value::as_u64) {
            // Two bytes each where the form is free: lengths count characters.
            let letter = if form.contains_key("pattern") { "1" } else { "ж" };
            let length = usize::try_from(most).unwrap_or(usize::MAX);
            let reason = foreign.or(formed.then_some("bad_format")).unwrap_or("too_long");
            self.put(path, "too long", json!(letter.repeat(length.saturating_add(1))), reason);
            self.allow(path, json!(letter.repeat(length)), "too_long");
        }
        if let Some(least) = form.get("minLength").and_then(Value::as_u64).filter(|least| *least > 0) {
            self.put(path, "empty", json!(""), foreign.unwrap_or("empty"));
            self.allow(path, json!("a".repeat(usize::try_from(least).unwrap_or(usize::MAX))), "empty");
        }
        // No text of a database on a server can hold it.
        self.put(path, "NUL", json!("a\u{0}"), foreign.unwrap_or("bad_format"));
        self.bytes(path);
    }

    fn bytes(&mut self, path: &str) {
        let text = self.changed(path, json!(BYTES));
        let text = String::from_utf8_lossy(&request(&self.operation.name, &text)).into_owned();
        let (before, after) = text.split_once(BYTES).unwrap_or((&text, ""));
        let bytes = [before.as_bytes(), b"a\xFFb", after.as_bytes()].concat();
        self.push(path, "not UTF-8", path, "bad_utf8", bytes);
    }

    fn integer(&mut self, form: &Map<String, Value>, path: &str) {
        self.put(path, "wrong type", json!("7"), "wrong_type");
        self.put(path, "with a fraction", json!(1.5), "wrong_type");
        self.put(path, "beyond 64 bits", json!(u64::MAX), "out_of_range");
        if let Some(least) = form.get("minimum").and_then(Value::as_i64) {
            self.put(path, "too small", json!(least.saturating_sub(1)), "out_of_range");
            self.allow(path, json!(least), "out_of_range");
        }
        if let Some(most) = form.get("maximum").and_then(Value::as_i64) {
            self.put(path, "too large", json!(most.saturating_add(1)), "out_of_range");
            self.allow(path, json!(most), "out_of_range");
        }
    }

    /// The same member a second time, which only text can say.
    fn twice(&mut self, parent: &str, name: &str, value: &Value) {
        let path = join(parent, name);
        let mut args = self.args.clone();
        member_of(&mut args, parent).insert(TWICE.to_owned(), value.clone());
        let text = String::from_utf8_lossy(&request(&self.operation.name, &args)).replace(TWICE, name);
        self.push(&path, "twice", &path, "duplicate_field", text.into_bytes());
    }

    fn put(&mut self, path: &str, what: &str, value: Value, reason: &'static str) {
        let args = self.changed(path, value);
        self.push(path, what, path, reason, request(&self.operation.name, &args));
    }

    /// The last value that the schema allows, as a dry run: whatever else is said of it, not this.
    fn allow(&mut self, path: &str, value: Value, never: &'static str) {
        let what = format!("{} {path}: allowed {never}", self.operation.name);
        let request = dry_request(&self.operation.name, &self.changed(path, value));
        self.cases.push(Case { what, request, outcome: Outcome::Allowed { never, field: path.to_owned() } });
    }

    fn refuse(
        &mut self,
        path: &str,
        what: &str,
        field: &str,
        reason: &'static str,
        change: impl Fn(&mut Value),
    ) {
        let mut args = self.args.clone();
        change(&mut args);
        self.push(path, what, field, reason, request(&self.operation.name, &args));
    }

    fn push(&mut self, path: &str, what: &str, field: &str, reason: &'static str, request: Vec<u8>) {
        let what = format!("{} {path}: {what}", self.operation.name);
        let outcome = Outcome::Refused { reason, field: Some(field.to_owned()) };
        self.cases.push(Case { what, request, outcome });
    }

    /// A type that this does not know must not pass unseen.
    fn hole(&self, path: &str) -> Case {
        let what = format!("{} {path}: the schema has a type that no case is made for", self.operation.name);
        Case { what, request: Vec::new(), outcome: Outcome::Refused { reason: "-", field: None } }
    }

    fn at(&self, path: &str) -> Option<&Value> {
        self.args.pointer(&pointer(path))
    }

    fn changed(&self, path: &str, value: Value) -> Value {
        let mut args = self.args.clone();
        if let Some(place) = args.pointer_mut(&pointer(path)) {
            *place = value;
        }
        args
    }
}

/// `a.0.b` as the JSON pointer `/a/0/b`.
fn pointer(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("/{}", path.replace('.', "/")) }
}

/// The members of the object at a path; of a new one if there is none, which then shows as a wrong reply.
fn member_of<'v>(args: &'v mut Value, path: &str) -> &'v mut Map<String, Value> {
    let target = if args.pointer(&pointer(path)).is_some_and(Value::is_object) {
        pointer(path)
    } else {
        String::new()
    };
    match args.pointer_mut(&target) {
        Some(Value::Object(members)) => members,
        _ => unreachable_members(),
    }
}

fn unreachable_members<'v>() -> &'v mut Map<String, Value> {
    panic!("the arguments of an example are an object")
}

/// Whether a value is of this alternative: the type, and for a tag the same word.
fn fits(form: &Map<String, Value>, value: &Value) -> bool {
    match (type_of(form), value) {
        ("object", Value::Object(found)) => {
            found.keys().all(|name| members(form).any(|(member, _)| member == name))
        }
        ("array", Value::Array(_)) | ("string", Value::String(_)) | ("boolean", Value::Bool(_)) => true,
        ("integer", Value::Number(number)) => number.is_i64() || number.is_u64(),
        _ => false,
    }
}
