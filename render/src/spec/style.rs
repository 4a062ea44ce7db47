//! How things look. Every field is optional, so that one style can be laid over another.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::line::{Arrow, Ticks};
use crate::scene::Color;
use crate::text::FaceStyle;

/// How the shapes of a layer are drawn. Widths, sizes and spacings are pt on the page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Style {
    /// Fill of areas.
    pub fill: Option<Color>,
    /// Opacity of the fill, 0…1.
    pub fill_opacity: Option<f64>,
    /// Colour of lines and of the outlines of areas.
    pub stroke: Option<Color>,
    /// Width of the stroke.
    pub stroke_width_pt: Option<f64>,
    /// Dash lengths, on and off in turn.
    pub stroke_dash: Option<Vec<f64>>,
    /// A wider line below the stroke.
    pub casing: Option<Casing>,
    /// The symbol of points.
    pub symbol: Option<Symbol>,
    /// A symbol at the vertices of areas (the corners of a growth triangle).
    pub vertices: Option<Symbol>,
    /// Lines, crosses or dots across areas.
    pub hatch: Option<Hatch>,
    /// Marks along lines.
    pub ticks: Option<Ticks>,
    /// Arrowheads at the ends of lines.
    pub arrow: Option<Arrow>,
    /// How far lines bulge to the left, as a share of the distance between their ends, at most 0.5:
    /// flows and air links, which are no paths on the ground, as arcs from end to end. There and back
    /// are two arcs.
    pub bulge: Option<f64>,
    /// Width over which the edge of an area fades away, for regions without a real boundary.
    pub soft_edge_pt: Option<f64>,
    /// Shading of the relief; makes the layer a raster.
    pub relief: Option<ReliefStyle>,
}

impl Style {
    /// This style where it says something, `below` where it does not.
    pub fn over(&self, below: &Self) -> Self {
        Self {
            fill: self.fill.or(below.fill),
            fill_opacity: self.fill_opacity.or(below.fill_opacity),
            stroke: self.stroke.or(below.stroke),
            stroke_width_pt: self.stroke_width_pt.or(below.stroke_width_pt),
            stroke_dash: self.stroke_dash.clone().or_else(|| below.stroke_dash.clone()),
            casing: self.casing.or(below.casing),
            symbol: self.symbol.or(below.symbol),
            vertices: self.vertices.or(below.vertices),
            hatch: self.hatch.clone().or_else(|| below.hatch.clone()),
            ticks: self.ticks.or(below.ticks),
            arrow: self.arrow.or(below.arrow),
            bulge: self.bulge.or(below.bulge),
            soft_edge_pt: self.soft_edge_pt.or(below.soft_edge_pt),
            relief: self.relief.clone().or_else(|| below.relief.clone()),
        }
    }

    /// The width of the stroke, 0.5 pt unless given.
    pub fn width_pt(&self) -> f64 {
        self.stroke_width_pt.unwrap_or(0.5)
    }

    /// How far beyond a shape its drawing may reach, pt.
    pub fn reach_pt(&self) -> f64 {
        let casing = self.casing.map_or(0.0, |c| c.width_pt);
        let ticks = self.ticks.map_or(0.0, |ticks| ticks.size_pt);
        let arrow = self.arrow.map_or(0.0, |arrow| arrow.size_pt);
        self.width_pt().max(casing) / 2.0 + self.soft_edge_pt.unwrap_or(0.0) + ticks.max(arrow)
    }
}

/// The wider line below a stroke.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Casing {
    /// Colour.
    pub color: Color,
    /// Full width, pt.
    pub width_pt: f64,
}

/// A symbol at a point.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Symbol {
    /// Its shape.
    pub shape: SymbolShape,
    /// Diameter of the circle that it fills, pt.
    pub size_pt: f64,
    /// Fill.
    pub fill: Color,
    /// Outline.
    pub stroke: Option<Color>,
    /// Width of the outline, pt.
    pub stroke_width_pt: f64,
}

impl Default for Symbol {
    fn default() -> Self {
        Self {
            shape: SymbolShape::Circle,
            size_pt: 3.0,
            fill: Color::BLACK,
            stroke: None,
            stroke_width_pt: 0.4,
        }
    }
}

/// The shapes of symbols.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SymbolShape {
    /// A filled circle.
    #[default]
    Circle,
    /// A ring with a dot in the middle (capitals).
    Target,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle, point up.
    Triangle,
    /// A triangle, point down.
    TriangleDown,
    /// A star of five points.
    Star,
    /// An anchor (seaports).
    Anchor,
    /// An upright cross.
    Cross,
    /// A square with a piece of track in it (rail ports).
    Rail,
    /// A square with a wave in it (river ports).
    River,
    /// A square with a lane in it (road ports).
    Road,
}

