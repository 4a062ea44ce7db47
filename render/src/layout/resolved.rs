//! A map after every default, look, theme and class, before it is drawn: what other programs need to
//! draw the same map from its features.

use geo_types::Geometry;
use tumen_geo_core::Bbox;

pub use super::furniture::Stands;

use super::compose::{Laid, lay_out, scale_line};
use super::drawing::flow::bulged_on_earth;
use super::furniture::graticule::steps_degrees;
use super::furniture::north_arrow;
use super::layers::combine::Parts;
use super::layers::{Class, Layer, Seen};
use super::setter::Setter;
use super::sheet::page_rect;
use crate::error::{Error, ErrorKind, Result};
use crate::project::{Frame, MapPlace};
use crate::scene::{Rect, Scene};
use crate::spec::{
    Chart, LabelStyle, LocalText, MapData, MapFeature, MapSpec, ReliefStyle, Style, Theme, Value,
};
use crate::text::FontBook;

/// A map, resolved.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// Colours of the sheet.
    pub theme: Theme,
    /// Where the page lies in the plane of the projection.
    pub place: MapPlace,
    /// Width and height of the page, pt.
    pub page: (f64, f64),
    /// The rectangle of the page that the map fills, pt.
    pub map: Rect,
    /// Where the map with what stands below it ends, pt.
    pub bottom: f64,
    /// The box of the earth that the map shows, with a little more around it.
    pub bbox: Bbox,
    /// The scale in the middle of the map is 1 to this, on the printed page.
    pub denominator: f64,
    /// The layers in sight, first at the bottom.
    pub layers: Vec<ResolvedLayer>,
    /// Where legend, scale bar and north arrow stand.
    pub stands: Stands,
    /// The north arrow as it stands, on a page of its own.
    pub north_mark: Option<Scene>,
    /// Degrees between meridians and between parallels, if they are drawn.
    pub graticule: Option<(f64, f64)>,
    /// Projection and scale in words.
    pub scale_line: String,
    /// Whose data is shown.
    pub credits: Vec<String>,
}

/// A layer of a resolved map.
///
/// # Guarantees
/// `by` tells as many classes apart as there are `classes` without the last, which is the style of
/// the features that are in none of them. The class of each feature is a place in `classes`.
#[derive(Clone, Debug)]
pub struct ResolvedLayer {
    /// Its id, unique in the map.
    pub id: String,
    /// Where its features come from.
    pub source: String,
    /// Its name.
    pub title: Option<LocalText>,
    /// Heading under which the legend lists it.
    pub group: Option<LocalText>,
    /// Whether it may appear in the legend.
    pub legend: bool,
    /// Smallest scale denominator at which it shows.
    pub min_scale: Option<f64>,
    /// Largest scale denominator at which it shows.
    pub max_scale: Option<f64>,
    /// Whether its areas are a coverage, filled in one go without hairlines.
    pub coverage: bool,
    /// Whether it is drawn on land only.
    pub on_land: bool,
    /// Whether it is a shaded relief, which has no features.
    pub relief: Option<ReliefStyle>,
    /// The charts at its features.
    pub chart: Option<Chart>,
    /// What decides to which class a feature belongs.
    pub by: By,
    /// Sizes by a number, which take the place of those of the classes.
    pub size: Option<Sizes>,
    /// How the features are drawn, the first on top.
    pub classes: Vec<ResolvedClass>,
    /// The features in sight with their classes, in the order of their ids. Lines that bulge are the
    /// arcs that the map draws.
    pub features: Vec<(MapFeature, usize)>,
}

/// What decides to which class a feature belongs.
#[derive(Clone, Debug, PartialEq)]
pub enum By {
    /// There is one class.
    Nothing,
    /// The first of the values that the property is, or holds where it is a list.
    Values {
        /// The property; `rank` and `id` are those of the feature.
        property: String,
        /// A value for each class but the last.
        values: Vec<Value>,
    },
    /// A number; one on a bound belongs to the class above it.
    Bounds {
        /// The property.
        property: String,
        /// The bounds between the classes, rising.
        between: Vec<f64>,
        /// Where the outer classes end; open when not given.
        ends: Option<(f64, f64)>,
    },
}

/// Sizes by a number: of symbols by their area, of lines by their width.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    /// The property.
    pub property: String,
    /// The value drawn at the largest size.
    pub largest: f64,
    /// Diameter or width for it, pt.
    pub largest_pt: f64,
    /// Nothing is smaller, pt.
    pub smallest_pt: f64,
    /// Whether the area is proportional to the value, not the size.
    pub area: bool,
}

