//! The fonts of a map, and which of them shows a character.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use harfrust::ShaperData;
use skrifa::charmap::{Charmap, MappingIndex};
use skrifa::{FontRef, MetadataProvider};

use super::script::{Script, is_invisible};
use crate::scene::{Font, FontData};
use crate::{Error, ErrorKind, Result};

/// The style of a face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaceStyle {
    /// Upright, of normal weight.
    #[default]
    Regular,
    /// Upright and bold.
    Bold,
    /// Slanted, of normal weight.
    Italic,
}

/// A font as the caller brings it.
#[derive(Clone)]
pub struct FontFace {
    /// Family and style, such as `NotoSans-Bold`.
    pub name: String,
    /// The TrueType or OpenType file.
    pub data: FontData,
    /// Its style.
    pub style: FaceStyle,
    /// The languages it is drawn for (`zh`, `ko`, `ja`), for the fonts that East Asian text falls
    /// back to; empty for a general font, which is asked first.
    pub languages: Vec<String>,
}

impl std::fmt::Debug for FontFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFace({}, {:?}, {:?})", self.name, self.style, self.languages)
    }
}

/// What is worked out once per font, when it is first used.
struct Parsed {
    shaper: ShaperData,
    mapping: MappingIndex,
}

/// A font and its lazily parsed tables.
pub(super) struct Face {
    pub(super) name: String,
    data: FontData,
    style: FaceStyle,
    languages: Vec<String>,
    parsed: OnceLock<Parsed>,
}

impl Face {
    /// A view of the file; `None` never happens, as [`FontBook::new`] has read it once.
    pub(super) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::new((*self.data).as_ref()).ok()
    }

    /// The tables for shaping `font`, which must be this face's.
    pub(super) fn shaper_data(&self, font: &FontRef<'_>) -> &ShaperData {
        &self.parsed(font).shaper
    }

    fn parsed(&self, font: &FontRef<'_>) -> &Parsed {
        self.parsed.get_or_init(|| Parsed {
            shaper: ShaperData::new(font),
            mapping: MappingIndex::new(font),
        })
    }

    fn charmap(&self) -> Charmap<'_> {
        self.font().map_or_else(Charmap::default, |font| self.parsed(&font).mapping.charmap(&font))
    }

    fn speaks(&self, lang: &str) -> bool {
        let primary = lang.split('-').next().unwrap_or(lang);
        self.languages.iter().any(|l| l == primary)
    }
}

/// The fonts of a map.
///
/// # Guarantees
///
/// There is at least one font, and each can be read. The index of a font is its place in the list it
/// was built from, and in [`FontBook::fonts`].
pub struct FontBook {
    pub(super) faces: Vec<Face>,
}

impl std::fmt::Debug for FontBook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.faces.iter().map(|face| &face.name)).finish()
    }
}

impl FontBook {
    /// A book of `fonts`; earlier ones are preferred where nothing else decides. Cheap: a font is
    /// parsed when it is first used.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Font`] when the list is empty or a file is not a font.
    pub fn new(fonts: Vec<FontFace>) -> Result<Self> {
        if fonts.is_empty() {
            return Err(Error::new(ErrorKind::Font, "there is no font to set text in"));
        }
        let faces = fonts.into_iter().map(|face| {
            FontRef::new((*face.data).as_ref()).map_err(|e| {
                Error::new(ErrorKind::Font, format!("not a font that can be read: {e}"))
                    .within(format!("font '{}'", face.name))
                    .with_hint("give a TrueType or OpenType file, not WOFF or a collection")
            })?;
            Ok(Face {
                name: face.name,
                data: face.data,
                style: face.style,
                languages: face.languages,
                parsed: OnceLock::new(),
            })
        });
        Ok(Self { faces: faces.collect::<Result<_>>()? })
    }

    /// The fonts in their order, for [`crate::scene::Scene::fonts`].
    pub fn fonts(&self) -> Vec<Font> {
        let font = |face: &Face| Font { name: face.name.clone(), data: Arc::clone(&face.data) };
        self.faces.iter().map(font).collect()
    }

