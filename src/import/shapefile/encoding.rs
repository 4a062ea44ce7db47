//! The encoding of the texts of a `.dbf`.

use encoding_rs::Encoding;

use crate::error::{Error, Result};

/// How bytes are texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Texts {
    /// In a known encoding.
    Of(&'static Encoding),
    /// Nothing says in which, as in files of old programs: UTF-8, where that is what they are.
    Unsaid,
}

impl Texts {
    /// The encoding that the `.cpg` names, else the language driver of the `.dbf`.
    pub(super) fn of(cpg: Option<&str>, driver: u8) -> Result<Self> {
        let label = cpg.map(str::trim).filter(|label| !label.is_empty());
        let Some(label) = label else {
            return Ok(page_of(driver).and_then(encoding).map_or(Self::Unsaid, Self::Of));
        };
        labelled(label).map(Self::Of).ok_or_else(|| {
            Error::failure(format!("the encoding '{label}' in the .cpg is not known"))
                .with_hint("names that are known are UTF-8, GBK, Big5, EUC-KR, Shift_JIS, 1251")
        })
    }

    /// A text. Where it was `cut` off at the end of its field, and within a character, that is
    /// left out.
    pub(super) fn text(self, bytes: &[u8], cut: bool) -> Result<String> {
        let encoding = match self {
            Self::Of(encoding) => encoding,
            Self::Unsaid => encoding_rs::UTF_8,
        };
        // A character has at most four bytes.
        let shorter = if cut { 3.min(bytes.len()) } else { 0 };
        let read = (0..=shorter).find_map(|left_out| {
            let kept = &bytes[..bytes.len() - left_out];
            encoding.decode_without_bom_handling_and_without_replacement(kept)
        });
        if let Some(text) = read {
            return Ok(text.into_owned());
        }
        let shown = String::from_utf8_lossy(bytes);
        Err(match self {
            Self::Of(encoding) => {
                Error::failure(format!("the text '{shown}' is not {}", encoding.name()))
                    .with_hint("correct the encoding that the .cpg names")
            }
            Self::Unsaid => {
                Error::failure(format!("nothing says in which encoding the text '{shown}' is"))
                    .with_hint(
                        "write the name of the encoding into a .cpg beside the .shp, \
                         as UTF-8, GBK, EUC-KR or 1251",
                    )
            }
        })
    }
}

/// An encoding by one of the many ways to write its name, such as `ANSI 1251` or `8859_1`.
fn labelled(label: &str) -> Option<&'static Encoding> {
    let named = Encoding::for_label(label.as_bytes());
    named.or_else(|| {
        let digits: String = label.chars().filter(char::is_ascii_digit).collect();
        encoding(digits.parse().ok()?)
    })
}

/// The encoding of a code page of Windows, or of a part of ISO 8859 written as `88595`.
fn encoding(page: u32) -> Option<&'static Encoding> {
    use encoding_rs as known;
    Some(match page {
        932 => known::SHIFT_JIS,
        936 => known::GBK,
        949 => known::EUC_KR,
        950 => known::BIG5,
        54936 => known::GB18030,
        65001 => known::UTF_8,
        866 => known::IBM866,
        20866 => known::KOI8_R,
        21866 => known::KOI8_U,
        10007 => known::X_MAC_CYRILLIC,
        // A superset of ISO 8859-1.
        88591 | 28591 => known::WINDOWS_1252,
        874 | 1250..=1258 => Encoding::for_label(format!("windows-{page}").as_bytes())?,
        88592..=88599 => Encoding::for_label(format!("iso-8859-{}", page % 10).as_bytes())?,
        885_910..=885_916 => Encoding::for_label(format!("iso-8859-{}", page % 100).as_bytes())?,
        _ => return None,
    })
}

/// The code page of a language driver, where it is one of those read here: those of DOS but the
/// Cyrillic one are not.
fn page_of(driver: u8) -> Option<u32> {
    Some(match driver {
        0x03 | 0x58 | 0x59 => 1252,
        0x13 | 0x7b => 932,
        0x4d | 0x7a => 936,
        0x4e | 0x79 => 949,
        0x4f | 0x78 => 950,
        0x50 | 0x7c => 874,
        0x26 | 0x65 => 866,
        0x7d => 1255,
        0x7e => 1256,
        0x96 => 10007,
        0xc8 => 1250,
        0xc9 => 1251,
        0xca => 1254,
        0xcb => 1253,
        0xcc => 1257,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_known_by_their_many_names() {
        for (label, name) in [
            ("UTF-8", "UTF-8"),
            ("65001\r\n", "UTF-8"),
            ("ANSI 1251", "windows-1251"),
            ("CP936", "GBK"),
            ("GBK", "GBK"),
            ("949", "EUC-KR"),
            ("EUC-KR", "EUC-KR"),
            ("8859_5", "ISO-8859-5"),
            ("ISO88591", "windows-1252"),
            ("ISO-8859-15", "ISO-8859-15"),
            ("OEM 866", "IBM866"),
        ] {
            let Texts::Of(encoding) = Texts::of(Some(label), 0).unwrap() else { panic!("{label}") };
            assert_eq!(encoding.name(), name, "{label}");
        }
        assert!(Texts::of(Some("Klingon"), 0).is_err());
        assert_eq!(Texts::of(None, 0x4d).unwrap(), Texts::Of(encoding_rs::GBK));
        assert_eq!(Texts::of(None, 0x57).unwrap(), Texts::Unsaid);
    }

    #[test]
    fn nothing_is_guessed_but_utf_8() {
        assert_eq!(Texts::Unsaid.text("라진".as_bytes(), false).unwrap(), "라진");
        let bytes = [0xb6, 0xf3, 0xc1, 0xf8];
        assert!(Texts::Unsaid.text(&bytes, false).unwrap_err().hint().unwrap().contains(".cpg"));
        assert_eq!(Texts::Of(encoding_rs::EUC_KR).text(&bytes, false).unwrap(), "라진");
    }

    #[test]
    fn a_character_that_is_cut_in_two_is_left_out() {
        let bytes = &"라진".as_bytes()[..5];
        assert_eq!(Texts::Of(encoding_rs::UTF_8).text(bytes, true).unwrap(), "라");
        assert!(Texts::Of(encoding_rs::UTF_8).text(bytes, false).is_err());
    }
}
