//! Several hands on one PostgreSQL server, and everything that goes wrong with a server. `own_server` starts servers of
//! its own and crashes them; every other test uses the one that `CARNET_TEST_POSTGRES_URL` names.

mod club;
mod cut;
mod feed;
mod many;
mod own_server;
mod proxy;
mod refused;
mod same;