/// A way in which features of a layer are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedClass {
    /// How they look.
    pub style: Style,
    /// Their name in the legend.
    pub title: Option<LocalText>,
    /// How they are named.
    pub labels: Option<LabelStyle>,
}

/// Resolves the map that `spec` asks for with the features of `data`, as
/// [`compose`](crate::compose) does before it draws. The fonts decide how much room furniture takes.
///
/// # Errors
/// As [`compose`](crate::compose); [`ErrorKind::Spec`] for small multiples, which are several maps.
pub fn resolve(spec: &MapSpec, data: &dyn MapData, fonts: &FontBook) -> Result<Resolved> {
    if spec.multiples.is_some() {
        return Err(Error::new(ErrorKind::Spec, "small multiples are several maps")
            .with_hint("choose one year")
            .at("multiples"));
    }
    let theme = spec.theme()?;
    let mut setter = Setter::new(fonts, &spec.languages);
    let (sheet, laid) = lay_out(spec, data, &theme, &mut setter)?;
    let Laid { frame, layers, furniture, bottom, .. } = laid;
    let seen = |layer: &&Layer<'_>| !layer.seen.is_empty() || layer.spec.style.relief.is_some();
    let sources: Vec<&str> =
        layers.iter().filter(seen).map(|layer| layer.spec.source.as_str()).collect();
    let credits = data.credits(&sources);
    let scale_line = scale_line(&frame, furniture.bar_at);
    let foot = sheet.foot(spec, &scale_line, &credits, &mut setter);
    let wanted = &spec.furniture;
    Ok(Resolved {
        theme,
        place: frame.place(),
        page: (sheet.width(), sheet.page_height(bottom, &foot)),
        map: page_rect(&frame.rect()),
        bottom,
        bbox: frame.bbox(),
        denominator: frame.denominator(),
        layers: layers.iter().filter(seen).flat_map(|layer| resolved(layer, &frame)).collect(),
        stands: furniture.stands,
        north_mark: furniture.stands.north_arrow.map(|(place, north)| {
            let (width, height) = (place.width(), place.height());
            let page = Rect { x0: 0.0, y0: 0.0, x1: width, y1: height };
            let items = north_arrow::draw(&page, north, &theme, &mut setter);
            let background = theme.paper.with_alpha(0);
            Scene { width, height, background, fonts: fonts.fonts(), items }
        }),
        graticule: wanted.graticule.then(|| steps_degrees(&frame, wanted.graticule_step_deg)),
        scale_line,
        credits,
    })
}

/// A layer; one whose areas share ground is three: the areas that share none, the parts of the ground
/// that is shared, and the outlines of the areas that share it.
///
/// Lines that bulge are the arcs that the map draws, as far as it can: other programs have none.
fn resolved(layer: &Layer<'_>, frame: &Frame) -> Vec<ResolvedLayer> {
    let spec = layer.spec;
    let by = match (&spec.categories, &layer.bounds, &spec.classes) {
        (Some(categories), ..) => By::Values {
            property: categories.property.clone(),
            values: categories.values.iter().map(|category| category.value.clone()).collect(),
        },
        (None, Some(bounds), Some(classes)) => By::Bounds {
            property: classes.property.clone(),
            between: bounds.between().to_vec(),
            ends: bounds.ends(),
        },
        _ => By::Nothing,
    };
    let size = spec.size.as_ref().zip(layer.scale).map(|(size, scale)| {
        let (largest_pt, smallest_pt, area) = scale.sizes();
        let (property, largest) = (size.property.clone(), scale.largest());
        Sizes { property, largest, largest_pt, smallest_pt, area }
    });
    let features = |parted: bool| {
        let of = layer.seen.iter().filter(move |seen| seen.parted == parted);
        let drawn = |seen: &Seen| {
            let mut feature = seen.feature.clone();
            let bulge = layer.classes[seen.class].style.bulge;
            let arc = bulge.and_then(|bulge| bulged_on_earth(&feature.geometry, bulge, frame));
            feature.geometry = arc.unwrap_or(feature.geometry);
            (feature, seen.class)
        };
        of.map(drawn).collect::<Vec<_>>()
    };
    let whole = ResolvedLayer {
        id: spec.id.clone(),
        source: spec.source.clone(),
        title: spec.title.clone(),
        group: spec.group.clone(),
        legend: spec.legend,
        min_scale: spec.min_scale,
        max_scale: spec.max_scale,
        coverage: spec.coverage,
        on_land: spec.on_land,
        relief: spec.style.relief.clone(),
        chart: spec.chart.clone().filter(|_| layer.charts.is_some()),
        by,
        size,
        classes: layer.classes.iter().map(class).collect(),
        features: features(false),
    };
    let Some(parts) = &layer.parts else { return vec![whole] };
    let outlines = ResolvedLayer {
        id: format!("{}-outlines", spec.id),
        legend: false,
        classes: layer.classes.iter().map(outline).collect(),
        features: features(true),
        ..whole.clone()
    };
    let parts = ground(&whole, parts);
    let all = [whole, parts, outlines].into_iter();
    all.filter(|layer| !layer.features.is_empty() || layer.relief.is_some()).collect()
}

