//! From a spec to a scene.

use geo_types::{Coord, Rect as PlaneRect};

use super::corners::Costs;
use super::describe::describe;
use super::graticule::{Graticule, neat_line};
use super::labels::label;
use super::layers::Layer;
use super::legend::Legend;
use super::north_arrow;
use super::palette;
use super::path::areas;
use super::relief::relief;
use super::scale_bar::ScaleBar;
use super::setter::Setter;
use super::sheet::{Sheet, page_rect, scale_text};
use super::tone;
use crate::error::{Error, ErrorKind, Result};
use crate::project::{Choice, Frame, MapPlace, choose};
use crate::scene::{Cap, Item, Path, Rect, Scene, Stroke};
use crate::spec::{Corner, MapData, MapSpec, Theme};
use crate::text::FontBook;

/// A map, laid out.
#[derive(Clone, Debug)]
pub struct Composed {
    /// What to paint.
    pub scene: Scene,
    /// What the reader of the map should know is missing: labels without a place, characters that
    /// no font has, furniture without room.
    pub warnings: Vec<String>,
    /// Whose data is shown.
    pub credits: Vec<String>,
    /// What is to be seen, in English, for readers who cannot see it.
    pub description: String,
    /// Where the map lies on the ground.
    pub place: MapPlace,
    /// Why the map looks as it does.
    pub explain: Explain,
}

/// Why a map looks as it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Explain {
    /// The projection as a PROJ string.
    pub projection: String,
    /// Its name and place.
    pub projection_name: String,
    /// Why it was taken.
    pub reason: String,
    /// The scale in the middle of the map is 1 to this, on the printed page.
    pub scale_denominator: f64,
    /// The largest deviation from that scale anywhere in the map, as a share.
    pub scale_error: f64,
    /// Number of labels on the map.
    pub labels_placed: usize,
    /// Number of those that stand at the end of a leader line.
    pub labels_on_leaders: usize,
    /// What the labels without a place would have said.
    pub labels_left_out: Vec<String>,
    /// Number of labels without a place that nobody misses: those of the base map.
    pub labels_quiet_left_out: usize,
    /// The smallest difference (CIEDE2000) between two classes of a layer that colour alone tells
    /// apart, under the least favourable colour vision; `None` when there are no such classes.
    pub colour_difference: Option<f64>,
    /// The rectangle of the page that the map fills, pt.
    pub map: Rect,
}

