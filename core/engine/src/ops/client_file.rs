//! The photo of a client, and files.

use super::comment::cut;
use crate::changes::Change;
use crate::input;
use crate::journal;
use crate::store;
use crate::work::Work;
use carnet_domain::file::{BYTES_MAX, Bytes, File, Photo, Sha256, media_type, photo_type};
use carnet_domain::ids::ID_MAX;
use carnet_domain::{ClientId, Error, FileId, Instant, Reason, Result, record, request};
use sha2::Digest;

request! {
    /// Sets the photo of a client, in place of another: its bytes, or where the host keeps it.
    pub struct ClientPhotoSet {
        /// The client.
        pub client: ClientId,
        /// A JPEG, PNG or WebP of at most 512 KiB.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub bytes: Option<Bytes>,
        /// Where the host keeps it, 1 to 500 characters.
        #[schemars(length(min = 1, max = 500))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reference: Option<String>,
    }

    /// Returns the photo of a client.
    pub struct ClientPhotoGet {
        /// The client.
        pub client: ClientId,
    }

    /// Removes the photo of a client.
    pub struct ClientPhotoRemove {
        /// The client.
        pub client: ClientId,
    }

    /// Adds a file to a client.
    pub struct ClientFileAdd {
        /// The client.
        pub client: ClientId,
        /// Its name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: String,
        /// What is in it, at most 512 KiB.
        pub bytes: Bytes,
    }

    /// Lists the files of a client, newest first.
    pub struct ClientFiles {
        /// The client.
        pub client: ClientId,
        /// The last file of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<FileId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }

    /// Returns a file of a client.
    pub struct ClientFileGet {
        /// The file.
        pub file: FileId,
    }

    /// Removes a file of a client.
    pub struct ClientFileRemove {
        /// The file.
        pub file: FileId,
    }
}

record! {
    /// The photo was set.
    pub struct PhotoSet {
        /// What it is by its content; none for one that the host keeps.
        pub media_type: Option<String>,
        /// How many bytes it has.
        pub size: Option<i64>,
        /// The hash of its bytes.
        pub sha256: Option<Sha256>,
    }

    /// The photo of a client.
    pub struct PhotoGot {
        /// What is known of it; none where there is no photo.
        pub photo: Option<Photo>,
        /// The photo itself, unless the host keeps it.
        pub bytes: Option<Bytes>,
    }

    /// The photo was removed.
    pub struct PhotoRemoved {
        /// The client.
        pub client: ClientId,
    }

    /// A file was added.
    pub struct FileAdded {
        /// The file.
        pub file: FileId,
        /// What it is by its content.
        pub media_type: String,
        /// How many bytes it has.
        pub size: i64,
        /// The hash of its bytes.
        pub sha256: Sha256,
    }

    /// The files of a client.
    pub struct Files {
        /// Newest first.
        pub files: Vec<File>,
        /// True where there are older ones.
        pub more: bool,
    }

    /// A file.
    pub struct FileGot {
        /// What is known of it.
        pub file: File,
        /// What is in it.
        pub bytes: Bytes,
    }

    /// A file was removed.
    pub struct FileRemoved {
        /// The file.
        pub file: FileId,
    }
}

/// Checks the length of what was sent, and says how many bytes they are and their hash.
fn measured(bytes: &Bytes) -> Result<(i64, Sha256)> {
    let bytes = bytes.as_slice();
    if bytes.is_empty() {
        return Err(Error::field(Reason::Empty, "bytes"));
    }
    if bytes.len() > BYTES_MAX {
        return Err(Error::field(Reason::TooLong, "bytes").with("max", BYTES_MAX));
    }
    let size = i64::try_from(bytes.len()).map_err(|_| Reason::Overflow)?;
    Ok((size, journal::hex(&sha2::Sha256::digest(bytes)).parse()?))
}

pub(crate) fn photo_set(work: &mut Work<'_>, request: ClientPhotoSet) -> Result<PhotoSet> {
    let reference = input::opt_text(request.reference.as_ref(), "reference", 500)?;
    let (media_type, measures) = match (&request.bytes, &reference) {
        (None, None) => return Err(Error::field(Reason::Required, "bytes")),
        (Some(_), Some(_)) => return Err(Error::field(Reason::Contradiction, "reference")),
        (None, Some(_)) => (None, None),
        (Some(bytes), None) => {
            let measures = measured(bytes)?;
            let known = photo_type(bytes.as_slice());
            (Some(known.ok_or_else(|| Error::field(Reason::NotAPhoto, "bytes"))?), Some(measures))
        }
    };
    let client = super::client::existing(work, request.client)?.client;
    let (size, sha256) = measures.unzip();
    let photo = Photo {
        client,
        media_type: media_type.map(str::to_owned),
        size,
        sha256,
        reference,
        at: work.at,
        by: work.call.by,
    };
    let set = PhotoSet { media_type: photo.media_type.clone(), size, sha256: photo.sha256.clone() };
    work.add(Change::Photo { photo, bytes: request.bytes });
    Ok(set)
}

pub(crate) fn photo_get(work: &mut Work<'_>, request: ClientPhotoGet) -> Result<PhotoGot> {
    let client = super::client::existing(work, request.client)?.client;
    let photo = store::profile::photo(work.db(), client)?;
    let bytes = store::profile::photo_bytes(work.db(), client)?;
    Ok(PhotoGot { photo, bytes })
}

pub(crate) fn photo_remove(work: &mut Work<'_>, request: ClientPhotoRemove) -> Result<PhotoRemoved> {
    let client = super::client::existing(work, request.client)?.client;
    if store::profile::photo(work.db(), client)?.is_none() {
        return Err(Error::field(Reason::FileNotFound, "client"));
    }
    work.add(Change::PhotoRemoved { client });
    Ok(PhotoRemoved { client })
}

pub(crate) fn add(work: &mut Work<'_>, request: ClientFileAdd) -> Result<FileAdded> {
    let name = input::text(&request.name, "name", 200)?;
    let (size, sha256) = measured(&request.bytes)?;
    let client = super::client::existing(work, request.client)?.client;
    let file = File {
        file: work.id()?,
        client,
        name,
        media_type: media_type(request.bytes.as_slice()).to_owned(),
        size,
        sha256,
        at: work.at,
        by: work.call.by,
    };
    let added =
        FileAdded { file: file.file, media_type: file.media_type.clone(), size, sha256: file.sha256.clone() };
    work.add(Change::File { file, bytes: request.bytes });
    Ok(added)
}

fn existing(work: &mut Work<'_>, file: FileId, field: &str) -> Result<File> {
    let found = store::profile::file(work.db(), input::id(file, field)?)?;
    found.ok_or_else(|| Error::field(Reason::FileNotFound, field))
}

pub(crate) fn list(work: &mut Work<'_>, request: ClientFiles) -> Result<Files> {
    let limit = input::page(request.limit, 50)?;
    let client = super::client::existing(work, request.client)?.client;
    let after = match request.after {
        Some(after) => existing(work, after, "after").map(|file| (file.at, file.file.0))?,
        None => (Instant::FOREVER, ID_MAX),
    };
    let (files, more) = cut(store::profile::files(work.db(), client, after, limit.saturating_add(1))?, limit);
    Ok(Files { files, more })
}

pub(crate) fn get(work: &mut Work<'_>, request: ClientFileGet) -> Result<FileGot> {
    let file = existing(work, request.file, "file")?;
    let bytes = store::profile::file_bytes(work.db(), file.file)?;
    Ok(FileGot { bytes: bytes.ok_or(Reason::Corrupt)?, file })
}

pub(crate) fn remove(work: &mut Work<'_>, request: ClientFileRemove) -> Result<FileRemoved> {
    let file = existing(work, request.file, "file")?.file;
    work.add(Change::FileRemoved { file });
    Ok(FileRemoved { file })
}
