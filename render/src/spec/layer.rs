//! A layer: what is drawn and how.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::data::{MapFeature, Value};
use super::map::unknown;
use super::style::{LabelStyle, Style};
use super::text::LocalText;
use super::thematic::{Chart, Classes, Combine, Proportional};
use crate::error::{Error, Result};

/// One layer of the map. Layers are painted in their order, labels above all of them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the spec")]
pub struct LayerSpec {
    /// Its id, unique in the map.
    pub id: String,
    /// Where its features come from; only the caller's [`MapData`](super::MapData) reads it.
    pub source: String,
    /// Which of them; only the caller's [`MapData`](super::MapData) reads it.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub query: toml::Table,
    /// Its name in the legend; a layer without one is not in the legend.
    #[serde(default)]
    pub title: Option<LocalText>,
    /// How it is drawn.
    #[serde(default)]
    pub style: Style,
    /// How its features are named, if they are.
    #[serde(default)]
    pub labels: Option<LabelStyle>,
    /// Whether it may appear in the legend.
    #[serde(default = "yes")]
    pub legend: bool,
    /// Smallest scale denominator at which the layer shows (0 unless given).
    #[serde(default)]
    pub min_scale: Option<f64>,
    /// Largest scale denominator at which the layer shows.
    #[serde(default)]
    pub max_scale: Option<f64>,
    /// `[[denominator, rank], …]` in rising order: up to that denominator features of at most that
    /// rank are shown; none beyond the last pair.
    #[serde(default)]
    pub ranks: Vec<(f64, u8)>,
    /// A style of the base map by name, below `style`.
    #[serde(default)]
    pub look: Option<String>,
    /// Styles by the value of a property.
    #[serde(default)]
    pub categories: Option<Categories>,
    /// Colours by classes of a number.
    #[serde(default)]
    pub classes: Option<Classes>,
    /// Sizes of symbols or widths of lines by a number.
    #[serde(default)]
    pub size: Option<Proportional>,
    /// A small chart at each feature.
    #[serde(default)]
    pub chart: Option<Chart>,
    /// One fill per combination of overlapping areas.
    #[serde(default)]
    pub combine: Option<Combine>,
    /// Heading under which the legend lists the layer; layers of the same heading stand together.
    #[serde(default)]
    pub group: Option<LocalText>,
    /// Whether its areas are a coverage (no overlaps), filled in one go without hairlines.
    #[serde(default)]
    pub coverage: bool,
    /// Whether it is drawn on land only, that is, where a coverage lies below it: for areas that are
    /// conceived round a gulf, but do not mean its water. Labels are not cut.
    #[serde(default)]
    pub on_land: bool,
    /// Whether furniture should stay clear of its features.
    #[serde(default)]
    pub matters: bool,
    /// In a map over a base map: the layer of the base map below which this one is painted.
    #[serde(default)]
    pub under: Option<String>,
}

fn yes() -> bool {
    true
}

impl LayerSpec {
    /// Whether the layer shows at the scale 1:`denominator`.
    pub fn shows_at(&self, denominator: f64) -> bool {
        in_range(self.min_scale, self.max_scale, denominator)
            && (self.ranks.is_empty() || self.highest_rank_at(denominator).is_some())
    }

    /// Puts the looks that the layer and its categories name below their styles.
    pub(super) fn take_looks(&mut self, looks: &BTreeMap<String, Style>) -> Result<()> {
        let id = self.id.clone();
        let take = |name: &mut Option<String>, style: &mut Style, of: &str| {
            let Some(name) = name.take() else { return Ok(()) };
            let look = looks.get(&name).ok_or_else(|| {
                unknown("look", &name, looks.keys()).at(&format!("{of}look")).in_layer(&id)
            })?;
            *style = style.over(look);
            Ok::<(), Error>(())
        };
        take(&mut self.look, &mut self.style, "")?;
        let categories = self.categories.iter_mut().flat_map(|c| &mut c.values);
        for (at, category) in categories.enumerate() {
            let of = format!("categories.values.{at}.");
            take(&mut category.look, &mut category.style, &of)?;
        }
        Ok(())
    }

    /// The highest rank shown at 1:`denominator`; `None` when nothing is.
    pub fn highest_rank_at(&self, denominator: f64) -> Option<u8> {
        if self.ranks.is_empty() {
            return Some(u8::MAX);
        }
        self.ranks.iter().find(|(limit, _)| denominator <= *limit).map(|(_, rank)| *rank)
    }
}

impl LabelStyle {
    /// Whether the labels show at the scale 1:`denominator`.
    pub fn shows_at(&self, denominator: f64) -> bool {
        in_range(self.min_scale, self.max_scale, denominator)
    }
}

fn in_range(min: Option<f64>, max: Option<f64>, denominator: f64) -> bool {
    min.is_none_or(|m| denominator >= m) && max.is_none_or(|m| denominator <= m)
}

/// Styles by the value of a property; the first that fits is taken, features that fit none are
/// drawn in the style of the layer.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Categories {
    /// The property; `rank` and `id` are those of the feature.
    pub property: String,
    /// The categories in the order of the legend.
    pub values: Vec<Category>,
}

impl Categories {
    /// The index of the first category whose value the feature has.
    pub fn index_of(&self, feature: &MapFeature) -> Option<usize> {
        let value = feature.property(&self.property)?;
        self.values.iter().position(|category| value.holds(&category.value))
    }
}

/// One category.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The value; a feature whose property is a list fits when the list holds it.
    pub value: Value,
    /// Its name in the legend.
    #[serde(default)]
    pub title: Option<LocalText>,
    /// A style of the base map by name, below `style`.
    #[serde(default)]
    pub look: Option<String>,
    /// Its style, laid over that of the layer.
    #[serde(default)]
    pub style: Style,
    /// Its labels, in place of those of the layer.
    #[serde(default)]
    pub labels: Option<LabelStyle>,
}
