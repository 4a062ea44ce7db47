//! Texts damaged as files are: bytes flipped, cut out, repeated, and pieces of the format put in.

/// The same numbers on every machine (Knuth's MMIX generator).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    /// `text` with one or two damages; bytes that are no UTF-8 stay as they are.
    pub(crate) fn damaged(&mut self, text: &[u8], pieces: &[&str]) -> Vec<u8> {
        let mut bytes = text.to_vec();
        for _ in 0..=self.below(2) {
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(40)).min(bytes.len());
            match self.below(6) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 if at < bytes.len() => bytes[at] = b"0123456789-.eE[]{}\",: \n"[self.below(23)],
                2 => drop(bytes.drain(at.min(end)..end)),
                3 => {
                    let again = bytes[at.min(end)..end].to_vec();
                    drop(bytes.splice(at..at, again));
                }
                4 if self.below(4) == 0 => bytes.truncate(at),
                _ => {
                    let piece = pieces[self.below(pieces.len())].bytes();
                    drop(bytes.splice(at..at, piece));
                }
            }
        }
        bytes
    }
}
