//! Converts a JSON array or a gzip file to lines, in temporary files without a name.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write};

use flate2::read::MultiGzDecoder;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The byte order mark that a text in UTF-8 may begin with.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Unpacks a gzip file into a temporary file, which is at its beginning afterwards.
pub(super) fn unpacked(file: File) -> io::Result<File> {
    let mut lines = tempfile::tempfile()?;
    let mut input = MultiGzDecoder::new(BufReader::new(file));
    io::copy(&mut input, &mut lines)?;
    lines.rewind()?;
    Ok(lines)
}

/// Writes the items of a JSON array to a temporary file, one per line. The text of an
/// item is kept, except that spaces replace its line breaks.
pub(super) fn items(file: File) -> Result<File, serde_json::Error> {
    let failed = serde_json::Error::io;
    let mut lines = BufWriter::new(tempfile::tempfile().map_err(failed)?);
    let mut input = BufReader::new(file);
    if input.fill_buf().map_err(failed)?.starts_with(MARK) {
        input.consume(MARK.len());
    }
    let mut input = serde_json::Deserializer::from_reader(input);
    Items(&mut lines).deserialize(&mut input)?;
    input.end()?;
    let mut file = lines
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    file.rewind().map_err(failed)?;
    Ok(file)
}

/// Writes the items of an array as they are read.
struct Items<'a>(&'a mut BufWriter<File>);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Box<RawValue>>()? {
            // These line breaks are between the parts of an item: inside a JSON string,
            // line breaks are escaped.
            let line = item.get().replace(['\n', '\r'], " ");
            writeln!(self.0, "{line}").map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        file
    }

    fn text(mut file: File) -> String {
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn items_become_lines_as_they_are_written() {
        let array = "[\n {\"a\": 1.50,\r\n  \"b\\n\": \"x\\ny\"}, 7,\n\"[\"\n]\n";
        let lines = "{\"a\": 1.50,    \"b\\n\": \"x\\ny\"}\n7\n\"[\"\n";
        assert_eq!(text(items(file(array.as_bytes())).unwrap()), lines);
        assert_eq!(text(items(file(b"\xef\xbb\xbf []")).unwrap()), "");
        for broken in ["[1", "[1 2]", "[1] 2", "[1,]"] {
            assert!(items(file(broken.as_bytes())).is_err(), "{broken}");
        }
    }

    #[test]
    fn every_member_of_a_gzip_file_is_read() {
        let packed = |text: &str| {
            let level = flate2::Compression::fast();
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), level);
            packer.write_all(text.as_bytes()).unwrap();
            packer.finish().unwrap()
        };
        let both = [packed("one\n"), packed("two\n")].concat();
        assert_eq!(text(unpacked(file(&both)).unwrap()), "one\ntwo\n");
        assert!(unpacked(file(&both[..both.len() - 3])).is_err());
    }
}
