//! Where a store may lie. SQLite's locks do not work on network file systems, so those are refused.

use carnet_domain::{Error, Reason, Result};
use std::path::{Path, PathBuf};

/// File systems that are served over a network.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb2",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "fuse.sshfs",
    "fuse.glusterfs",
    "ncpfs",
];

/// Refuses a path on a network file system.
pub(crate) fn refuse_network(path: &Path) -> Result<()> {
    if path.to_string_lossy().starts_with(r"\\") {
        return Err(Reason::NetworkFileSystem.into());
    }
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mountinfo") else { return Ok(()) };
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let Ok(folder) = folder.canonicalize() else { return Ok(()) };
    match file_system(&mounts, &folder) {
        Some(kind) if NETWORK.contains(&kind) => {
            Err(Error::new(Reason::NetworkFileSystem).with("file_system", kind))
        }
        _ => Ok(()),
    }
}

/// The kind of file system that a folder lies on: that of the longest mount point above it, the last one mounted.
fn file_system<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    mounts
        .lines()
        .filter_map(|line| {
            let (mount, rest) = line.split_once(" - ")?;
            let point = mount.split(' ').nth(4)?.replace("\\040", " ");
            folder.starts_with(&point).then_some((point.len(), rest.split(' ').next()?))
        })
        .max_by_key(|(length, _)| *length)
        .map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
        30 22 0:25 / /mnt/shared\\040disk rw - cifs //server/club rw\n\
        31 22 0:26 / /mnt/nfs rw shared:5 - nfs4 server:/club rw\n\
        32 31 0:27 / /mnt/nfs/local rw - tmpfs tmpfs rw\n";

    #[test]
    fn the_deepest_mount_counts() {
        for (folder, kind) in [
            ("/home/club", "ext4"),
            ("/mnt/shared disk/till", "cifs"),
            ("/mnt/nfs", "nfs4"),
            ("/mnt/nfs/local/x", "tmpfs"),
        ] {
            assert_eq!(file_system(MOUNTS, Path::new(folder)), Some(kind), "{folder}");
        }
    }

    #[test]
    fn a_windows_share_is_refused() {
        let refused = refuse_network(Path::new(r"\\server\club\carnet.db")).expect_err("a share");
        assert_eq!(refused.reason(), Reason::NetworkFileSystem);
    }
}
