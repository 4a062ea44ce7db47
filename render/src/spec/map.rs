//! The map spec: the sheet, its layers and its furniture.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use tumen_geo_core::Bbox;

use super::furniture::Furniture;
use super::layer::LayerSpec;
use super::sheet::Page;
use super::style::Style;
use super::text::LocalText;
use super::theme::{Theme, ThemeChoice};
use crate::error::{Error, ErrorKind, Result};

/// Everything about one map. Each field has a default; an empty text is a valid spec, whose extent
/// the caller's features decide.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MapSpec {
    /// Title above the map.
    pub title: Option<LocalText>,
    /// Line below the title.
    pub subtitle: Option<LocalText>,
    /// Remarks below the map, before the credits.
    pub notes: Option<LocalText>,
    /// What the map shows.
    pub extent: Extent,
    /// `auto`; `auto areas`, `auto shapes` or `auto distances` for what is to be kept; a name
    /// (`utm`, `laea`, `albers`, `lcc`, `mercator`, `equirectangular`, `equal-earth`, `robinson`,
    /// `orthographic`); a code such as `EPSG:32652`; or a PROJ string on WGS 84 in metres. With the
    /// feature `proj` any code, PROJ string or WKT of a plane in metres.
    pub projection: String,
    /// The paper.
    pub page: Page,
    /// One or two languages; names in the second stand below those in the first.
    pub languages: Vec<String>,
    /// The year whose state is shown; passed to the caller's data.
    pub year: Option<i32>,
    /// Name of the base map to paint below, see [`MapSpec::with_base`].
    pub base: Option<String>,
    /// Layers of the base map to leave out.
    pub without: Vec<String>,
    /// Colours of paper, sea and text; a theme of the base map by name, or in place.
    pub theme: Option<ThemeChoice>,
    /// The layers, first at the bottom.
    pub layers: Vec<LayerSpec>,
    /// Legend, scale bar and the like.
    pub furniture: Furniture,
    /// Small multiples: the same map of several years side by side.
    pub multiples: Option<Multiples>,
}

impl Default for MapSpec {
    fn default() -> Self {
        Self {
            title: None,
            subtitle: None,
            notes: None,
            extent: Extent::default(),
            projection: "auto".to_owned(),
            page: Page::default(),
            languages: vec!["en".to_owned()],
            year: None,
            base: Some("base".to_owned()),
            without: Vec::new(),
            theme: None,
            layers: Vec::new(),
            furniture: Furniture::default(),
            multiples: None,
        }
    }
}