    /// The faces in the order in which they are asked for a glyph: general ones before those of the
    /// language before those of other languages; of each the wanted style before the regular.
    fn preferred(&self, style: FaceStyle, lang: &str) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.faces.len()).collect();
        order.sort_by_key(|&i| {
            let face = &self.faces[i];
            let group = match (face.languages.is_empty(), face.speaks(lang)) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            let style_rank = match face.style {
                s if s == style => 0,
                FaceStyle::Regular => 1,
                FaceStyle::Bold | FaceStyle::Italic => 2,
            };
            (group, style_rank, i)
        });
        order
    }

    /// The face for every character of `chars` (with their scripts), and the characters that none
    /// has, which get the first face.
    ///
    /// All characters of one script get one face if a single one has them all, so that no word mixes
    /// two designs; otherwise, and for digits and punctuation, each gets the first that has it.
    pub(super) fn assign(
        &self,
        chars: &[(char, Script)],
        style: FaceStyle,
        lang: &str,
    ) -> (Vec<usize>, Vec<char>) {
        let order = self.preferred(style, lang);
        let maps: Vec<(usize, Charmap<'_>)> =
            order.iter().map(|&i| (i, self.faces[i].charmap())).collect();
        let has = |map: &Charmap<'_>, c: char| {
            map.map(c).is_some_and(|id| id.to_u32() != 0)
                || (is_invisible(c) && map.map(' ').is_some())
        };

        let mut by_script: BTreeMap<Script, Option<usize>> = BTreeMap::new();
        for &(_, script) in chars {
            if matches!(script, Script::Common | Script::Inherited) {
                continue;
            }
            by_script.entry(script).or_insert_with(|| {
                let covers = |(_, map): &&(usize, Charmap<'_>)| {
                    chars.iter().filter(|(_, s)| *s == script).all(|&(c, _)| has(map, c))
                };
                maps.iter().find(covers).map(|(i, _)| *i)
            });
        }

        let mut missing = Vec::new();
        let mut faces = Vec::with_capacity(chars.len());
        for &(c, script) in chars {
            // A mark stays with its base, whose font places it.
            let before = faces.last().copied();
            let whole = match script {
                Script::Inherited => before,
                _ => by_script.get(&script).copied().flatten(),
            };
            let keeps = |i: usize| {
                script != Script::Inherited || maps.iter().any(|(j, map)| *j == i && has(map, c))
            };
            let single = || maps.iter().find(|(_, map)| has(map, c)).map(|(i, _)| *i);
            let face = whole.filter(|&i| keeps(i)).or_else(single);
            if face.is_none() && !is_invisible(c) {
                missing.push(c);
            }
            faces.push(face.or(before).unwrap_or(order[0]));
        }
        missing.sort_unstable();
        missing.dedup();
        (faces, missing)
    }

    /// Metrics of a face in font units: ascent and descent (both positive), capital height, and the
    /// units in one em.
    pub(super) fn metrics(&self, face: usize) -> FaceMetrics {
        let Some(font) = self.faces[face].font() else { return FaceMetrics::default() };
        let metrics = font
            .metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        FaceMetrics {
            ascent: f64::from(metrics.ascent),
            descent: f64::from(-metrics.descent),
            cap_height: f64::from(metrics.cap_height.unwrap_or(metrics.ascent * 0.7)),
            units_per_em: f64::from(metrics.units_per_em.max(1)),
        }
    }
}

/// Metrics of a face in font units.
#[derive(Clone, Copy, Debug)]
pub(super) struct FaceMetrics {
    pub(super) ascent: f64,
    pub(super) descent: f64,
    pub(super) cap_height: f64,
    pub(super) units_per_em: f64,
}

impl Default for FaceMetrics {
    fn default() -> Self {
        Self { ascent: 0.0, descent: 0.0, cap_height: 0.0, units_per_em: 1.0 }
    }
}
