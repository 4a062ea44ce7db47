//! Numbers as colours, sizes and charts.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::LocalText;
use crate::error::{Error, ErrorKind, Result};
use crate::scene::Color;

/// Graduated styles: the features in sight in classes by a number, each class with a colour of the
/// ramp as its fill (areas), symbol (points) or stroke (lines). A number on a bound belongs to the
/// class above it. Not together with `categories`.
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

impl Classes {
    /// Checks that the numbers make classes.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] for breaks that do not rise, that are missing or not wanted, for a count
    /// of classes that is not 2…9 and for a ramp of less than two colours.
    pub fn check(&self) -> Result<()> {
        let wrong = |field: &str, what: &str, hint: &str| {
            let error = Error::new(ErrorKind::Spec, format!("classes.{field} {what}"));
            Err(error.with_hint(hint).at(field).at("classes"))
        };
        let manual = self.method == ClassMethod::Manual;
        if manual && self.breaks.is_empty() {
            return wrong(
                "breaks",
                "is missing with method = \"manual\"",
                "give the bounds between the classes, breaks = [10, 25]",
            );
        }
        if !manual && !self.breaks.is_empty() {
            let hint = "write method = \"manual\", or leave the breaks out";
            return wrong("breaks", "is given although the method finds them", hint);
        }
        let rising = |pair: &[f64]| pair[0] < pair[1];
        if !self.breaks.windows(2).all(rising) || self.breaks.iter().any(|b| !b.is_finite()) {
            return wrong("breaks", "does not rise", "write each bound once, the lowest first");
        }
        let given = self.breaks.len() + 1;
        if manual && self.count.is_some_and(|count| count != given) {
            let what = format!("is not that of the breaks, which make {given} classes");
            return wrong("count", &what, "leave the count out");
        }
        let count = if manual { Some(given) } else { self.count };
        if count.is_some_and(|count| !(2..=9).contains(&count)) {
            let field = if manual { "breaks" } else { "count" };
            let hint = "nobody tells more than nine classes apart; five are usual";
            return wrong(field, "makes not 2 to 9 classes", hint);
        }
        if self.ramp.len() < 2 {
            let hint = "give the colours of the lowest and the highest class";
            return wrong("ramp", "has less than two colours", hint);
        }
        Ok(())
    }
}

impl Proportional {
    /// Checks that sizes and values are above 0.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] otherwise, naming the field.
    pub fn check(&self) -> Result<()> {
        above_zero("size.largest_pt", Some(self.largest_pt))?;
        above_zero("size.largest", self.largest)?;
        self.legend.iter().try_for_each(|value| above_zero("size.legend", Some(*value)))
    }
}

impl Chart {
    /// Checks that sizes and values are above 0 and that there are parts.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] otherwise, naming the field.
    pub fn check(&self) -> Result<()> {
        above_zero("chart.largest_pt", Some(self.largest_pt))?;
        above_zero("chart.largest", self.largest)?;
        above_zero("chart.bar_pt", self.bar_pt)?;
        if self.parts.is_empty() {
            return Err(Error::new(ErrorKind::Spec, "chart.parts is empty")
                .with_hint("give a property and a colour for each sector or bar")
                .at("chart.parts"));
        }
        Ok(())
    }
}

fn above_zero(field: &str, value: Option<f64>) -> Result<()> {
    match value {
        Some(value) if !(value > 0.0 && value.is_finite()) => {
            Err(Error::new(ErrorKind::Spec, format!("{field} is {value}, not above 0"))
                .with_hint("areas and widths are proportional to the value")
                .at(field))
        }
        _ => Ok(()),
    }
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

/// Sizes by a number: symbols whose area is proportional to it, or lines whose width is. Where the
/// style has a symbol, areas and lines carry it in their middle.
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

/// A small chart at each feature, about its point or the middle of its area. Values that are missing
/// or below 0 count as 0.
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

/// One fill per combination of overlapping areas of the layer: no fill lies over another, and the
/// outlines of the areas are drawn whole above them. Areas with soft edges stay as they are: their
/// boundary is nowhere that could part anything. Not together with `classes`, `size`, `chart` or
/// `coverage`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Combine {
    /// Styles by the ids of the members. Other combinations are blended from the styles of their
    /// members: the mean of the fills in Oklab, with stripes in the colours of the outlines.
    pub styles: Vec<Combination>,
    /// Parts smaller than this share of their smallest member are filled like a neighbour and not listed;
    /// 0.001 unless given.
    pub smallest_share: Option<f64>,
    /// Whether the legend says area and share; yes unless given.
    pub areas: Option<bool>,
}

