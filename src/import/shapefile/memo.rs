//! The long texts of a table, which are in a file of their own.

use super::dbf::damaged;
use crate::error::Result;

/// The bytes of a `.dbt` of dBASE III or IV or of a `.fpt` of `FoxPro`.
pub(super) struct Memo {
    bytes: Vec<u8>,
    of: Kind,
}

/// How texts end.
#[derive(Clone, Copy)]
enum Kind {
    /// With a mark, in blocks of 512 bytes.
    Three,
    /// With their length before them, in blocks of this many bytes.
    Four(usize),
    /// Likewise, the length after a type and with its first byte first.
    FoxPro(usize),
}

impl Memo {
    /// The texts of a table of a version.
    pub(super) fn new(version: u8, bytes: Vec<u8>) -> Self {
        let two = |at: usize| bytes.get(at..at + 2).map_or([0, 0], |two| [two[0], two[1]]);
        let of = match version {
            0x30..=0x32 | 0xf5 => Kind::FoxPro(usize::from(u16::from_be_bytes(two(6))).max(1)),
            0x8b | 0xcb => match u16::from_le_bytes(two(20)) {
                0 => Kind::Four(512),
                length => Kind::Four(usize::from(length)),
            },
            _ => Kind::Three,
        };
        Self { bytes, of }
    }

    /// The number of the block that a cell names; `None` for no text.
    pub(super) fn block(cell: &[u8]) -> Option<usize> {
        let block = match cell.try_into() {
            Ok(four) => u32::from_le_bytes(four) as usize,
            Err(_) => std::str::from_utf8(cell).ok()?.trim().parse().ok()?,
        };
        (block > 0).then_some(block)
    }

    /// The bytes of a text.
    pub(super) fn at(&self, block: usize) -> Result<&[u8]> {
        self.found(block).ok_or_else(|| damaged("its .dbt ends before a text does"))
    }

    fn found(&self, block: usize) -> Option<&[u8]> {
        let from = |size: usize| self.bytes.get(block.checked_mul(size)?..);
        match self.of {
            Kind::Three => {
                let text = from(512)?;
                let end = text.iter().position(|&b| b == 0x1a || b == 0);
                Some(text.get(..end.unwrap_or(text.len())).unwrap_or_default().trim_ascii_end())
            }
            Kind::Four(size) => {
                let text = from(size)?;
                let length = u32::from_le_bytes(text.get(4..8)?.try_into().ok()?) as usize;
                Some(text.get(8..length)?.trim_ascii_end())
            }
            Kind::FoxPro(size) => {
                let text = from(size)?;
                let length = u32::from_be_bytes(text.get(4..8)?.try_into().ok()?) as usize;
                Some(text.get(8..8_usize.checked_add(length)?)?.trim_ascii_end())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_each_version() {
        let mut three = vec![0; 512];
        three.extend(b"first\x1a\x1a");
        three.resize(1024, 0);
        three.extend(b"second\x1a");
        let memo = Memo::new(0x83, three);
        assert_eq!(memo.at(1).unwrap(), b"first");
        assert_eq!(memo.at(2).unwrap(), b"second");
        assert!(memo.at(3).is_err() && memo.at(usize::MAX).is_err());

        let mut four = vec![0; 512];
        four.extend([0xff, 0xff, 8, 0, 13, 0, 0, 0]);
        four.extend(b"third and more");
        assert_eq!(Memo::new(0x8b, four).at(1).unwrap(), b"third");

        let mut fox = vec![0; 64];
        fox[7] = 64;
        fox.extend([0, 0, 0, 1, 0, 0, 0, 5]);
        fox.extend(b"fourth");
        assert_eq!(Memo::new(0x30, fox).at(1).unwrap(), b"fourt");
    }

    #[test]
    fn cells_name_blocks() {
        assert_eq!(Memo::block(b"         7"), Some(7));
        assert_eq!(Memo::block(&[7, 0, 0, 0]), Some(7));
        assert_eq!(Memo::block(b"          "), None);
        assert_eq!(Memo::block(b"         0"), None);
    }
}
