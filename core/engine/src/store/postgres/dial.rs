//! How the server is reached: hosts in their order, each address of theirs, until one answers.

use super::failure::{self, Failure, Remedy};
use super::greeting::{Encrypted, Lent, greet};
use super::place::Place;
use super::talk::{Ear, Talk};
use super::wire::{Socket, Wire, carry};
use carnet_domain::Reason;
use socket2::{SockRef, TcpKeepalive};
use std::io::{Error, ErrorKind, Result};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};
use tokio_postgres::config::{Host, LoadBalanceHosts, TargetSessionAttrs};
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{CancelToken, Config, NoTls};

const PORT: u16 = 5432;
/// How long somebody who has given up waits for the server to hear of it.
const CANCEL: Duration = Duration::from_secs(5);

/// Where a connection went.
#[derive(Debug, Clone)]
pub(crate) struct Reached {
    address: Address,
    /// The name that the certificate of the server must have.
    name: Option<String>,
}

#[derive(Debug, Clone)]
enum Address {
    Tcp(SocketAddr),
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

/// A connection, with where it went.
pub(crate) struct Line {
    pub talk: Talk,
    pub token: CancelToken,
    pub reached: Reached,
}

/// Connects to the first server that answers. What it says without being asked goes to `ear`.
pub(crate) fn dial(place: &Place, deadline: Instant, ear: Ear) -> std::result::Result<Line, Failure> {
    let mut failed = failure::gone();
    for reached in hosts(&place.config).into_iter().flat_map(|host| host.addresses(deadline)) {
        match connect(place, &reached, deadline, &ear) {
            Ok((token, talk)) => return Ok(Line { talk, token, reached }),
            Err(failure) => failed = failure,
        }
    }
    Err(failed)
}

/// A host of the URL.
struct Candidate {
    name: Option<String>,
    address: Option<IpAddr>,
    #[cfg(unix)]
    folder: Option<std::path::PathBuf>,
    port: u16,
}

/// The hosts of the URL, as libpq pairs names, addresses and ports.
fn hosts(config: &Config) -> Vec<Candidate> {
    let (names, addresses, ports) = (config.get_hosts(), config.get_hostaddrs(), config.get_ports());
    let count = names.len().max(addresses.len());
    let mut hosts: Vec<Candidate> = (0..count)
        .map(|index| {
            let name = names.get(index);
            Candidate {
                name: match name {
                    Some(Host::Tcp(name)) => Some(name.clone()),
                    _ => None,
                },
                address: addresses.get(index).copied(),
                #[cfg(unix)]
                folder: match name {
                    Some(Host::Unix(folder)) => Some(folder.clone()),
                    _ => None,
                },
                port: ports.get(index).or_else(|| ports.first()).copied().unwrap_or(PORT),
            }
        })
        .collect();
    if config.get_load_balance_hosts() == LoadBalanceHosts::Random && count > 1 {
        let mut drawn = [0_u8; 4];
        // Where nothing can be drawn, the first host is as good as any.
        if getrandom::fill(&mut drawn).is_err() {
            return hosts;
        }
        let first = usize::try_from(u32::from_le_bytes(drawn)).unwrap_or(0);
        hosts.rotate_left(first.checked_rem(count).unwrap_or(0));
    }
    hosts
}

impl Candidate {
    /// Where it can be reached; nowhere if its name is not known.
    fn addresses(self, deadline: Instant) -> Vec<Reached> {
        #[cfg(unix)]
        if let (Some(folder), None) = (&self.folder, self.address) {
            let path = folder.join(format!(".s.PGSQL.{}", self.port));
            return vec![Reached { address: Address::Unix(path), name: None }];
        }
        let found = match (self.address, &self.name) {
            (Some(address), _) => vec![SocketAddr::new(address, self.port)],
            (None, Some(name)) => looked_up(name, self.port, deadline),
            (None, None) => Vec::new(),
        };
        // Without a name, the certificate must be for the address.
        let name = |address: &SocketAddr| self.name.clone().unwrap_or_else(|| address.ip().to_string());
        found
            .into_iter()
            .map(|address| Reached { name: Some(name(&address)), address: Address::Tcp(address) })
            .collect()
    }
}

/// The addresses of a name. The system may take longer than the caller has: it is asked beside.
fn looked_up(name: &str, port: u16, deadline: Instant) -> Vec<SocketAddr> {
    if let Ok(address) = name.parse::<IpAddr>() {
        return vec![SocketAddr::new(address, port)];
    }
    let (sender, receiver) = sync_channel(1);
    let name = name.to_owned();
    let asked = std::thread::Builder::new().name("carnet-lookup".to_owned()).spawn(move || {
        let found = (name.as_str(), port).to_socket_addrs().map(Iterator::collect).unwrap_or_default();
        // Who gave up does not want it any more.
        drop(sender.send(found));
    });
    match asked {
        Ok(_) => {
            receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())).unwrap_or_default()
        }
        Err(_) => Vec::new(),
    }
}

