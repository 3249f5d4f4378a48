//! The operations as data: names and JSON Schemas, from the same table as everything else.

use serde_json::Value;

/// One operation and what it takes and gives.
#[derive(Debug, Clone)]
pub struct OperationSchema {
    /// Its name in JSON.
    pub name: &'static str,
    /// `write` or `read`.
    pub kind: &'static str,
    /// What it does, one sentence.
    pub summary: &'static str,
    /// The JSON Schema of its arguments.
    pub request: Value,
    /// The JSON Schema of its reply.
    pub reply: Value,
}

macro_rules! schemas {
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        /// Every operation, in the order of the table.
        #[must_use]
        pub fn operations() -> Vec<OperationSchema> {
            vec![$(OperationSchema {
                name: $json,
                kind: stringify!($kind),
                summary: $doc,
                request: schemars::schema_for!($request).to_value(),
                reply: schemars::schema_for!($reply).to_value(),
            },)*]
        }
    };
}
crate::for_each_operation!(schemas);