impl Combine {
    /// Checks that the combinations have members, once each, and that the share is one.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] otherwise, naming the field.
    pub fn check(&self) -> Result<()> {
        let wrong = |field: &str, what: String, hint: &str| {
            let error = Error::new(ErrorKind::Spec, format!("combine.{what}")).with_hint(hint);
            Err(error.at(field).at("combine"))
        };
        if let Some(share) = self.smallest_share.filter(|share| !(0.0..1.0).contains(share)) {
            let hint = "0.001 tells parts apart from a thousandth of their smallest member on";
            let what = format!("smallest_share is {share}, not from 0 to below 1");
            return wrong("smallest_share", what, hint);
        }
        for (at, combination) in self.styles.iter().enumerate() {
            let ids: BTreeSet<&String> = combination.members.iter().collect();
            let field = format!("styles.{at}.members");
            if ids.is_empty() || ids.len() < combination.members.len() {
                let hint = "give the id of each area that covers it, once";
                return wrong(&field, format!("styles[{at}].members are no combination"), hint);
            }
            if self.styles.iter().take(at).any(|other| other.is_of(&ids)) {
                let hint = "one style for each combination; members may come in any order";
                let what = format!("styles[{at}].members are those of another style");
                return wrong(&field, what, hint);
            }
        }
        Ok(())
    }

    /// The style given for the combination of these members.
    pub fn style_of(&self, members: &BTreeSet<&String>) -> Option<&Combination> {
        self.styles.iter().find(|combination| combination.is_of(members))
    }
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
    /// Its style, laid over the blend; `hatch = { …, width_pt = 0 }` takes the stripes away.
    #[serde(default)]
    pub style: super::style::Style,
}

impl Combination {
    fn is_of(&self, members: &BTreeSet<&String>) -> bool {
        self.members.iter().collect::<BTreeSet<_>>() == *members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_are_none_are_refused_by_field() {
        let check = |text: &str| {
            let text = format!("property = 'x'\nramp = ['#ffffff', '#000000']\n{text}");
            toml::from_str::<Classes>(&text).unwrap().check().map_err(|e| e.to_string())
        };
        assert_eq!(check("count = 9"), Ok(()));
        assert_eq!(check("method = 'manual'\nbreaks = [1, 2]"), Ok(()));
        for (text, field) in [
            ("count = 1", "classes.count"),
            ("count = 10", "classes.count"),
            ("method = 'manual'", "classes.breaks"),
            ("method = 'jenks'\nbreaks = [1]", "classes.breaks"),
            ("method = 'manual'\nbreaks = [2, 2]", "classes.breaks"),
            ("method = 'manual'\nbreaks = [1, nan]", "classes.breaks"),
            ("method = 'manual'\nbreaks = [2]\ncount = 5", "classes.count"),
        ] {
            let error = check(text).unwrap_err();
            assert!(error.starts_with(field), "{text}: {error}");
        }
    }

    #[test]
    fn sizes_are_above_zero() {
        let size: Proportional = toml::from_str("property = 'x'\nlargest_pt = 0").unwrap();
        assert!(size.check().unwrap_err().to_string().starts_with("size.largest_pt"));
        let chart: Chart = toml::from_str("kind = 'pie'\nparts = []\nlargest_pt = 9").unwrap();
        assert!(chart.check().unwrap_err().to_string().starts_with("chart.parts"));
    }
}
