//! Whoever carries writes out: the one writer of a file, or a session on a server.

use crate::call::Call;
use crate::execute::Done;
use crate::operation::Operation;
#[cfg(feature = "postgres")]
use crate::server::Session;
use crate::writer::Writer;
use carnet_domain::{Error, Result};

/// The hand of a job.
pub(crate) enum Hand<'a> {
    File(&'a mut Writer),
    #[cfg(feature = "postgres")]
    Server(&'a mut Session),
}

impl Hand<'_> {
    /// Carries out one operation.
    pub fn perform(&mut self, call: &Call, operation: &mut dyn Operation) -> Result<Done> {
        match self {
            Self::File(writer) => writer.perform(call, operation),
            #[cfg(feature = "postgres")]
            Self::Server(session) => session.perform(call, operation),
        }
    }

    /// Carries out several operations, all or none: the index and error of the first that fails.
    pub fn all_or_none<T>(
        &mut self,
        mut work: impl FnMut(&mut Hand<'_>) -> std::result::Result<T, (usize, Error)>,
    ) -> std::result::Result<T, (usize, Error)> {
        match self {
            Self::File(writer) => writer.all_or_none(|writer| work(&mut Hand::File(writer))),
            #[cfg(feature = "postgres")]
            Self::Server(session) => session.all_or_none(|session| work(&mut Hand::Server(session))),
        }
    }
}
