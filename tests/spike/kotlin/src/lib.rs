//! Carnet for Kotlin and Java: the engine and every operation of the table, exported by UniFFI.

use carnet::domain::bridge::CarnetError;
use carnet::{Call, OpenOptions};

uniffi::setup_scaffolding!();

/// A store and all that may be done with it. Any thread may use it.
#[derive(uniffi::Object)]
pub struct Engine(carnet::Engine);

#[uniffi::export]
impl Engine {
    /// Opens a store.
    ///
    /// # Errors
    /// Those of the store.
    #[uniffi::constructor(default(options = None))]
    pub fn open(path: String, options: Option<OpenOptions>) -> Result<Self, CarnetError> {
        let options = options.unwrap_or_default().try_into()?;
        Ok(Self(carnet::Engine::open(path, options)?))
    }

    /// Ends the engine: no call is accepted any more, running ones are waited for.
    ///
    /// # Errors
    /// Those of the store.
    pub fn shutdown(&self) -> Result<(), CarnetError> {
        Ok(self.0.close()?)
    }

    /// Executes one JSON request and returns the JSON reply, an error included.
    #[must_use]
    pub fn execute_json(&self, request: String) -> String {
        self.0.execute_json(request.as_bytes())
    }
}

macro_rules! exported {
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        #[uniffi::export]
        impl Engine { $(
            #[doc = $doc]
            ///
            /// # Errors
            /// Those of the operation, see the reference page.
            #[uniffi::method(default(call = None))]
            pub fn $name(&self, request: $request, call: Option<Call>) -> Result<$reply, CarnetError> {
                Ok(self.0.$name(&call.unwrap_or_default(), request)?)
            }
        )* }
    };
}
carnet::for_each_operation!(exported);