/// Lays out the map that `spec` asks for with the features of `data` in `fonts`.
///
/// The same input gives the same scene, on every machine.
///
/// # Errors
/// [`ErrorKind::Spec`] for an extent that is none, [`ErrorKind::Projection`] for a projection that
/// cannot be used there, [`ErrorKind::Size`] for a page that is too small, and what `data` reports.
pub fn compose(spec: &MapSpec, data: &dyn MapData, fonts: &FontBook) -> Result<Composed> {
    let theme = spec.theme()?;
    let mut setter = Setter::new(fonts, &spec.languages);
    let (width, height) = spec.page.size_pt()?;
    let sheet = Sheet::new(spec, (width, height), &mut setter);
    let (frame, reason) = frame(spec, data, &sheet, &mut setter)?;
    let map = page_rect(&frame.rect());
    let denominator = frame.denominator();
    // A quarter of a pixel cannot be seen, and a tenth of a point is enough for any printer.
    let fine_pt = (0.25 * 72.0 / spec.page.ppi).max(0.06);

    let mut layers = Vec::new();
    for layer in spec.layers.iter().filter(|layer| layer.shows_at(denominator)) {
        layers.push(Layer::load(layer, data, spec.year, &frame, fine_pt)?);
    }
    tone::apply(&mut layers, &theme);
    let palette = palette::check(&layers, &theme, setter.languages);
    let mut inside = vec![Item::Fill { path: sea(&frame), color: theme.sea }];
    for layer in &layers {
        inside.extend(relief(layer, &layers, data, &frame, spec.page.ppi / 72.0));
        inside.extend(layer.draw());
    }
    let graticule = spec.furniture.graticule.then(|| Graticule::new(&frame));
    inside.extend(graticule.iter().flat_map(|g| g.draw(&theme)));

    let mut furniture = furniture(spec, &frame, &layers, &theme, &mut setter);
    let labels = label(&layers, denominator, &map, &furniture.places, &mut setter);
    inside.extend(labels.items);
    inside.append(&mut furniture.items);

    let mut items = vec![Item::Group { clip: Some(Path::rect(&map)), opacity: 1.0, items: inside }];
    match &graticule {
        Some(graticule) => items.extend(graticule.frame(&frame, &theme, &mut setter)),
        None => items.extend(neat_line(&frame, &theme, &[0.0])),
    }
    let sources: Vec<&str> = layers
        .iter()
        .filter(|layer| !layer.seen.is_empty() || layer.spec.style.relief.is_some())
        .map(|layer| layer.spec.source.as_str())
        .collect();
    let credits = data.credits(&sources);
    let foot = sheet.foot(spec, &scale_line(&frame), &credits, &mut setter);
    let bottom = f64::from(map.y1);
    items.extend(sheet.draw(bottom, &foot, &theme));

    let mut warnings: Vec<String> =
        labels.left_out.iter().map(|name| format!("no room for the label {name}")).collect();
    warnings.append(&mut furniture.warnings);
    warnings.extend(palette.warnings);
    warnings.extend(setter.warnings());
    Ok(Composed {
        scene: Scene {
            width: width as f32,
            height: Rect::new(0.0, 0.0, 0.0, sheet.page_height(bottom, &foot)).y1,
            background: theme.paper,
            fonts: fonts.fonts(),
            items,
        },
        warnings,
        credits,
        description: describe(spec, &frame, &layers),
        place: frame.place(),
        explain: Explain {
            projection: frame.definition().to_owned(),
            projection_name: frame.projection_name().to_owned(),
            reason,
            scale_denominator: denominator,
            scale_error: frame.scale_error(),
            labels_placed: labels.placed,
            labels_on_leaders: labels.on_leaders,
            labels_left_out: labels.left_out,
            labels_quiet_left_out: labels.quiet_left_out,
            colour_difference: palette.smallest,
            map,
        },
    })
}

/// The frame of the map and why its projection was chosen.
fn frame(
    spec: &MapSpec,
    data: &dyn MapData,
    sheet: &Sheet,
    setter: &mut Setter<'_>,
) -> Result<(Frame, String)> {
    let extent = match spec.extent.bbox()? {
        Some(bbox) => bbox,
        None if spec.extent.features.is_empty() => {
            return Err(Error::new(ErrorKind::Spec, "the map has no extent").with_hint(
                "write extent = { features = [\"an id\"] } or extent = { bbox = [w, s, e, n] }",
            ));
        }
        None => data.extent_of(&spec.extent.features)?,
    };
    let choice: Choice = choose(&extent, &spec.projection)?;
    let plane = Frame::plane_extent(&choice, &extent);
    // A single point has no size: show some kilometres around it.
    let plane = plane.or_else(|error| {
        let at = choice.projection.forward(extent.center()).ok_or(error)?;
        let (middle, around) = (Coord { x: at.easting, y: at.northing }, Coord { x: 1.0, y: 1.0 });
        Ok::<_, Error>(PlaneRect::new(middle - around, middle + around))
    })?;
    let plane = with_margin(&plane, spec.extent.margin());
    // On a page of fixed height the credits must be known before the map.
    let sources: Vec<&str> = spec.layers.iter().map(|layer| layer.source.as_str()).collect();
    let foot = sheet.foot(spec, "Projection, scale", &data.credits(&sources), setter);
    let rect = sheet.map_rect(plane.height() / plane.width(), foot.height());
    let reason = choice.reason.clone();
    Ok((Frame::fit(choice, &plane, rect)?, reason))
}

