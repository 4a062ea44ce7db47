//! The pixels of a PNG in a TIFF file, with the tags that put it in its place in a GIS.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

use tiff::TiffResult;
use tiff::encoder::colortype::RGB8;
use tiff::encoder::{Compression, DeflateLevel, Predictor, Rational, TiffEncoder, TiffValue};
use tiff::tags::{ResolutionUnit, Tag, Type};

use super::{Metadata, png, svg};
use crate::scene::Scene;
use crate::{Error, ErrorKind, Result};

/// The tag of the title, which the crate does not name.
const DOCUMENT_NAME: Tag = Tag::Unknown(269);
/// The tag in which GDAL keeps what no other tag is for, as XML.
const GDAL_METADATA: Tag = Tag::Unknown(42_112);

/// How a TIFF is written.
#[derive(Clone, Debug, PartialEq)]
pub struct TiffOptions {
    /// Pixels per inch, written into the file.
    pub ppi: f64,
    /// Where the picture lies on the ground; without it the file is a plain TIFF.
    pub place: Option<GeoPlace>,
}

/// Where a picture lies on the ground, north up, as GeoTIFF has it (OGC 19-008r4).
#[derive(Clone, Debug, PartialEq)]
pub struct GeoPlace {
    /// Easting of the left edge of the picture, metres.
    pub easting: f64,
    /// Northing of the top edge of the picture, metres.
    pub northing: f64,
    /// Width and height of a pixel, metres of the projection.
    pub metres_per_pixel: f64,
    /// The reference system, by the numbers of the `GeoKey`s.
    pub keys: BTreeMap<u16, GeoValue>,
}

/// The value of a `GeoKey`.
#[derive(Clone, Debug, PartialEq)]
pub enum GeoValue {
    /// A code.
    Short(u16),
    /// A number.
    Double(f64),
    /// A text in ASCII without `|`.
    Ascii(String),
}

/// Paints `scene` as an RGB picture of page size × ppi / 72 pixels, rounded to whole pixels: those of
/// [`png()`], compressed without loss.
///
/// Cost: about 20 ns per pixel, mostly for the compression, plus the items.
///
/// # Errors
///
/// [`ErrorKind::Size`] when the picture would have no pixels or more than 520 million;
/// [`ErrorKind::Encoding`] for texts with NUL, and in keys for other than ASCII.
pub fn tiff(scene: &Scene, metadata: &Metadata, options: &TiffOptions) -> Result<Vec<u8>> {
    let pixmap = png::raster(scene, options.ppi)?;
    let (width, height) = (pixmap.width(), pixmap.height());
    write(width, height, &png::rgb(pixmap), metadata, options).map_err(|e| {
        Error::new(ErrorKind::Encoding, format!("the TIFF could not be written: {e}"))
            .with_hint("the texts may not contain NUL")
    })
}

fn write(
    width: u32,
    height: u32,
    rgb: &[u8],
    metadata: &Metadata,
    options: &TiffOptions,
) -> TiffResult<Vec<u8>> {
    let mut bytes = Vec::with_capacity(rgb.len() / 8);
    let mut encoder = TiffEncoder::new(Cursor::new(&mut bytes))?
        .with_compression(Compression::Deflate(DeflateLevel::Balanced))
        .with_predictor(Predictor::Horizontal);
    let mut image = encoder.new_image::<RGB8>(width, height)?;
    image.resolution(ResolutionUnit::Inch, per_inch(options.ppi));
    let tags = image.encoder();
    let texts = [
        (DOCUMENT_NAME, Cow::from(&metadata.title)),
        (Tag::ImageDescription, Cow::from(&metadata.description)),
        (Tag::Software, Cow::from(&metadata.software)),
        (Tag::Copyright, Cow::from(&metadata.credits)),
        (GDAL_METADATA, source(&metadata.provenance).into()),
    ];
    for (tag, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        tags.write_tag(tag, Text::new(&text)?)?;
    }
    if let Some(place) = &options.place {
        let pixel = place.metres_per_pixel;
        tags.write_tag(Tag::ModelPixelScaleTag, &[pixel, pixel, 0.0][..])?;
        // The corner of the first pixel, column and row 0, is that of the picture.
        let corner = [0.0, 0.0, 0.0, place.easting, place.northing, 0.0];
        tags.write_tag(Tag::ModelTiepointTag, &corner[..])?;
        let (directory, doubles, ascii) = directory(&place.keys)?;
        tags.write_tag(Tag::GeoKeyDirectoryTag, &directory[..])?;
        if !doubles.is_empty() {
            tags.write_tag(Tag::GeoDoubleParamsTag, &doubles[..])?;
        }
        if !ascii.is_empty() {
            tags.write_tag(Tag::GeoAsciiParamsTag, ascii.as_str())?;
        }
    }
    image.write_data(rgb)?;
    Ok(bytes)
}

