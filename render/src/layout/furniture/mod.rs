//! Legend, locator, scale bar and north arrow: what stands on the map, and where.

pub(super) mod corners;
pub(super) mod graticule;
pub(super) mod inset;
pub(super) mod legend;
pub(super) mod north_arrow;
pub(super) mod numbers;
pub(super) mod scale_bar;

use geo_types::Coord;
use tumen_geo_core::{Angle, Length, LonLat};

use self::corners::{Costs, beside_disc};
use self::inset::Locator;
use self::legend::Legend;
use self::scale_bar::ScaleBar;
use super::layers::Layer;
use super::setter::Setter;
use super::sheet::page_rect;
use crate::error::Result;
use crate::project::Frame;
use crate::scene::{Cap, Item, Path, Rect, Stroke};
use crate::spec::{Corner, MapData, MapSpec, Theme};

/// What a legend may hide before it stands better below the map: a symbol of a layer that matters
/// with the beginning of its name costs about twenty.
const MOST_HIDDEN: f64 = 30.0;

/// The furniture of a map.
pub(super) struct Placed {
    /// What stands on the map already, with the space outside a round one.
    pub(super) places: Vec<Rect>,
    pub(super) items: Vec<Item>,
    /// Where the pieces are that stand on the map.
    pub(super) stands: Stands,
    /// What found no room on the map.
    pub(super) below: Below,
    /// The latitude at which the scale bar is true, degrees.
    pub(super) bar_at: Option<f64>,
    pub(super) warnings: Vec<String>,
}

/// Where furniture stands, on the map or below it, pt.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stands {
    /// The legend.
    pub legend: Option<Rect>,
    /// The scale bar, its length on the ground, and its number of segments.
    pub scale_bar: Option<(Rect, Length, u32)>,
    /// The north arrow, and where it points: clockwise from up.
    pub north_arrow: Option<(Rect, Angle)>,
}

/// Furniture that stands below the map, in a row or, where that is too wide, one below the other.
#[derive(Default)]
pub(super) struct Below {
    legend: Option<Legend>,
    bar: Option<ScaleBar>,
    stacked: bool,
}

impl Below {
    /// Space between the pieces, pt.
    const GAP: f64 = 12.0;

    /// Width and height, pt; nothing when it is empty.
    pub(super) fn size(&self) -> (f64, f64) {
        let legend = self.legend.as_ref().map_or((0.0, 0.0), Legend::size);
        let bar = self.bar.as_ref().map_or((0.0, 0.0), ScaleBar::size);
        if self.stacked {
            return (legend.0.max(bar.0), legend.1 + bar.1);
        }
        let gap = if legend.0 > 0.0 && bar.0 > 0.0 { Self::GAP } else { 0.0 };
        (legend.0 + gap + bar.0, legend.1.max(bar.1))
    }

    /// Gives up what is wider than `most` pt, with a warning for each piece.
    fn fit(&mut self, most: f64) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.legend.take_if(|legend| legend.size().0 > most).is_some() {
            warnings.push("no room for the legend".to_owned());
        }
        if self.bar.take_if(|bar| bar.size().0 > most).is_some() {
            warnings.push("no room for the scale bar".to_owned());
        }
        self.stacked = self.size().0 > most;
        warnings
    }

    /// Adds where the pieces stand with the top left corner at (`left`, `top`).
    pub(super) fn stand(&self, left: f64, top: f64, stands: &mut Stands) {
        let (mut x, mut y) = (left, top);
        if let Some(legend) = &self.legend {
            let (width, height) = legend.size();
            stands.legend = Some(Rect::new(x, top, x + width, top + height));
            if self.stacked {
                y += height;
            } else {
                x += width + Self::GAP;
            }
        }
        if let Some(bar) = &self.bar {
            let (width, height) = bar.size();
            let place = Rect::new(x, y, x + width, y + height);
            stands.scale_bar = Some((place, bar.length(), bar.segments()));
        }
    }

    /// The pieces, where they stand.
    pub(super) fn draw(&self, stands: &Stands, theme: &Theme) -> Vec<Item> {
        let mut out = Vec::new();
        if let (Some(legend), Some(place)) = (&self.legend, &stands.legend) {
            out.extend(legend.draw(place, theme));
        }
        if let (Some(bar), Some((place, ..))) = (&self.bar, &stands.scale_bar) {
            out.extend(bar.draw(place, theme));
        }
        out
    }
}