impl MapSpec {
    /// Reads a spec.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] for what is not TOML or has an unknown field, with its line;
    /// [`ErrorKind::Spec`] for what contradicts itself.
    ///
    /// ```
    /// let spec = tumen_render::spec::MapSpec::from_toml("title = 'Tumen'\npage = { ppi = 300 }")?;
    /// assert_eq!(spec.page.ppi, 300.0);
    /// # Ok::<(), tumen_render::Error>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Self> {
        let spec: Self = toml::from_str(text)
            .map_err(|e| Error::new(ErrorKind::Format, e.to_string().trim_end().to_owned()))?;
        spec.checked()
    }

    /// Reads a spec written as JSON.
    ///
    /// # Errors
    /// As [`from_toml`](Self::from_toml).
    pub fn from_json(text: &str) -> Result<Self> {
        let spec: Self =
            serde_json::from_str(text).map_err(|e| Error::new(ErrorKind::Format, e.to_string()))?;
        spec.checked()
    }

    fn checked(self) -> Result<Self> {
        self.page.size_pt()?;
        self.extent.bbox().map_err(|e| e.at("extent"))?;
        if let Some(inset) = &self.furniture.inset {
            inset.extent.bbox().map_err(|e| e.at("furniture.inset.extent"))?;
        }
        check_ids(&self.layers)?;
        Ok(self)
    }

    /// The theme: the one given, or the default one.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] for a theme by name, before [`with_base`](Self::with_base) found it.
    pub fn theme(&self) -> Result<Theme> {
        match &self.theme {
            None => Ok(Theme::default()),
            Some(ThemeChoice::Given(theme)) => Ok(*theme),
            Some(ThemeChoice::Named(name)) => Err(unknown("theme", name, std::iter::empty())
                .with_hint("lay the map over a base")
                .at("theme")),
        }
    }

    /// This map over a base map: the layers of `base` come first, but for those left out by
    /// [`without`](Self::without) and those that a layer of this map replaces by having its id; a
    /// layer with [`under`](LayerSpec::under) goes below that layer. The theme is this map's if it
    /// has one.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] when `without`, `under`, `theme` or a `look` names nothing of the base
    /// map.
    pub fn with_base(mut self, base: &BaseSpec) -> Result<Self> {
        for layer in &mut self.layers {
            layer.take_looks(&base.looks)?;
        }
        let known = |id: &String| base.layers.iter().any(|layer| layer.id == *id);
        let no_layer = |id: &str| unknown("layer", id, base.layers.iter().map(|layer| &layer.id));
        if let Some(id) = self.without.iter().find(|id| !known(id)) {
            return Err(no_layer(id).at_item(id).at("without"));
        }
        for layer in &self.layers {
            if let Some(id) = layer.under.as_ref().filter(|id| !known(id)) {
                return Err(no_layer(id).at("under").in_layer(&layer.id));
            }
        }
        let mut layers = Vec::new();
        for layer in &base.layers {
            layers.extend(
                self.layers.iter().filter(|l| l.under.as_ref() == Some(&layer.id)).cloned(),
            );
            let replaced = self.layers.iter().any(|own| own.id == layer.id);
            if !replaced && !self.without.contains(&layer.id) {
                let mut layer = layer.clone();
                layer.take_looks(&base.looks)?;
                layers.push(layer);
            }
        }
        layers.extend(self.layers.into_iter().filter(|layer| layer.under.is_none()));
        self.layers = layers;
        let name = match &self.theme {
            Some(ThemeChoice::Named(name)) => Some(name),
            Some(ThemeChoice::Given(_)) => None,
            None => Some(&base.theme),
        };
        if let Some(name) = name {
            let no_theme = || unknown("theme", name, base.themes.keys()).at("theme");
            let theme = base.themes.get(name).ok_or_else(no_theme)?;
            self.theme = Some(ThemeChoice::Given(*theme));
        }
        check_ids(&self.layers)?;
        Ok(self)
    }
}

/// An error for a name that a base map does not have.
pub(super) fn unknown<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a String>,
) -> Error {
    let known: Vec<&str> = known.map(String::as_str).collect();
    Error::new(ErrorKind::Spec, format!("the base map has no {what} '{name}'"))
        .with_hint(format!("it has {}", known.join(", ")))
}

fn check_ids(layers: &[LayerSpec]) -> Result<()> {
    for (at, layer) in layers.iter().enumerate() {
        if layers.iter().take(at).any(|earlier| earlier.id == layer.id) {
            return Err(Error::new(
                ErrorKind::Spec,
                format!("two layers have the id '{}'", layer.id),
            )
            .with_hint("give each layer an id of its own")
            .at(&format!("layers.{at}.id")));
        }
    }
    Ok(())
}

/// Small multiples: the map once for each year, on one page, with one legend.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Multiples {
    /// The years, in the order of the maps.
    pub years: Vec<i32>,
    /// Number of columns; what suits the page when not given.
    pub columns: Option<usize>,
}

/// A base map: layers, themes and looks that maps share.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BaseSpec {
    /// The theme of maps that name none.
    pub theme: String,
    /// Colours of paper, sea and text, by name.
    pub themes: BTreeMap<String, Theme>,
    /// Styles by name, for layers that say `look = "NAME"`.
    pub looks: BTreeMap<String, Style>,
    /// The layers, first at the bottom.
    pub layers: Vec<LayerSpec>,
}

impl BaseSpec {
    /// Reads a base map.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] for what is not TOML or has an unknown field, with its line.
    pub fn from_toml(text: &str) -> Result<Self> {
        let base: Self = toml::from_str(text)
            .map_err(|e| Error::new(ErrorKind::Format, e.to_string().trim_end().to_owned()))?;
        check_ids(&base.layers)?;
        Ok(base)
    }
}

