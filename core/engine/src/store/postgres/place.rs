//! Where the server is and how it is reached: the URL, TLS.

use carnet_domain::{Error, Reason, Result};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);

/// A server and how it is reached.
#[derive(Clone)]
pub(crate) struct Place {
    pub config: tokio_postgres::Config,
    pub tls: Option<MakeRustlsConnect>,
    /// How long a lock is waited for where nothing else is said.
    pub wait: Duration,
}

impl Place {
    /// Reads a URL as libpq does. `sslmode` is `disable`, `prefer` (encrypted where the server can, whoever it is),
    /// `require` or `verify-full` (both check the certificate); `sslrootcert` names a PEM file of authorities.
    pub fn from_url(url: &str, wait: Duration) -> Result<Self> {
        let wrong = || Error::field(Reason::BadFormat, "path");
        let (url, asked) = split(url);
        let mut config: tokio_postgres::Config = url.parse().map_err(|_| wrong())?;
        let verify = match asked.mode.as_deref() {
            Some("disable") => {
                config.ssl_mode(SslMode::Disable);
                false
            }
            None | Some("prefer" | "allow") => asked.roots.is_some(),
            Some("require" | "verify-ca" | "verify-full") => {
                config.ssl_mode(SslMode::Require);
                true
            }
            Some(_) => return Err(wrong()),
        };
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_application_name().is_none() {
            config.application_name("carnet");
        }
        // A lock is waited for as long as a busy file would be; what hangs on the network is noticed by itself. No
        // statement runs so long that compiling it would pay.
        let own = format!(
            "-c lock_timeout={} -c default_transaction_isolation=read\\ committed -c jit=off",
            wait.as_millis()
        );
        let options = config.get_options().map_or_else(|| own.clone(), |theirs| format!("{own} {theirs}"));
        config.options(options);
        config.keepalives_idle(Duration::from_secs(30));
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => Some(MakeRustlsConnect::new(client_config(verify, asked.roots.as_deref())?)),
        };
        Ok(Self { config, tls, wait })
    }
}

/// What libpq takes in the URL and the driver does not.
#[derive(Default)]
struct Asked {
    mode: Option<String>,
    roots: Option<String>,
}

fn split(url: &str) -> (String, Asked) {
    let mut asked = Asked::default();
    let Some((base, query)) = url.split_once('?') else { return (url.to_owned(), asked) };
    let mut kept = Vec::new();
    for parameter in query.split('&') {
        match parameter.split_once('=') {
            Some(("sslmode", value)) => asked.mode = Some(value.to_owned()),
            Some(("sslrootcert", value)) => asked.roots = Some(value.to_owned()),
            _ => kept.push(parameter),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{base}{query}"), asked)
}

fn client_config(verify: bool, roots: Option<&str>) -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let internal = |_| Error::new(Reason::Internal).with("what", "TLS");
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(internal)?;
    if !verify {
        let anyone = Arc::new(Anyone(provider));
        return Ok(builder.dangerous().with_custom_certificate_verifier(anyone).with_no_client_auth());
    }
    let mut store = RootCertStore::empty();
    match roots {
        Some(file) => {
            let wrong = || Error::field(Reason::BadFormat, "path").with("what", "sslrootcert");
            let certificates = CertificateDer::pem_file_iter(file).map_err(|_| wrong())?;
            for certificate in certificates {
                store.add(certificate.map_err(|_| wrong())?).map_err(|_| wrong())?;
            }
        }
        None => drop(store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    Ok(builder.with_root_certificates(store).with_no_client_auth())
}

/// Encrypts to whoever answers, as `prefer` does everywhere: it keeps listeners out, not impostors.
#[derive(Debug)]
struct Anyone(Arc<rustls::crypto::CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_read_as_libpq_does() {
        let wait = Duration::from_secs(5);
        let plain = Place::from_url("postgresql://till@server/club?sslmode=disable", wait).expect("reads");
        assert!(plain.tls.is_none());
        assert_eq!(plain.config.get_dbname(), Some("club"));
        let checked =
            Place::from_url("postgres://till:x@server:5433/club?sslmode=verify-full", wait).expect("reads");
        assert_eq!(checked.config.get_ssl_mode(), SslMode::Require);
        for wrong in ["postgresql://server/club?sslmode=maybe", "postgresql://server:port/club"] {
            let error = Place::from_url(wrong, wait).err().expect("refused");
            assert_eq!((error.reason(), error.field_name()), (Reason::BadFormat, Some("path")));
        }
        let missing = Place::from_url("postgresql://server/club?sslmode=require&sslrootcert=/none.pem", wait);
        assert_eq!(missing.err().map(|error| error.reason()), Some(Reason::BadFormat));
    }
}
