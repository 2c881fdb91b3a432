//! Replaces the addresses of attachments and inline images by the addresses of files that were
//! fetched from the source. The account of the source is about to be closed, and its addresses
//! will then lead nowhere.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::candidates::{Candidate, candidates};

/// Recognises and replaces addresses of files in the source, and remembers them.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// The folder with the files that were fetched.
    pub(crate) files: Option<PathBuf>,
    /// The hosts that the map says belong to the source.
    pub(crate) hosts: Vec<String>,
    /// The endings of the names of other hosts that belong to the source.
    pub(crate) suffixes: &'static [&'static str],
    /// The beginning of the paths of files on the hosts with these endings, and on the
    /// host of the source's account.
    pub(crate) path: &'static str,
    /// The addresses that were found since they were last taken.
    pub(crate) found: Vec<String>,
    /// The number of addresses that were replaced by the address of a file.
    pub(crate) at_file: u64,
    /// The number of addresses that still lead to the source.
    pub(crate) at_source: u64,
}

impl Addresses {
    /// The new address of an attachment, and whether it is the address of a fetched file.
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
        match self.fetched(&parsed, id, name) {
            Some(file) => (file, true),
            None => (url.to_owned(), false),
        }
    }

    /// Replaces the addresses of the source's files in a body by those of fetched files.
    /// `host` is the host of the source's account.
    pub(crate) fn body(&mut self, body: String, html: bool, host: Option<&str>) -> String {
        let mut rewritten = String::new();
        let mut copied = 0;
        for candidate in candidates(&body, html) {
            let Some(url) = self.of_source(&candidate, host) else {
                continue;
            };
            self.found.push(url.to_string());
            if let Some(file) = self.fetched(&url, None, None) {
                rewritten.push_str(body.get(copied..candidate.from).unwrap_or_default());
                rewritten.push_str(&file);
                copied = candidate.to;
            }
        }
        if copied == 0 {
            return body;
        }
        rewritten.push_str(body.get(copied..).unwrap_or_default());
        rewritten
    }

    /// The address, if it is the address of a file in the source.
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
        // If no host of the source is known, every picture counts as a file in the source.
        let any = self.suffixes.is_empty() && self.hosts.is_empty() && candidate.picture;
        (any || ((own || known) && of_file)).then_some(url)
    }

    /// The address of the file that was fetched from an address, if there is one. Counts the
    /// address.
    fn fetched(&mut self, url: &Url, id: Option<&str>, name: Option<&str>) -> Option<String> {
        let file = self.file(url, id, name);
        let count = match file {
            Some(_) => &mut self.at_file,
            None => &mut self.at_source,
        };
        *count = count.saturating_add(1);
        file
    }

    /// The address of a file in the folder: at the path that `wget --force-directories`
    /// gives it, or at `ID/NAME`, `ID-NAME` or `ID` of the attachment.
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

/// Whether a text is the name of a file, and no path to another folder.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text != "." && text != ".." && !text.contains(['/', '\\', '\0'])
}

/// The paths that `wget --force-directories` may give to the file at an address.
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
