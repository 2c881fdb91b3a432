//! Replaces addresses of attachments and inline images. They belong to the account of the
//! source, which is about to be closed, so they are replaced by addresses of files that
//! were fetched from it.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::candidates::{Candidate, candidates};

/// How to recognise and replace addresses of files in the source, and the addresses that
/// were found.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// The folder with the files that were fetched.
    pub(crate) files: Option<PathBuf>,
    /// Hosts of the source, as its map says.
    pub(crate) hosts: Vec<String>,
    /// Endings of host names that always count as the source's.
    pub(crate) suffixes: &'static [&'static str],
    /// The beginning of the paths of files on such hosts.
    pub(crate) path: &'static str,
    /// The addresses that were found since they were last taken.
    pub(crate) found: Vec<String>,
    /// The numbers of addresses that lead to a file now, and that still lead to the
    /// source.
    pub(crate) at_file: u64,
    pub(crate) at_source: u64,
}

impl Addresses {
    /// The address of an attachment, and whether it is the address of a file.
    pub(crate) fn attachment(
        &mut self,
        url: &str,
        id: Option<&str>,
        name: Option<&str>,
    ) -> (String, bool) {
        let parsed = Url::parse(url).ok();
        let Some(parsed) = parsed.filter(|url| url.scheme().starts_with("http")) else {
            return (url.to_owned(), false);
        };
        self.found.push(url.to_owned());
        match self.file(&parsed, id, name) {
            Some(file) => {
                self.at_file = self.at_file.saturating_add(1);
                (file, true)
            }
            None => {
                self.at_source = self.at_source.saturating_add(1);
                (url.to_owned(), false)
            }
        }
    }

    /// Replaces the addresses of the source's files in a body by those of fetched files.
    /// `host` is that of the source's account.
    pub(crate) fn body(&mut self, body: String, html: bool, host: Option<&str>) -> String {
        let mut rewritten = String::new();
        let mut copied = 0;
        for candidate in candidates(&body, html) {
            let Some(url) = self.of_source(&candidate, host) else {
                continue;
            };
            self.found.push(url.to_string());
            match self.file(&url, None, None) {
                Some(file) => {
                    self.at_file = self.at_file.saturating_add(1);
                    rewritten.push_str(body.get(copied..candidate.from).unwrap_or_default());
                    rewritten.push_str(&file);
                    copied = candidate.to;
                }
                None => self.at_source = self.at_source.saturating_add(1),
            }
        }
        if copied == 0 {
            return body;
        }
        rewritten.push_str(body.get(copied..).unwrap_or_default());
        rewritten
    }

    /// The address, if it is of a file in the source.
    fn of_source(&self, candidate: &Candidate, host: Option<&str>) -> Option<Url> {
        let url = match candidate.url.strip_prefix('/') {
            Some(path) => Url::parse(&format!("https://{}/{path}", host?)).ok()?,
            None => Url::parse(&candidate.url).ok()?,
        };
        let Some(Host::Domain(name)) = url.host() else {
            return None;
        };
        if self.hosts.iter().any(|host| host == name) {
            return Some(url);
        }
        let own = host.is_some_and(|host| host.eq_ignore_ascii_case(name));
        let known = self.suffixes.iter().any(|suffix| name.ends_with(suffix));
        let of_file = url.path().starts_with(self.path);
        // If no host is known, every picture may be in the source.
        let any = self.suffixes.is_empty() && self.hosts.is_empty() && candidate.picture;
        (any || ((own || known) && of_file)).then_some(url)
    }

    /// The address of the file that was fetched from an address, if it is
    /// there: under the path that `wget --force-directories` gives it, or under
    /// its id and name.
    fn file(&self, url: &Url, id: Option<&str>, name: Option<&str>) -> Option<String> {
        let folder = self.files.as_deref()?;
        let by_path = paths_of(url).into_iter();
        let by_id = id.filter(|id| is_name(id)).into_iter().flat_map(|id| {
            let name = name.filter(|name| is_name(name));
            let named = name.into_iter();
            let named =
                named.flat_map(move |name| [format!("{id}/{name}"), format!("{id}-{name}")]);
            named.chain([id.to_owned()])
        });
        let mut paths = by_path.chain(by_id).map(|path| folder.join(path));
        let path = paths.find(|path| path.is_file())?;
        file_url(&path)
    }
}

fn file_url(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    Url::from_file_path(path).ok().map(|url| url.to_string())
}

