//! Numbers as colours, sizes and charts.

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::LocalText;
use crate::scene::Color;

/// Graduated styles: the features in classes by a number, each class with a colour of the ramp.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    /// The numeric property; features without it are drawn in the style of the layer.
    pub property: String,
    /// How the classes are bounded.
    #[serde(default)]
    pub method: ClassMethod,
    /// Number of classes, 2…9; that of the breaks when these are given.
    #[serde(default)]
    pub count: Option<usize>,
    /// The bounds between the classes, rising: `method = "manual"`.
    #[serde(default)]
    pub breaks: Vec<f64>,
    /// Colours from the lowest class to the highest, two or more; between them colours are mixed.
    pub ramp: Vec<Color>,
    /// Unit after the numbers in the legend.
    #[serde(default)]
    pub unit: Option<LocalText>,
    /// Decimals of the numbers in the legend; as many as tell the bounds apart when not given.
    #[serde(default)]
    pub decimals: Option<usize>,
}

/// How classes are bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClassMethod {
    /// The same number of features in each.
    #[default]
    Quantile,
    /// The same width of each.
    EqualInterval,
    /// Natural breaks: the least squared deviation within the classes (Fisher 1958, Jenks 1977).
    Jenks,
    /// By `breaks`.
    Manual,
}

/// Sizes by a number: symbols whose area is proportional to it, or lines whose width is.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proportional {
    /// The numeric property, above 0; features without it are not drawn.
    pub property: String,
    /// Diameter (symbols) or width (lines) of the largest value, pt.
    pub largest_pt: f64,
    /// The value drawn at that size; the largest in sight when not given. Small multiples and maps
    /// of several years need it to be comparable.
    #[serde(default)]
    pub largest: Option<f64>,
    /// Nothing is drawn smaller than this, pt.
    #[serde(default)]
    pub smallest_pt: Option<f64>,
    /// Values shown in the legend; three round ones when not given.
    #[serde(default)]
    pub legend: Vec<f64>,
    /// Unit after the numbers in the legend.
    #[serde(default)]
    pub unit: Option<LocalText>,
}

/// A small chart at each feature.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Its kind.
    pub kind: ChartKind,
    /// Its parts, in order.
    pub parts: Vec<ChartPart>,
    /// Diameter of a pie, or height of the tallest bar, for the largest sum (pie) or value (bars), pt.
    pub largest_pt: f64,
    /// The value drawn at that size; the largest in sight when not given.
    #[serde(default)]
    pub largest: Option<f64>,
    /// Width of a bar, pt; 3 unless given.
    #[serde(default)]
    pub bar_pt: Option<f64>,
    /// Unit after the numbers in the legend.
    #[serde(default)]
    pub unit: Option<LocalText>,
}

/// Kinds of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Sectors of a circle, whose area is the sum.
    Pie,
    /// Bars side by side (a series by year).
    Bars,
}

/// One sector or bar.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartPart {
    /// The numeric property.
    pub property: String,
    /// Its name in the legend; below a bar.
    #[serde(default)]
    pub title: Option<LocalText>,
    /// Its colour.
    pub color: Color,
}

/// One fill per combination of overlapping areas of the layer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Combine {
    /// Styles by the ids of the members; those of combinations that are not named are blended from
    /// the styles of their members.
    pub styles: Vec<Combination>,
    /// Parts smaller than this share of their smallest member are neither filled apart nor listed;
    /// 0.001 unless given.
    pub smallest_share: Option<f64>,
    /// Whether the legend says area and share; yes unless given.
    pub areas: Option<bool>,
}

/// How one combination is drawn.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Combination {
    /// Ids of the members, in any order.
    pub members: Vec<String>,
    /// Its name in the legend; the names of the members when not given.
    #[serde(default)]
    pub title: Option<LocalText>,
    /// Its style, laid over the blend.
    #[serde(default)]
    pub style: super::style::Style,
}
