//! The fonts that travel in the program: Noto Sans, and its Chinese and Korean companions.

use std::sync::Arc;

use tumen_render::Result;
use tumen_render::text::{FaceStyle, FontBook, FontFace};

/// The embedded fonts.
///
/// # Errors
/// None, as a test reads them; the signature is that of every font book.
pub fn fonts() -> Result<FontBook> {
    macro_rules! face {
        ($name:literal, $style:ident, [$($language:literal),*]) => {
            FontFace {
                name: $name.to_owned(),
                data: Arc::new(include_bytes!(concat!("../data/fonts/", $name, ".ttf"))),
                style: FaceStyle::$style,
                languages: vec![$($language.to_owned()),*],
            }
        };
    }
    FontBook::new(vec![
        face!("NotoSans-Regular", Regular, []),
        face!("NotoSans-Bold", Bold, []),
        face!("NotoSans-Italic", Italic, []),
        face!("NotoSansSC-Regular", Regular, ["zh", "ja"]),
        face!("NotoSansKR-Regular", Regular, ["ko"]),
    ])
}