/// Whether a text can be the name of a file in a folder, and of no other.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text != "." && text != ".." && !text.contains(['/', '\\', '\0'])
}

fn paths_of(url: &Url) -> Vec<String> {
    let mut paths = Vec::new();
    let (Some(host), Some(segments)) = (url.host_str(), url.path_segments()) else {
        return paths;
    };
    let mut segments: Vec<&str> = segments.collect();
    let last = match segments.pop() {
        None | Some("") => "index.html",
        Some(last) => last,
    };
    let last = match url.query() {
        Some(query) => format!("{last}?{query}"),
        None => last.to_owned(),
    };
    segments.push(&last);
    segments.insert(0, host);
    let decoded = segments.iter().map(|text| {
        let text = percent_decode_str(text).decode_utf8_lossy();
        text.replace('/', "%2F")
    });
    for path in [
        segments.iter().map(|text| (*text).to_owned()).collect(),
        decoded.collect::<Vec<_>>(),
    ] {
        if path.iter().all(|segment| is_name(segment)) {
            paths.push(path.join("/"));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn zendesk(files: Option<PathBuf>) -> Addresses {
        Addresses {
            files,
            suffixes: &[".zendesk.com"],
            path: "/attachments/",
            ..Addresses::default()
        }
    }

    #[test]
    fn pictures_of_the_source_are_found_and_others_are_not() {
        let mut addresses = zendesk(None);
        let html = r#"<img src="https://acme.zendesk.com/attachments/token/a/?name=x%20y.png&amp;v=1">
            <img src='/attachments/token/b'><a href="https://acme.zendesk.com/hc">help</a>
            <img src="https://cdn.example.com/logo.png">"#;
        let body = addresses.body(html.to_owned(), true, Some("help.acme.example"));
        assert_eq!(body, html);
        assert_eq!(
            addresses.found,
            [
                "https://acme.zendesk.com/attachments/token/a/?name=x%20y.png&v=1",
                "https://help.acme.example/attachments/token/b",
            ]
        );
        assert_eq!((addresses.at_source, addresses.at_file), (2, 0));
        let text = "See ![](https://acme.zendesk.com/attachments/token/c), thanks.";
        addresses.body(text.to_owned(), false, None);
        assert_eq!(
            addresses.found.last().unwrap(),
            "https://acme.zendesk.com/attachments/token/c"
        );
    }

    #[test]
    fn an_address_becomes_that_of_the_fetched_file() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("acme.zendesk.com/attachments/token/a");
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("index.html?name=x y.png"), "x").unwrap();
        fs::create_dir_all(folder.path().join("55")).unwrap();
        fs::write(folder.path().join("55/bill.pdf"), "x").unwrap();
        let mut addresses = zendesk(Some(folder.path().to_owned()));
        let url = "https://acme.zendesk.com/attachments/token/a/?name=x%20y.png";
        let body = addresses.body(format!("<p><img src=\"{url}\"></p>"), true, None);
        assert!(body.starts_with("<p><img src=\"file:///"), "{body}");
        assert!(body.ends_with("x%20y.png\"></p>"), "{body}");
        let (at, is_file) =
            addresses.attachment("https://x.example/1", Some("55"), Some("bill.pdf"));
        assert!(
            is_file && at.starts_with("file:///") && at.ends_with("/55/bill.pdf"),
            "{at}"
        );
        assert_eq!((addresses.at_source, addresses.at_file), (0, 2));
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), "x").unwrap();
        let files = folder.path().join("files/55");
        fs::create_dir_all(&files).unwrap();
        let mut addresses = zendesk(Some(folder.path().join("files")));
        for (url, id, name) in [
            (
                "https://x.example/%2e%2e%2f%2e%2e%2fsecret",
                "55",
                "../../secret",
            ),
            ("https://x.example/a", "../secret", "a"),
            ("https://x.example/a", "..", "secret"),
            ("file:///etc/passwd", "55", "a"),
        ] {
            let (_, is_file) = addresses.attachment(url, Some(id), Some(name));
            assert!(!is_file, "{url} {id} {name}");
        }
    }

    #[test]
    fn without_hosts_every_picture_counts() {
        let mut addresses = Addresses::default();
        let html = r#"<img src="https://a.example/1.png"><a href="https://b.example/2">x</a>"#;
        addresses.body(html.to_owned(), true, None);
        assert_eq!(addresses.found, ["https://a.example/1.png"]);
    }
}
