//! Photos and files of clients: bytes as JSON carries them, and what they are by their content.

use crate::contact::text_type;
use crate::error::{Error, Reason, Result};
use crate::ids::{ClientId, FileId, OperatorId};
use crate::time::Instant;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::str::FromStr;

/// The most bytes of a photo or file, so that a request with it fits its limit: 512 KiB.
pub const BYTES_MAX: usize = 512 * 1024;

/// Bytes; in JSON as base64 with padding.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bytes(Vec<u8>);

impl Bytes {
    /// These bytes.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Bytes {
    /// How many: what they are belongs into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(&self.0))
    }
}

impl FromStr for Bytes {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        STANDARD.decode(text).map(Self).map_err(|_| Reason::BadFormat.into())
    }
}

impl serde::Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::error::from_text(deserializer)
    }
}

impl schemars::JsonSchema for Bytes {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Bytes".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "byte", "description": "Bytes in base64 with padding." })
    }
}

#[cfg(feature = "uniffi")]
uniffi::custom_type!(Bytes, Vec<u8>, {
    lower: |value| value.0,
    try_lift: |bytes| Ok(Self(bytes)),
});

/// A SHA-256, 64 digits. In JSON a string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sha256(String);

impl FromStr for Sha256 {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let digits = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits { Ok(Self(text.to_owned())) } else { Err(Reason::BadFormat.into()) }
    }
}

text_type!(Sha256, "sha256", "A SHA-256 as 64 hexadecimal digits.");

record! {
    /// The photo of a client.
    pub struct Photo {
        /// The client.
        pub client: ClientId,
        /// What it is by its content; none for one that the host keeps.
        pub media_type: Option<String>,
        /// How many bytes it has.
        pub size: Option<i64>,
        /// The hash of its bytes.
        pub sha256: Option<Sha256>,
        /// Where the host keeps it, if it does.
        pub reference: Option<String>,
        /// When it was set.
        pub at: Instant,
        /// Who set it, where that was said.
        pub by: Option<OperatorId>,
    }

    /// A file of a client.
    pub struct File {
        /// The id.
        pub file: FileId,
        /// The client.
        pub client: ClientId,
        /// Its name.
        pub name: String,
        /// What it is by its content.
        pub media_type: String,
        /// How many bytes it has.
        pub size: i64,
        /// The hash of its bytes.
        pub sha256: Sha256,
        /// When it was added.
        pub at: Instant,
        /// Who added it, where that was said.
        pub by: Option<OperatorId>,
    }
}

/// What a photo is, if it is one that can be shown anywhere: JPEG, PNG or WebP.
#[must_use]
pub fn photo_type(bytes: &[u8]) -> Option<&'static str> {
    let known = infer::get(bytes)?.mime_type();
    ["image/jpeg", "image/png", "image/webp"].contains(&known).then_some(known)
}

/// What a file is by its content; text where nothing else is recognised and it can be read as such.
#[must_use]
pub fn media_type(bytes: &[u8]) -> &'static str {
    match infer::get(bytes) {
        Some(known) => known.mime_type(),
        None if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')) => "text/plain",
        None => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first bytes of each: what the formats themselves say they begin with.
    const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, b'J', b'F', b'I', b'F', 0];
    const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D];
    const WEBP: &[u8] = b"RIFF\x1a\0\0\0WEBPVP8 ";

    #[test]
    fn photos_are_known_by_their_content() {
        assert_eq!(photo_type(JPEG), Some("image/jpeg"));
        assert_eq!(photo_type(PNG), Some("image/png"));
        assert_eq!(photo_type(WEBP), Some("image/webp"));
        for other in [b"GIF89a\x01\0\x01\0".as_slice(), b"%PDF-1.7", b"<svg xmlns='x'/>", b"", b"\xFF\xD8"] {
            assert_eq!(photo_type(other), None, "{other:?}");
        }
    }

    #[test]
    fn files_are_known_by_their_content() {
        for (bytes, expected) in [
            (PNG, "image/png"),
            (b"%PDF-1.7\n".as_slice(), "application/pdf"),
            ("a letter, învățat".as_bytes(), "text/plain"),
            (b"\0\x01\x02\x03", "application/octet-stream"),
            (b"\xFE\xFA\xFA", "application/octet-stream"),
        ] {
            assert_eq!(media_type(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn bytes_are_base64_and_silent_in_logs() {
        let bytes: Bytes = "AP9h".parse().expect("base64");
        assert_eq!(bytes.as_slice(), [0, 0xFF, b'a']);
        assert_eq!((bytes.to_string().as_str(), format!("{bytes:?}").as_str()), ("AP9h", "3 bytes"));
        for text in ["x", "AP9", "AP 9h", "AP9h\n", "ăîșț"] {
            assert_eq!(text.parse::<Bytes>(), Err(Reason::BadFormat.into()), "{text}");
        }
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(hash.parse::<Sha256>().expect("a hash").to_string(), hash);
        assert!("g".repeat(64).parse::<Sha256>().is_err() && "ab".parse::<Sha256>().is_err());
    }
}
