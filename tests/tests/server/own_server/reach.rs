//! How a server is reached: encrypted or not at all, by a name, by a socket, the second of two.

use super::{Psql, Server, until};
use carnet::{Engine, Options, Reason};
use std::path::Path;
use std::process::Command;

fn open(url: &str) -> Result<Engine, Reason> {
    Engine::open(url, Options::create()).map_err(|error| error.reason())
}

fn text(server: &Server) -> String {
    server.store("postgres").to_str().unwrap().to_owned()
}

/// The URL with the address of the server in place of its name.
fn by_number(url: &str) -> String {
    let (_, rest) = url.split_once("@127.0.0.1:").unwrap();
    let (port, rest) = rest.split_once("/postgres?").unwrap();
    format!("postgresql:///postgres?user=carnet&hostaddr=127.0.0.1&port={port}&{rest}")
}

/// A key and its certificate, for `localhost` alone.
fn certificate(folder: &Path, name: &str) -> String {
    let (key, certificate) = (folder.join(format!("{name}.key")), folder.join(format!("{name}.crt")));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
        .args(["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .expect("openssl is there");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    // The server refuses a key that others may read, and may be another user.
    for (program, how) in
        [("chmod", "0600".to_owned()), ("chown", format!("--reference={}", folder.display()))]
    {
        let status = Command::new(program).arg(how).arg(&key).status().unwrap();
        assert!(status.success(), "{program}");
    }
    certificate.to_str().unwrap().to_owned()
}

/// How many connections of Carnet are encrypted, and how many are not.
fn connections(admin: &mut Psql) -> (u32, u32) {
    let count = "SELECT count(*) FILTER (WHERE ssl) || ' ' || count(*) FILTER (WHERE NOT ssl)
        FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'carnet'";
    let rows = admin.run(count);
    let (encrypted, plain) = rows[0].split_once(' ').unwrap();
    (encrypted.parse().unwrap(), plain.parse().unwrap())
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn who_asks_for_encryption_gets_it_or_nothing() {
    let server = Server::start("tls");
    let (by_address, data) = (text(&server), server.folder.join("data"));
    let by_name = by_address.replacen("127.0.0.1", "localhost", 1);
    // Nothing is encrypted there yet.
    assert_eq!(open(&format!("{by_name}&sslmode=require")).err(), Some(Reason::Unreachable));
    drop(open(&by_name).expect("opens as it is"));
    let (own, other) = (certificate(&data, "server"), certificate(&data, "other"));
    let mut admin = Psql::open(Path::new(&server.url));
    admin.run("ALTER SYSTEM SET ssl = on");
    admin.run("SELECT pg_reload_conf()");
    let checked = format!("{by_name}&sslmode=verify-full&sslrootcert={own}");
    until("encryption", || open(&checked).is_ok());
    for (url, encrypted) in [
        (checked, true),
        (by_name.clone(), true),
        (by_address.clone(), true),
        (format!("{by_name}&sslmode=disable"), false),
        // An address without a name is encrypted, too.
        (by_number(&by_address), true),
    ] {
        until("the end of the others", || connections(&mut admin) == (0, 0));
        let engine = open(&url).unwrap_or_else(|reason| panic!("{url}: {reason:?}"));
        let (with, without) = connections(&mut admin);
        assert_eq!((with > 0, without > 0), (encrypted, !encrypted), "{url}");
        drop(engine);
    }
    for (wrong, why) in [
        (format!("{by_name}&sslmode=verify-full&sslrootcert={other}"), "signed by another"),
        (format!("{by_address}&sslmode=verify-full&sslrootcert={own}"), "another name"),
        (format!("{by_name}&sslmode=require"), "signed by nobody whom the system knows"),
    ] {
        assert_eq!(open(&wrong).err(), Some(Reason::Unreachable), "{why}");
    }
}

#[test]
#[ignore = "needs a server: tests/run postgres"]
fn a_server_is_found_behind_its_socket_and_behind_one_that_is_gone() {
    let server = Server::start("reach");
    let url = text(&server);
    let (_, rest) = url.split_once("@127.0.0.1:").unwrap();
    let (port, rest) = rest.split_once('/').unwrap();
    let folder = server.folder.canonicalize().unwrap().display().to_string().replace('/', "%2F");
    drop(open(&format!("postgresql://carnet@{folder}:{port}/{rest}")).expect("opens by the socket"));
    drop(
        open(&format!("postgresql://carnet@127.0.0.1:1,127.0.0.1:{port}/{rest}")).expect("opens the second"),
    );
    let nobody = open(&format!("postgresql://carnet@no-such-host.invalid:{port}/{rest}"));
    assert_eq!(nobody.err(), Some(Reason::Unreachable));
    let writes = format!("{url}&target_session_attrs=read-write");
    drop(open(&writes).expect("takes writes"));
    let mut admin = Psql::open(Path::new(&server.url));
    admin.run("ALTER SYSTEM SET default_transaction_read_only = on");
    admin.run("SELECT pg_reload_conf()");
    until("a server that takes no writes", || open(&writes).is_err());
    assert_eq!(open(&writes).err(), Some(Reason::ReadOnly));
}
