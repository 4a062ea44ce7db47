//! The repository's fonts, for tests of this crate.

use std::sync::Arc;

use super::{FaceStyle, FontBook, FontFace};

/// The five fonts of `data/fonts`.
pub(crate) fn book() -> FontBook {
    let face = |name: &str, style, lang: &str| {
        let path = format!("{}/../data/fonts/{name}.ttf", env!("CARGO_MANIFEST_DIR"));
        let data = Arc::new(std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}")));
        let languages = if lang.is_empty() { vec![] } else { vec![lang.to_owned()] };
        FontFace { name: name.to_owned(), data, style, languages }
    };
    FontBook::new(vec![
        face("NotoSans-Regular", FaceStyle::Regular, ""),
        face("NotoSans-Bold", FaceStyle::Bold, ""),
        face("NotoSans-Italic", FaceStyle::Italic, ""),
        face("NotoSansSC-Regular", FaceStyle::Regular, "zh"),
        face("NotoSansKR-Regular", FaceStyle::Regular, "ko"),
    ])
    .unwrap()
}
