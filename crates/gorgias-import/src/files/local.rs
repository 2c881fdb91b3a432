//! Finds and reads the files to upload.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use hmac_sha256::Hash;
use url::Url;

/// A file that may be uploaded.
#[derive(Clone, Debug)]
pub(crate) struct LocalFile {
    pub(crate) path: PathBuf,
    /// The digest of the path and the content.
    pub(crate) digest: [u8; 32],
}

/// The reason why a file can't be uploaded. It may appear in a report, so it
/// contains no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    Elsewhere,
    Missing,
    NoFile,
    Unreadable(io::ErrorKind),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Elsewhere => f.write_str(
                "is a file outside the folder that --files names; only files in that folder are \
                 uploaded",
            ),
            Self::Missing => f.write_str("is a file that does not exist"),
            Self::NoFile => f.write_str("is not the address of a regular file"),
            Self::Unreadable(kind) => write!(f, "is a file that can't be read: {kind}"),
        }
    }
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            kind => Self::Unreadable(kind),
        }
    }
}

/// Returns the path of a file, if the file is in `folder`. Other files are refused, because
/// lines contain text of strangers, who must not choose which files are uploaded.
pub(crate) fn locate(folder: &Path, address: &str) -> Result<PathBuf, Unusable> {
    let url = Url::parse(address).map_err(|_| Unusable::NoFile)?;
    let path = url.to_file_path().map_err(|()| Unusable::NoFile)?;
    let folder = folder.canonicalize()?;
    // A symbolic link may point out of the folder, so the target of the link is checked. For a
    // path outside of the folder, the error must not show whether the file exists. So if a path
    // doesn't exist, the nearest existing folder above it is checked instead.
    let path = match path.canonicalize() {
        Ok(path) => path,
        Err(error) => {
            let mut parents = path.ancestors().skip(1);
            let parent = parents.find_map(|parent| parent.canonicalize().ok());
            return Err(
                match parent.is_some_and(|parent| parent.starts_with(&folder)) {
                    true => error.into(),
                    false => Unusable::Elsewhere,
                },
            );
        }
    };
    if !path.starts_with(&folder) {
        return Err(Unusable::Elsewhere);
    }
    match path.metadata()?.is_file() {
        true => Ok(path),
        false => Err(Unusable::NoFile),
    }
}

impl LocalFile {
    /// Finds the file at an address, and computes its digest.
    pub(crate) fn read(folder: &Path, address: &str) -> Result<Self, Unusable> {
        let path = locate(folder, address)?;
        let mut digest = Hash::new();
        digest.update(path.as_os_str().as_encoded_bytes());
        digest.update([0]);
        let mut file = std::fs::File::open(&path)?;
        let mut piece = vec![0; 64 * 1024];
        loop {
            match file.read(&mut piece)? {
                0 => break,
                read => digest.update(piece.get(..read).unwrap_or_default()),
            }
        }
        Ok(Self {
            path,
            digest: digest.finalize(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn url(path: &Path) -> String {
        Url::from_file_path(path).unwrap().to_string()
    }

    #[test]
    fn only_files_in_the_folder_are_taken() {
        let outside = TempDir::new().unwrap();
        let folder = outside.path().join("files");
        fs::create_dir(&folder).unwrap();
        let (inside, secret) = (folder.join("a b.png"), outside.path().join("secret"));
        fs::write(&inside, "a").unwrap();
        fs::write(&secret, "b").unwrap();
        assert!(locate(&folder, &url(&inside)).unwrap().ends_with("a b.png"));
        for address in [
            url(&secret),
            url(&folder.join("../secret")),
            url(&outside.path().join("absent")),
        ] {
            let problem = locate(&folder, &address).unwrap_err();
            assert_eq!(problem, Unusable::Elsewhere, "{address}");
        }
        let missing = locate(&folder, &url(&folder.join("absent")));
        assert_eq!(missing.unwrap_err(), Unusable::Missing);
        for address in [
            url(&folder),
            format!("{}%2F..%2F..%2Fsecret", url(&inside)),
            "file:".to_owned(),
            "file://host/a".to_owned(),
        ] {
            assert!(locate(&folder, &address).is_err(), "{address}");
        }
        #[cfg(unix)]
        {
            let link = folder.join("link");
            std::os::unix::fs::symlink(&secret, &link).unwrap();
            let problem = locate(&folder, &url(&link)).unwrap_err();
            assert_eq!(problem, Unusable::Elsewhere);
            let link = folder.join("outside");
            std::os::unix::fs::symlink(outside.path(), &link).unwrap();
            for name in ["secret", "absent", "no/folder"] {
                let problem = locate(&folder, &url(&link.join(name))).unwrap_err();
                assert_eq!(problem, Unusable::Elsewhere, "{name}");
            }
            let link = outside.path().join("another name");
            std::os::unix::fs::symlink(&folder, &link).unwrap();
            let missing = locate(&link, &url(&link.join("absent")));
            assert_eq!(missing.unwrap_err(), Unusable::Missing);
        }
    }

    #[test]
    fn another_path_or_content_is_another_file() {
        let folder = TempDir::new().unwrap();
        let read = |name: &str, content: &str| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            LocalFile::read(folder.path(), &url(&path)).unwrap().digest
        };
        let first = read("a", "one");
        assert_eq!(read("a", "one"), first);
        assert_ne!(read("a", "two"), first);
        assert_ne!(read("b", "one"), first);
    }
}