/// The directory of keys, and the numbers and texts that it points into.
fn directory(keys: &BTreeMap<u16, GeoValue>) -> TiffResult<(Vec<u16>, Vec<f64>, String)> {
    let (mut doubles, mut ascii) = (Vec::new(), String::new());
    // Version 1, revision 1.1.
    let mut directory = vec![1, 1, 1, u16::try_from(keys.len())?];
    for (key, value) in keys {
        let [place, count, at] = match value {
            GeoValue::Short(code) => [0, 1, *code],
            GeoValue::Double(number) => {
                doubles.push(*number);
                [Tag::GeoDoubleParamsTag.to_u16(), 1, u16::try_from(doubles.len() - 1)?]
            }
            GeoValue::Ascii(text) => {
                let at = u16::try_from(ascii.len())?;
                ascii.push_str(text);
                ascii.push('|');
                [Tag::GeoAsciiParamsTag.to_u16(), u16::try_from(text.len() + 1)?, at]
            }
        };
        directory.extend([*key, place, count, at]);
    }
    Ok((directory, doubles, ascii))
}

/// What the picture was made from, for the tag of GDAL; empty when that is not known.
fn source(provenance: &str) -> String {
    if provenance.is_empty() {
        return String::new();
    }
    let mut xml = String::from("<GDALMetadata>\n  <Item name=\"SOURCE\">");
    svg::escape(&mut xml, provenance);
    xml.push_str("</Item>\n</GDALMetadata>\n");
    xml
}

/// Pixels per inch to a thousandth.
fn per_inch(ppi: f64) -> Rational {
    Rational { n: (ppi * 1000.0).round() as u32, d: 1000 }
}

/// A text tag in UTF-8, which TIFF 6.0 does not provide for but its readers expect.
struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    /// # Errors
    /// When `text` has a NUL, which would end it.
    fn new(text: &'a str) -> TiffResult<Self> {
        if text.contains('\0') {
            return Err(std::io::Error::other("a text has a NUL").into());
        }
        Ok(Self(text))
    }
}

impl TiffValue for Text<'_> {
    const BYTE_LEN: u8 = 1;
    const FIELD_TYPE: Type = Type::ASCII;

    fn count(&self) -> usize {
        self.0.len() + 1
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Owned([self.0.as_bytes(), &[0]].concat())
    }
}

#[cfg(test)]
mod tests {
    use tiff::decoder::{Decoder, DecodingResult};

    use super::*;
    use crate::paint::PngOptions;
    use crate::scene::{Color, Item, Path, Rect};

    fn scene() -> Scene {
        let path = Path::rect(&Rect::new(10.3, 10.0, 50.0, 40.7));
        let items = vec![Item::Fill { path, color: Color::rgb(200, 30, 60) }];
        Scene { width: 100.0, height: 80.0, background: Color::WHITE, fonts: Vec::new(), items }
    }