fn class(class: &Class) -> ResolvedClass {
    ResolvedClass {
        style: class.style.clone(),
        title: class.title.clone(),
        labels: class.labels.clone(),
    }
}

/// The class of areas whose ground parts fill.
fn outline(of: &Class) -> ResolvedClass {
    let style = Style { fill: None, hatch: None, ..of.style.clone() };
    ResolvedClass { style, ..class(of) }
}

/// The parts in sight of the ground that areas of a layer share, each a class of its own.
fn ground(layer: &ResolvedLayer, parts: &Parts) -> ResolvedLayer {
    let mut out = ResolvedLayer {
        id: format!("{}-parts", layer.id),
        by: By::Nothing,
        classes: Vec::new(),
        features: Vec::new(),
        ..layer.clone()
    };
    let mut ids = Vec::new();
    for part in parts.all.iter().filter(|part| !part.shape.is_empty()) {
        let members = parts.ids_of(part);
        let id = members.join("+");
        let names = match &part.class.title {
            Some(LocalText::ByLanguage(names)) => names.clone(),
            Some(LocalText::Plain(name)) => [("en".to_owned(), name.clone())].into(),
            None => std::collections::BTreeMap::new(),
        };
        let area = Value::Number((part.area.to_km2() * 1e3).round() / 1e3);
        let properties =
            [("members".to_owned(), Value::List(members)), ("area_km2".to_owned(), area)];
        let geometry: Geometry = part.ground.geometry().clone();
        let feature =
            MapFeature { id: id.clone(), geometry, names, properties: properties.into(), rank: 1 };
        out.features.push((feature, out.classes.len()));
        let title = part.class.title.clone().filter(|_| part.listed);
        out.classes.push(ResolvedClass { title, ..class(&part.class) });
        ids.push(Value::Text(id));
    }
    // The last class is that of features in no other: there are none.
    out.classes.push(ResolvedClass { style: Style::default(), title: None, labels: None });
    out.by = By::Values { property: "id".to_owned(), values: ids };
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::testing::Squares;
    use crate::scene::Color;
    use crate::text::testing::book;

    fn map(text: &str) -> Resolved {
        let spec = MapSpec::from_toml(text).unwrap();
        resolve(&spec, &Squares, &book()).unwrap()
    }

    const EXTENT: &str = "extent = { bbox = [129, 42, 132, 44] }\n";

    #[test]
    fn categories_and_their_looks_are_resolved() {
        let map = map(&format!(
            "{EXTENT}[[layers]]\nid = 'a'\nsource = 'x'\nstyle = {{ stroke = '#000000' }}\n\
             [layers.categories]\nproperty = 'id'\n\
             values = [{{ value = 'west', style = {{ fill = '#ff0000' }} }}]"
        ));
        let layer = &map.layers[0];
        assert_eq!(
            layer.by,
            By::Values { property: "id".into(), values: vec![Value::Text("west".into())] }
        );
        assert_eq!(layer.classes.len(), 2);
        assert_eq!(layer.classes[0].style.fill, Some(Color::rgb(255, 0, 0)));
        assert_eq!(layer.classes[0].style.stroke, Some(Color::BLACK));
        let of = |id: &str| layer.features.iter().find(|(f, _)| f.id == id).unwrap().1;
        assert_eq!((of("west"), of("east")), (0, 1));
    }

    #[test]
    fn shared_ground_is_a_layer_of_its_own() {
        let map = map(&format!(
            "{EXTENT}[[layers]]\nid = 'a'\nsource = 'x'\nstyle = {{ fill = '#ff0000' }}\ncombine = {{}}"
        ));
        let ids: Vec<&str> = map.layers.iter().map(|layer| layer.id.as_str()).collect();
        assert_eq!(ids, ["a-parts", "a-outlines"]);
        let parts: Vec<&str> = map.layers[0].features.iter().map(|(f, _)| f.id.as_str()).collect();
        assert_eq!(parts, ["east", "west", "east+west"]);
        assert!(map.layers[1].classes.iter().all(|class| class.style.fill.is_none()));
    }

    #[test]
    fn several_maps_are_refused() {
        let spec = MapSpec::from_toml(&format!("{EXTENT}multiples = {{ years = [1985] }}"));
        assert!(resolve(&spec.unwrap(), &Squares, &book()).is_err());
    }
}