/// Places the furniture that `spec` asks for.
///
/// # Errors
/// What `data` reports of the layers of the locator.
pub(super) fn furniture(
    spec: &MapSpec,
    data: &dyn MapData,
    frame: &Frame,
    layers: &[Layer<'_>],
    theme: &Theme,
    setter: &mut Setter<'_>,
) -> Result<Placed> {
    let map = page_rect(&frame.rect());
    let mut costs = Costs::new(map, frame.disc());
    for layer in layers {
        costs.add(layer);
    }
    let mut out = Placed {
        places: Vec::new(),
        items: Vec::new(),
        stands: Stands::default(),
        below: Below::default(),
        bar_at: None,
        warnings: Vec::new(),
    };
    let wanted = &spec.furniture;
    if wanted.legend != Corner::None
        && let Some(legend) = Legend::new(layers, wanted, &map, setter)
    {
        match costs.place(wanted.legend, legend.size(), &out.places, MOST_HIDDEN) {
            Some(place) => {
                out.items.extend(panel(&place, theme));
                out.items.extend(legend.draw(&place, theme));
                out.places.push(place);
                out.stands.legend = Some(place);
            }
            None => out.below.legend = Some(legend),
        }
    }
    if let Some(inset) = &wanted.inset
        && let Some(locator) = Locator::new(inset, frame)
    {
        match costs.place(inset.corner, locator.size(), &out.places, f64::INFINITY) {
            Some(place) => {
                out.items.extend(locator.draw(&place, spec, data, frame, theme, setter)?);
                out.places.push(place);
            }
            None => out.warnings.push("no room for the locator".to_owned()),
        }
    }
    scale_bar(wanted.scale_bar, &costs, frame, theme, setter, &mut out);
    // Where north lies in every direction an arrow only misleads.
    let arrow = match wanted.north_arrow {
        Corner::Auto if frame.is_whole() => Corner::None,
        corner => corner,
    };
    if let Some(place) = costs.place(arrow, north_arrow::SIZE, &out.places, f64::INFINITY)
        && let Some(north) = frame.north_at(middle(&place))
    {
        out.items.extend(north_arrow::draw(&place, north, theme, setter));
        out.places.push(place);
        out.stands.north_arrow = Some((place, north));
    }
    out.warnings.extend(out.below.fit(frame.rect().width()));
    out.places.extend(frame.disc().into_iter().flat_map(|disc| beside_disc(&map, disc)));
    Ok(out)
}

fn scale_bar(
    corner: Corner,
    costs: &Costs,
    frame: &Frame,
    theme: &Theme,
    setter: &mut Setter<'_>,
    out: &mut Placed,
) {
    if corner == Corner::None {
        return;
    }
    let center = frame.rect().center();
    let Some(bar) = ScaleBar::new(frame, center, setter) else { return };
    let Some(place) = costs.place(corner, bar.size(), &out.places, f64::INFINITY) else {
        out.below.bar = Some(bar);
        out.bar_at = frame.to_lonlat(center).map(LonLat::lat);
        return;
    };
    // Made anew for its place, where the same length may be a little longer; but beside a round map
    // and beside the earth the bar is that of the middle.
    let page = middle(&place);
    let here = frame.shows(page).then(|| ScaleBar::new(frame, page, setter)).flatten();
    let (at, bar) = match here {
        Some(there) => (page, there),
        None => (center, bar),
    };
    let (w, h) = bar.size();
    let place = Rect::new(page.x - w / 2.0, page.y - h / 2.0, page.x + w / 2.0, page.y + h / 2.0);
    out.items.extend(panel(&place, theme));
    out.items.extend(bar.draw(&place, theme));
    out.places.push(place);
    out.stands.scale_bar = Some((place, bar.length(), bar.segments()));
    out.bar_at = frame.to_lonlat(at).map(LonLat::lat);
}

fn middle(place: &Rect) -> Coord {
    let at = place.center();
    Coord { x: f64::from(at.x), y: f64::from(at.y) }
}

/// The box below a piece of furniture.
pub(super) fn panel(place: &Rect, theme: &Theme) -> Vec<Item> {
    let stroke =
        Stroke { color: theme.quiet.with_alpha(150), width: 0.4, dash: Vec::new(), cap: Cap::Butt };
    vec![
        Item::Fill { path: Path::rect(place), color: theme.panel },
        Item::Stroke { path: Path::rect(place), stroke },
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use geo_types::polygon;
    use tumen_geo_core::Bbox;

    use super::super::compose;
    use super::*;
    use crate::spec::{LayerSpec, MapFeature, Relief};
    use crate::text::testing::book;

    /// One area round Hunchun.
    struct Land;

    impl MapData for Land {
        fn features(&self, _: &LayerSpec, _: &Bbox, _: Option<i32>) -> Result<Vec<MapFeature>> {
            let geometry = polygon![(x: 129.0, y: 42.0), (x: 132.0, y: 42.0), (x: 130.5, y: 43.5)];
            Ok(vec![MapFeature {
                id: "land".to_owned(),
                geometry: geometry.into(),
                names: BTreeMap::new(),
                properties: BTreeMap::new(),
                rank: 1,
            }])
        }

        fn relief(&self, _: &Bbox) -> Option<Relief> {
            None
        }

        fn credits(&self, _: &[&str]) -> Vec<String> {
            Vec::new()
        }

        fn extent_of(&self, _: &[String]) -> Result<Bbox> {
            Ok(Bbox { west: 129.0, south: 42.0, east: 132.0, north: 43.5 })
        }
    }

    fn map(head: &str, title: &str) -> super::super::Composed {
        let layer = format!(
            "[[layers]]\nid = 'land'\nsource = 'x'\ncoverage = true\ntitle = '{title}'\n\
             style = {{ fill = '#aabbcc' }}"
        );
        let spec = MapSpec::from_toml(&format!("{head}\n{layer}")).unwrap();
        compose(&spec, &Land, &book()).unwrap()
    }

    #[test]
    fn a_legend_beside_a_disc_goes_below_it() {
        let round = "extent = { features = ['land'], round = true }\npage = { width_mm = 90 ";
        let free = map(&format!("{round} }}"), "A zone of some size and name");
        assert_eq!(free.warnings, Vec::<String>::new());
        let below = free.scene.height - free.explain.map.y1;
        assert!(below > 50.0, "{below}");
        let fixed = map(&format!("{round}, height_mm = 100 }}"), "A zone of some size and name");
        assert!((fixed.scene.height - 283.46).abs() < 0.01, "{}", fixed.scene.height);
        assert!(fixed.scene.height - fixed.explain.map.y1 >= below - 0.01);
    }

    #[test]
    fn a_wide_entry_is_wrapped_rather_than_dropped() {
        let small = "extent = { features = ['land'] }\npage = { width_mm = 60 }\n";
        let wide = "A legend entry that is wider than the page it should stand on could ever be";
        let map = map(small, wide);
        assert_eq!(map.warnings, Vec::<String>::new());
        assert!(map.scene.height - map.explain.map.y1 > 30.0, "the legend stands below the map");
    }

    #[test]
    fn the_scale_line_says_how_far_the_bar_is_true() {
        let said = |extent: &str| {
            let map = map(&format!("extent = {{ bbox = {extent} }}"), "Zone");
            format!("{:?}", map.scene.items).contains("scale bar true at")
        };
        assert!(said("[100, 20, 150, 60]"));
        assert!(!said("[130, 42, 131, 43]"));
    }
}