    fn decoder(bytes: &[u8]) -> Decoder<Cursor<&[u8]>> {
        Decoder::new(Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn the_pixels_are_those_of_the_png() {
        let options = TiffOptions { ppi: 150.0, place: None };
        let bytes = tiff(&scene(), &Metadata::default(), &options).unwrap();
        assert_eq!(bytes, tiff(&scene(), &Metadata::default(), &options).unwrap());
        let mut decoder = decoder(&bytes);
        let DecodingResult::U8(pixels) = decoder.read_image().unwrap() else { panic!("not bytes") };

        let png = png(&scene(), &Metadata::default(), PngOptions { ppi: 150.0 }).unwrap();
        let mut reader = ::png::Decoder::new(Cursor::new(png)).read_info().unwrap();
        let mut expected = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut expected).unwrap();
        assert_eq!(decoder.dimensions().unwrap(), (frame.width, frame.height));
        assert_eq!(pixels, expected);
        assert!(decoder.find_tag(Tag::GeoKeyDirectoryTag).unwrap().is_none());
    }

    #[test]
    fn the_tags_say_size_texts_and_place() {
        let metadata =
            Metadata {
                title: "图们江".into(), provenance: "a < b".into(), ..Metadata::default()
            };
        let keys = [
            (3072, GeoValue::Short(32_767)),
            (1026, GeoValue::Ascii("UTM".into())),
            (3088, GeoValue::Double(130.5)),
            (3073, GeoValue::Ascii("zone".into())),
            (3089, GeoValue::Double(42.5)),
        ];
        let (easting, northing) = (-64_685.5, 4_772_366.25);
        let place =
            GeoPlace { easting, northing, metres_per_pixel: 80.5, keys: BTreeMap::from(keys) };
        let options = TiffOptions { ppi: 96.5, place: Some(place) };
        let bytes = tiff(&scene(), &metadata, &options).unwrap();
        let mut decoder = decoder(&bytes);
        let mut numbers = |tag| decoder.get_tag_f64_vec(tag).unwrap();
        assert_eq!(numbers(Tag::ModelPixelScaleTag), [80.5, 80.5, 0.0]);
        assert_eq!(numbers(Tag::ModelTiepointTag), [0.0, 0.0, 0.0, easting, northing, 0.0]);
        assert_eq!(numbers(Tag::GeoDoubleParamsTag), [130.5, 42.5]);
        // Sorted by key, as the standard demands; texts and numbers by length and place.
        let mut expected = vec![1, 1, 1, 5];
        expected.extend([1026, 34_737, 4, 0]);
        expected.extend([3072, 0, 1, 32_767]);
        expected.extend([3073, 34_737, 5, 4]);
        expected.extend([3088, 34_736, 1, 0]);
        expected.extend([3089, 34_736, 1, 1]);
        assert_eq!(decoder.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).unwrap(), expected);
        let mut text = |tag| decoder.get_tag_ascii_string(tag).unwrap();
        assert_eq!(text(Tag::GeoAsciiParamsTag), "UTM|zone|");
        assert_eq!(text(DOCUMENT_NAME), "图们江");
        assert!(text(GDAL_METADATA).contains("<Item name=\"SOURCE\">a &lt; b</Item>"));
        assert!(decoder.find_tag(Tag::Copyright).unwrap().is_none());
        let ppi = decoder.get_tag(Tag::XResolution).unwrap();
        assert_eq!(ppi, tiff::decoder::ifd::Value::Rational(96_500, 1000));
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let plain = |ppi| TiffOptions { ppi, place: None };
        for ppi in [0.0, f64::NAN, 1e6] {
            let error = tiff(&scene(), &Metadata::default(), &plain(ppi)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Size, "{ppi}");
        }
        let metadata = Metadata { title: "a\0b".into(), ..Metadata::default() };
        let error = tiff(&scene(), &metadata, &plain(72.0)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encoding);
    }
}