impl Reached {
    fn socket(&self, config: &Config, deadline: Instant) -> Result<Arc<Socket>> {
        let left = deadline.saturating_duration_since(Instant::now());
        let left = config.get_connect_timeout().map_or(left, |most| left.min(*most));
        if left.is_zero() {
            return Err(Error::from(ErrorKind::TimedOut));
        }
        match &self.address {
            Address::Tcp(address) => {
                let stream = TcpStream::connect_timeout(address, left)?;
                let socket = SockRef::from(&stream);
                #[cfg(target_os = "linux")]
                if let Some(most) = config.get_tcp_user_timeout() {
                    socket.set_tcp_user_timeout(Some(*most))?;
                }
                if config.get_keepalives() {
                    socket.set_tcp_keepalive(&keepalive(config))?;
                }
                Socket::tcp(stream)
            }
            #[cfg(unix)]
            Address::Unix(path) => Socket::unix(std::os::unix::net::UnixStream::connect(path)?),
        }
    }

    /// Tells the server on another connection that nobody waits for the answer any more. Not waited for.
    pub fn cancel(self, place: Place, token: CancelToken) {
        let told = std::thread::Builder::new().name("carnet-cancel".to_owned()).spawn(move || {
            let deadline = Instant::now().checked_add(CANCEL).unwrap_or_else(Instant::now);
            let Ok(socket) = self.socket(&place.config, deadline) else { return };
            let wire = Wire(Arc::clone(&socket));
            let tls = place
                .tls
                .zip(self.name)
                .and_then(|(mut tls, name)| MakeTlsConnect::<Wire>::make_tls_connect(&mut tls, &name).ok());
            match tls {
                Some(tls) => drop(carry(&socket, deadline, token.cancel_query_raw(wire, tls))),
                None => drop(carry(&socket, deadline, token.cancel_query_raw(wire, NoTls))),
            }
        });
        if told.is_err() {
            tracing::debug!("no thread to cancel a statement: the server finishes it");
        }
    }
}

fn keepalive(config: &Config) -> TcpKeepalive {
    let mut keepalive = TcpKeepalive::new().with_time(config.get_keepalives_idle());
    if let Some(interval) = config.get_keepalives_interval() {
        keepalive = keepalive.with_interval(interval);
    }
    #[cfg(not(windows))]
    if let Some(retries) = config.get_keepalives_retries() {
        keepalive = keepalive.with_retries(retries);
    }
    keepalive
}

fn connect(
    place: &Place,
    reached: &Reached,
    deadline: Instant,
    ear: &Ear,
) -> std::result::Result<(CancelToken, Talk), Failure> {
    let socket = reached.socket(&place.config, deadline).map_err(|_| failure::gone())?;
    let (token, mut talk) = match place.tls.clone().zip(reached.name.as_deref()) {
        Some((mut tls, name)) => {
            let tls =
                MakeTlsConnect::<Wire>::make_tls_connect(&mut tls, name).map_err(|_| failure::gone())?;
            introduced(place, socket, deadline, ear, Encrypted(tls))
        }
        None => introduced(place, socket, deadline, ear, NoTls),
    }?;
    talk.deadline = Some(deadline);
    if is_wanted(&mut talk, place.config.get_target_session_attrs())? {
        return Ok((token, talk));
    }
    Err(Failure { error: Reason::ReadOnly.into(), remedy: Remedy::Tell })
}

/// Introduces itself on a socket.
fn introduced<T: TlsConnect<Lent<Wire>>>(
    place: &Place,
    socket: Arc<Socket>,
    deadline: Instant,
    ear: &Ear,
    tls: T,
) -> std::result::Result<(CancelToken, Talk), Failure> {
    match greet(&place.config, socket, deadline, tls) {
        Some(Ok((token, traffic))) => Ok((token, Talk::new(traffic, Arc::clone(ear)))),
        Some(Err(error)) => Err(failure::of(&error)),
        None => Err(failure::gone()),
    }
}

/// Whether the server takes writes, or none, where the URL asks for one that does.
fn is_wanted(talk: &mut Talk, wanted: TargetSessionAttrs) -> std::result::Result<bool, Failure> {
    if wanted == TargetSessionAttrs::Any {
        return Ok(true);
    }
    let text = "SELECT current_setting('transaction_read_only') = 'on'".to_owned();
    let mut prepared = talk.prepare(&[text]).ok_or_else(failure::gone)??;
    let statement = Arc::new(prepared.pop().unwrap_or_default());
    let rows = talk.execute(&[(statement, Vec::new())]).ok_or_else(failure::gone)??;
    let row = rows.into_iter().flatten().next();
    let is_read_only = row.map(|mut row| row.flag()).transpose()?.unwrap_or(false);
    Ok(is_read_only == (wanted == TargetSessionAttrs::ReadOnly))
}