/// A pattern across an area.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hatch {
    /// What the pattern is made of.
    #[serde(default)]
    pub pattern: Pattern,
    /// Direction of the lines or rows in degrees, anticlockwise from the x axis of the page.
    #[serde(default = "Hatch::default_angle")]
    pub angle: f64,
    /// Distance between the lines or dots, pt.
    pub spacing_pt: f64,
    /// Width of the lines or diameter of the dots, pt.
    pub width_pt: f64,
    /// Colour.
    pub color: Color,
    /// Colours of the lines or rows after the first, in turn: stripes of several colours.
    #[serde(default)]
    pub also: Vec<Color>,
}

/// What a hatch is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// Parallel lines.
    #[default]
    Lines,
    /// Lines in two directions at right angles.
    Cross,
    /// Dots in a triangular lattice.
    Dots,
}

impl Hatch {
    fn default_angle() -> f64 {
        45.0
    }
}

/// Shaded relief.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReliefStyle {
    /// Opacity of the deepest shade, 0…1.
    pub opacity: f64,
    /// Where the light comes from, degrees clockwise from north.
    pub azimuth: f64,
    /// Height of the light above the horizon, degrees.
    pub altitude: f64,
    /// Factor on the heights.
    pub exaggeration: f64,
    /// Id of the layer of areas outside which no relief is shown.
    pub inside: Option<String>,
}

impl Default for ReliefStyle {
    fn default() -> Self {
        Self { opacity: 0.35, azimuth: 315.0, altitude: 45.0, exaggeration: 1.0, inside: None }
    }
}

/// How features are named.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LabelStyle {
    /// `name` for the names in the languages of the map, or a property.
    pub field: String,
    /// Size, pt.
    pub size_pt: f64,
    /// Face of the font.
    pub face: FaceStyle,
    /// Colour.
    pub color: Color,
    /// The light edge round the letters.
    pub halo: Option<Halo>,
    /// Extra space between letters, pt.
    pub letter_spacing_pt: f64,
    /// Whether the text is set in capitals.
    pub uppercase: bool,
    /// Higher goes first, before the rank of the feature.
    pub priority: i32,
    /// A numeric property that raises the priority within the layer (population).
    pub priority_field: Option<String>,
    /// Where the label stands.
    pub placement: LabelPlacement,
    /// Text longer than this is broken into lines, pt.
    pub wrap_pt: Option<f64>,
    /// Where the second language stands; along lines always beside the first, along curves below.
    pub second: SecondLanguage,
    /// Whether only the first language of the map is used.
    pub one_language: bool,
    /// Features of a higher rank are not named.
    pub max_rank: Option<u8>,
    /// Whether labels left out are not worth a warning (those of the base map).
    pub quiet: bool,
    /// Smallest scale denominator at which the labels show.
    pub min_scale: Option<f64>,
    /// Largest scale denominator at which the labels show.
    pub max_scale: Option<f64>,
}

impl Default for LabelStyle {
    fn default() -> Self {
        Self {
            field: "name".to_owned(),
            size_pt: 7.0,
            face: FaceStyle::Regular,
            color: Color::rgb(0x22, 0x22, 0x22),
            halo: Some(Halo::default()),
            letter_spacing_pt: 0.0,
            uppercase: false,
            priority: 0,
            priority_field: None,
            placement: LabelPlacement::Point,
            wrap_pt: None,
            second: SecondLanguage::Below,
            one_language: false,
            max_rank: None,
            quiet: false,
            min_scale: None,
            max_scale: None,
        }
    }
}

/// Reads `regular`, `bold` or `italic`.
impl<'de> Deserialize<'de> for FaceStyle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "regular" => Ok(Self::Regular),
            "bold" => Ok(Self::Bold),
            "italic" => Ok(Self::Italic),
            other => Err(D::Error::custom(format!(
                "'{other}' is no face; write \"regular\", \"bold\" or \"italic\""
            ))),
        }
    }
}

impl JsonSchema for FaceStyle {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FaceStyle".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ["regular", "bold", "italic"] })
    }
}

/// The edge round the letters of a label.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Halo {
    /// Colour.
    pub color: Color,
    /// Width beyond the letters on each side, pt.
    pub width_pt: f64,
}

impl Default for Halo {
    fn default() -> Self {
        Self { color: Color::WHITE.with_alpha(220), width_pt: 0.9 }
    }
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LabelPlacement {
    /// Beside a point, or at the end of a leader line where it is crowded.
    #[default]
    Point,
    /// In the middle of an area, or on the point of a feature that is one.
    Area,
    /// Letter-spaced through an area along a curve that follows its long axis; through the open water
    /// around the point of a feature that is one. As [`LabelPlacement::Area`] where it does not fit.
    Curved,
    /// Along a line, again on long ones.
    Line,
}

/// Where the name in the second language of the map stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecondLanguage {
    /// Below the first.
    #[default]
    Below,
    /// After the first, in the same line.
    Beside,
}
