//! An operation on its way through the engine. Its types are known where it comes in and where its reply goes out; all
//! that lies between is compiled once, and not once for each row of the table.

use crate::canonical::Json;
use crate::strict;
use crate::work::Work;
use carnet_domain::{Error, Reason, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::any::Any;

/// What the table says of one operation: one type for each row, so that rows may share a request.
pub(crate) trait Row: 'static {
    /// Its name in JSON.
    const NAME: &'static str;
    /// Whether it may change something.
    const WRITES: bool;
    /// What it is asked.
    type Request: Serialize + DeserializeOwned + Clone + Send + 'static;
    /// What it answers.
    type Reply: Serialize + DeserializeOwned + Send + 'static;
    /// Carries it out.
    fn run(work: &mut Work<'_>, request: Self::Request) -> Result<Self::Reply>;
}

macro_rules! rows {
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        /// The rows of the table as types, each named as its method.
        #[expect(non_camel_case_types, reason = "the table has one name for a row")]
        pub(crate) mod row { $( pub(crate) enum $name {} )* }
        $(
            impl Row for row::$name {
                const NAME: &'static str = $json;
                const WRITES: bool = rows!(@ $kind);
                type Request = $request;
                type Reply = $reply;
                fn run(work: &mut Work<'_>, request: $request) -> Result<$reply> { $function(work, request) }
            }
        )*
    };
    (@ write) => { true };
    (@ read) => { false };
}
crate::for_each_operation!(rows);

/// An operation with its arguments and, when it was carried out, its reply.
pub(crate) trait Operation: Any + Send {
    /// Its name in JSON.
    fn name(&self) -> &'static str;
    /// Whether it may change something.
    fn writes(&self) -> bool;
    /// The arguments, for who looks what they are.
    #[cfg(feature = "postgres")]
    fn request(&self) -> &dyn Any;
    /// The arguments in their canonical form.
    fn args(&self) -> Result<Json>;
    /// Carries it out. It may be carried out again: the last reply counts.
    fn run(&mut self, work: &mut Work<'_>) -> Result<()>;
    /// The reply in its canonical form.
    fn reply(&self) -> Result<Json>;
    /// Takes the reply that is stored under its key for its own.
    fn answered(&mut self, reply: &Value) -> Result<()>;
}

/// A row of the table with its arguments.
pub(crate) struct Asked<R: Row> {
    request: R::Request,
    reply: Option<R::Reply>,
}

impl<R: Row> Asked<R> {
    pub const fn new(request: R::Request) -> Self {
        Self { request, reply: None }
    }

    /// The reply, if it was carried out.
    pub const fn reply_now(&self) -> Option<&R::Reply> {
        self.reply.as_ref()
    }

    /// The reply; an error if it was never carried out.
    pub fn into_reply(self) -> Result<R::Reply> {
        self.reply.ok_or_else(unanswered)
    }
}

impl<R: Row> Operation for Asked<R> {
    fn name(&self) -> &'static str {
        R::NAME
    }
    fn writes(&self) -> bool {
        R::WRITES
    }
    #[cfg(feature = "postgres")]
    fn request(&self) -> &dyn Any {
        &self.request
    }
    fn args(&self) -> Result<Json> {
        Json::of(&self.request)
    }
    fn run(&mut self, work: &mut Work<'_>) -> Result<()> {
        self.reply = Some(R::run(work, self.request.clone())?);
        Ok(())
    }
    fn reply(&self) -> Result<Json> {
        self.reply.as_ref().map_or_else(|| Err(unanswered()), Json::of)
    }
    fn answered(&mut self, reply: &Value) -> Result<()> {
        self.reply = Some(strict::typed(reply)?);
        Ok(())
    }
}

pub(crate) fn unanswered() -> Error {
    Error::new(Reason::Internal).with("what", "an operation without a reply")
}