/// What the map shows: features by id, or a box. Without either, the caller's features.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Extent {
    /// Ids of features.
    pub features: Vec<String>,
    /// West, south, east, north in degrees; west > east crosses ±180°.
    pub bbox: Option<[f64; 4]>,
    /// Space around it, as a share of its size.
    pub margin: Option<f64>,
    /// Whether the map is a disc: a hemisphere, or the ground round a place.
    pub round: bool,
}

impl Extent {
    /// The box given, checked; `None` when the extent is not a box.
    ///
    /// # Errors
    /// [`ErrorKind::Spec`] when the numbers are no box on the earth.
    pub fn bbox(&self) -> Result<Option<Bbox>> {
        let Some([west, south, east, north]) = self.bbox else { return Ok(None) };
        let fits = [west, east].iter().all(|lon| lon.abs() <= 180.0)
            && -90.0 <= south
            && south < north
            && north <= 90.0
            && (east - west).abs() > 0.0;
        if !fits {
            return Err(Error::new(
                ErrorKind::Spec,
                format!("the extent [{west}, {south}, {east}, {north}] is no box on the earth"),
            )
            .with_hint("write bbox = [west, south, east, north] in degrees, longitude first")
            .at("bbox"));
        }
        Ok(Some(Bbox { west, south, east, north }))
    }

    /// Space around the extent as a share of its size: as given, else 0.12 around features and
    /// none around a box.
    pub fn margin(&self) -> f64 {
        self.margin.unwrap_or(if self.bbox.is_some() { 0.0 } else { 0.12 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Color;

    #[test]
    fn an_empty_spec_is_valid_and_unknown_fields_are_not() {
        assert_eq!(MapSpec::from_toml("").unwrap(), MapSpec::default());
        let error = MapSpec::from_toml("tilte = 'x'").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Format);
        assert!(error.to_string().contains("tilte"), "{error}");
        let error = MapSpec::from_json("{\n  \"tilte\": \"x\"\n}").unwrap_err().to_string();
        assert!(error.contains("tilte") && error.contains("line 2"), "{error}");
        let layer =
            "{\"layers\": [{\"id\": \"a\", \"source\": \"b\", \"query\": {\"ids\": [\"c\"]}}]}";
        assert_eq!(
            MapSpec::from_json(layer).unwrap(),
            MapSpec::from_toml("layers = [{ id = 'a', source = 'b', query = { ids = ['c'] } }]")
                .unwrap()
        );
        let error = MapSpec::from_toml("page = { width_px = 100 }").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Size);
    }

    #[test]
    fn a_map_lies_over_its_base() {
        let base = BaseSpec::from_toml(
            "theme = 'print'\n[themes.print]\nsea = '#112233'\n[looks.ferry]\nstroke_width_pt = 2\n\
             [[layers]]\nid = 'land'\nsource = 'base:land'\n\
             [[layers]]\nid = 'rail'\nsource = 'base:rail'\n\
             [[layers]]\nid = 'places'\nsource = 'base:places'",
        )
        .unwrap();
        let spec = |text: &str| MapSpec::from_toml(text).unwrap();
        let map = spec(
            "without = ['rail']\n[[layers]]\nid = 'ports'\nsource = 'c'\nlook = 'ferry'\n\
             [[layers]]\nid = 'zones'\nsource = 'c'\nunder = 'places'",
        );
        let map = map.with_base(&base).unwrap();
        let ids: Vec<&str> = map.layers.iter().map(|l| l.id.as_str()).collect();
        assert_eq!(ids, ["land", "zones", "places", "ports"]);
        assert_eq!(map.layers[3].style.stroke_width_pt, Some(2.0));
        assert_eq!(map.theme().unwrap().sea, Color::rgb(0x11, 0x22, 0x33));
        assert!(spec("without = ['roads']").with_base(&base).is_err());
        assert!(spec("theme = 'pink'").with_base(&base).is_err());
    }

    #[test]
    fn a_box_is_checked() {
        let extent = |numbers: [f64; 4]| Extent { bbox: Some(numbers), ..Extent::default() };
        assert!(extent([115.0, 41.0, 136.0, 54.0]).bbox().unwrap().is_some());
        assert!(extent([41.0, 115.0, 54.0, 136.0]).bbox().is_err());
        assert!(extent([f64::NAN, 0.0, 1.0, 1.0]).bbox().is_err());
    }
}