/// What is filled before the layers: the map, or the earth where its edge is in sight.
fn sea(frame: &Frame) -> Path {
    if !frame.is_whole() {
        return Path::rect(&page_rect(&frame.rect()));
    }
    let bbox = frame.bbox();
    let (west, east) = (bbox.west + 1e-6, bbox.east_unwrapped() - 1e-6);
    let corner = |x: f64, y: f64| Coord { x, y };
    let earth = PlaneRect::new(corner(west, bbox.south), corner(east, bbox.north));
    areas(&frame.shape(&earth.into(), 2.0, 0.1).polygons)
}

/// The smallest extent of a map, metres.
const SMALLEST: f64 = 2000.0;

fn with_margin(plane: &PlaneRect, margin: f64) -> PlaneRect {
    let add = |size: f64| (size * margin.max(0.0)).max((SMALLEST - size) / 2.0).max(0.0);
    let around = Coord { x: add(plane.width()), y: add(plane.height()) };
    PlaneRect::new(plane.min() - around, plane.max() + around)
}

fn scale_line(frame: &Frame) -> String {
    format!(
        "{} · WGS 84 · {} at print size",
        frame.projection_name(),
        scale_text(frame.denominator())
    )
}

/// Legend, scale bar and north arrow, where they stand, and what found no room.
struct Placed {
    places: Vec<Rect>,
    items: Vec<Item>,
    warnings: Vec<String>,
}

fn furniture(
    spec: &MapSpec,
    frame: &Frame,
    layers: &[Layer<'_>],
    theme: &Theme,
    setter: &mut Setter<'_>,
) -> Placed {
    let mut out = Placed { places: Vec::new(), items: Vec::new(), warnings: Vec::new() };
    let wanted = &spec.furniture;
    let map = page_rect(&frame.rect());
    let mut costs = Costs::new(map);
    for layer in layers {
        costs.add(layer);
    }
    if wanted.legend != Corner::None
        && let Some(legend) = Legend::new(layers, wanted, &map, setter)
    {
        match costs.place(wanted.legend, legend.size(), &out.places) {
            Some(place) => {
                out.items.extend(panel(&place, theme));
                out.items.extend(legend.draw(&place, theme));
                out.places.push(place);
            }
            None => out.warnings.push("no room for the legend".to_owned()),
        }
    }
    if wanted.scale_bar != Corner::None
        && let Some(bar) = ScaleBar::new(frame, frame.rect().center(), setter)
    {
        match costs.place(wanted.scale_bar, bar.size(), &out.places) {
            Some(place) => {
                // Made anew for its place, where the same length may be a little longer.
                let at = place.center();
                let at = Coord { x: f64::from(at.x), y: f64::from(at.y) };
                let bar = ScaleBar::new(frame, at, setter).unwrap_or(bar);
                let (w, h) = bar.size();
                let place =
                    Rect::new(at.x - w / 2.0, at.y - h / 2.0, at.x + w / 2.0, at.y + h / 2.0);
                out.items.extend(panel(&place, theme));
                out.items.extend(bar.draw(&place, theme));
                out.places.push(place);
            }
            None => out.warnings.push("no room for the scale bar".to_owned()),
        }
    }
    if wanted.north_arrow != Corner::None
        && let Some(place) = costs.place(wanted.north_arrow, north_arrow::SIZE, &out.places)
    {
        let at = place.center();
        let at = Coord { x: f64::from(at.x), y: f64::from(at.y) };
        if let Some(north) = frame.north_at(at) {
            out.items.extend(north_arrow::draw(&place, north, theme, setter));
            out.places.push(place);
        }
    }
    out
}

/// The box below a piece of furniture.
fn panel(place: &Rect, theme: &Theme) -> Vec<Item> {
    let stroke =
        Stroke { color: theme.quiet.with_alpha(150), width: 0.4, dash: Vec::new(), cap: Cap::Butt };
    vec![
        Item::Fill { path: Path::rect(place), color: theme.panel },
        Item::Stroke { path: Path::rect(place), stroke },
    ]
}
