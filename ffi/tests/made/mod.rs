//! What is made from the declarations of the crate.

pub mod c;
pub mod csharp;
pub mod delphi;
pub mod layout;
pub mod model;
