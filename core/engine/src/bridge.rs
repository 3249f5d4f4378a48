//! Types of other crates that requests and replies hold, as UniFFI wants to see them.

use carnet_domain::Date;

uniffi::use_remote_type!(carnet_domain::Date);
