//! The fonts that travel in the program: Noto Sans, and its Chinese and Korean companions.

use std::path::PathBuf;
use std::sync::Arc;

use tumen_render::Result;
use tumen_render::text::{FaceStyle, FontBook, FontFace};

/// The embedded fonts.
///
/// # Errors
/// None, as a test reads them; the signature is that of every font book.
pub fn fonts() -> Result<FontBook> {
    FontBook::new(embedded())
}

/// The embedded fonts and those of `files`, which are asked for what the embedded ones lack.
///
/// # Errors
/// When a file cannot be read or is not a font.
pub fn fonts_with(files: &[PathBuf]) -> crate::Result<FontBook> {
    let mut faces = embedded();
    for file in files {
        let bytes = std::fs::read(file).map_err(|e| crate::Error::file("read", file, &e))?;
        faces.push(FontFace {
            name: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            data: Arc::new(bytes),
            style: FaceStyle::Regular,
            languages: Vec::new(),
        });
    }
    Ok(FontBook::new(faces)?)
}

fn embedded() -> Vec<FontFace> {
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
    vec![
        face!("NotoSans-Regular", Regular, []),
        face!("NotoSans-Bold", Bold, []),
        face!("NotoSans-Italic", Italic, []),
        face!("NotoSansSC-Regular", Regular, ["zh", "ja"]),
        face!("NotoSansKR-Regular", Regular, ["ko"]),
    ]
}
