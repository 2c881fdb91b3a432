//! Mutates seeds, in the same way at each run.

/// An endless iterator of mutations of seeds.
pub struct Mutations<'a> {
    seeds: &'a [Vec<u8>],
    state: u64,
}

/// Byte sequences that parsers often handle wrongly.
const PIECES: [&[u8]; 24] = [
    b"",
    b"\0",
    b"\r\n",
    b"\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\ud800",
    b"null",
    b"-1",
    b"1e308",
    b"18446744073709551616",
    b"9223372036854775807",
    b"NaN",
    b".",
    b"/",
    b"@",
    b"#",
    b"\xff",
    b"\xef\xbb\xbf",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
];

impl<'a> Mutations<'a> {
    /// Makes the mutations of one or more seeds.
    #[must_use]
    pub fn of(seeds: &'a [Vec<u8>]) -> Self {
        Self {
            seeds,
            state: 0x9e37_79b9_7f4a_7c15,
        }
    }

    fn random(&mut self) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 16) as usize
    }

    fn below(&mut self, bound: usize) -> usize {
        self.random() % bound.max(1)
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let chosen = self.below(self.seeds.len());
        let mut data = self.seeds.get(chosen)?.clone();
        for _ in 0..=self.below(4) {
            let at = self.below(data.len() + 1);
            let end = (at + self.below(16)).min(data.len());
            match self.below(5) {
                0 => drop(data.drain(at..end)),
                1 => {
                    let piece = PIECES[self.below(PIECES.len())];
                    data.splice(at..at, piece.iter().copied());
                }
                2 => {
                    let other = self.below(self.seeds.len());
                    let other = &self.seeds[other];
                    let tail = &other[at.min(other.len())..];
                    data.truncate(at);
                    data.extend_from_slice(tail);
                }
                3 => {
                    let copied = data[at..end].to_vec();
                    data.splice(at..at, copied);
                }
                _ => {
                    if let Some(byte) = data.get_mut(at) {
                        *byte ^= 1 << (at % 8);
                    }
                }
            }
        }
        Some(data)
    }
}
