//! From a spec to a scene.

use geo_types::{Coord, Rect as PlaneRect};

use super::describe::describe;
use super::furniture::{Placed, furniture};
use super::labels::{Labels, label};
use super::layers::Layer;
use super::multiples;
use super::setter::Setter;
use super::sheet::{Sheet, page_rect, scale_text};
use crate::error::{Error, ErrorKind, Result};
use crate::layout::colour::palette::{self, Palette};
use crate::layout::colour::tone;
use crate::layout::drawing::path::{areas, point};
use crate::layout::drawing::relief::relief;
use crate::layout::furniture::graticule::{Graticule, neat_line};
use crate::layout::furniture::scale_bar::VARIES;
use crate::project::{Choice, Frame, MapPlace, TOLERANCE_PT, choose, choose_round};
use crate::scene::{Item, Path, Rect, Scene};
use crate::spec::{MapData, MapSpec, Theme};
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
    /// Where the map lies on the ground; `None` for a sheet of several maps.
    pub place: Option<MapPlace>,
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
    /// The largest deviation from that scale in the map, in the direction in which it is worst, as a
    /// share: Tissot's indicatrix on a grid of 15 × 15 points.
    pub scale_error: f64,
    /// The largest deviation of the scale of areas from that in the middle of the map, as a share, on
    /// the same grid.
    pub area_error: f64,
    /// How far at most an edge on the page lies from where the projection takes it, pt.
    pub densify_pt: f64,
    /// The same on the ground in the middle of the map, m.
    pub densify_m: f64,
    /// Number of labels on the map.
    pub labels_placed: usize,
    /// Number of those that stand at the end of a leader line.
    pub labels_on_leaders: usize,
    /// What the labels without a place would have said.
    pub labels_left_out: Vec<String>,
    /// What the labels without a place would have said whose lack is no warning: those of the base
    /// map.
    pub labels_quiet_left_out: Vec<String>,
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
    if let Some(wanted) = &spec.multiples {
        return multiples::compose(spec, wanted, data, fonts);
    }
    let theme = spec.theme()?;
    let mut setter = Setter::new(fonts, &spec.languages);
    let (sheet, laid) = lay_out(spec, data, &theme, &mut setter)?;
    let Laid { frame, reason, layers, palette, mut furniture, bottom } = laid;
    let Drawn { mut items, labels, sources } =
        draw_map(spec, data, &frame, &layers, &mut furniture, &theme, &mut setter);
    let scale_line = scale_line(&frame, furniture.bar_at);
    let credits = data.credits(&sources);
    let foot = sheet.foot(spec, &scale_line, &credits, &mut setter);
    items.extend(furniture.below.draw(&furniture.stands, &theme));
    items.extend(sheet.draw(bottom, &foot, &theme));

    let mut warnings: Vec<String> =
        labels.left_out.iter().map(|name| format!("no room for the label {name}")).collect();
    warnings.append(&mut furniture.warnings);
    warnings.extend(palette.warnings);
    warnings.extend(setter.warnings());
    Ok(Composed {
        scene: Scene {
            width: sheet.width() as f32,
            height: Rect::new(0.0, 0.0, 0.0, sheet.page_height(bottom, &foot)).y1,
            background: theme.paper,
            fonts: fonts.fonts(),
            items,
        },
        warnings,
        credits,
        description: describe(spec, &frame, &layers),
        place: Some(frame.place()),
        explain: Explain::new(&frame, reason, labels, palette.smallest),
    })
}

/// Width and height of the sheet that [`compose`] lays out, pt, without what finds no room on the map
/// and then stands below it. No layer is loaded for it, except by small multiples.
///
/// # Errors
/// As [`compose`].
pub fn sheet_size(spec: &MapSpec, data: &dyn MapData, fonts: &FontBook) -> Result<(f64, f64)> {
    if let Some(wanted) = &spec.multiples {
        let Scene { width, height, .. } = multiples::compose(spec, wanted, data, fonts)?.scene;
        return Ok((f64::from(width), f64::from(height)));
    }
    let setter = &mut Setter::new(fonts, &spec.languages);
    let (width, height) = spec.page.size_pt()?;
    let sheet = Sheet::new(spec, (width, height), setter);
    let place = |aspect: f64, under: f64| Ok(sheet.map_rect(aspect, under));
    let (frame, _) = frame(spec, data, &sheet, 0.0, setter, &place)?;
    let sources: Vec<&str> = spec.layers.iter().map(|layer| layer.source.as_str()).collect();
    let credits = data.credits(&sources);
    let foot = sheet.foot(spec, &scale_line(&frame, None), &credits, setter);
    Ok((width, sheet.page_height(frame.rect().max().y, &foot)))
}

impl Explain {
    /// Why the map in `frame` looks as it does.
    pub(super) fn new(
        frame: &Frame,
        reason: String,
        labels: Labels,
        colour_difference: Option<f64>,
    ) -> Self {
        let denominator = frame.denominator();
        let distortion = frame.distortion();
        Self {
            projection: frame.definition().to_owned(),
            projection_name: frame.projection_name().to_owned(),
            reason,
            scale_denominator: denominator,
            scale_error: distortion.scale,
            area_error: distortion.area,
            densify_pt: TOLERANCE_PT,
            densify_m: TOLERANCE_PT * denominator * 0.0254 / 72.0,
            labels_placed: labels.placed,
            labels_on_leaders: labels.on_leaders,
            labels_left_out: labels.left_out,
            labels_quiet_left_out: labels.quiet_left_out,
            colour_difference,
            map: page_rect(&frame.rect()),
        }
    }
}

/// A map without what stands around it.
pub(super) struct Drawn<'a> {
    pub(super) items: Vec<Item>,
    /// Its labels, whose items are in the map already.
    pub(super) labels: Labels,
    /// The sources of what is in sight.
    pub(super) sources: Vec<&'a str>,
}

/// Draws the layers in their frame, with the furniture that stands on them.
pub(super) fn draw_map<'a>(
    spec: &MapSpec,
    data: &dyn MapData,
    frame: &Frame,
    layers: &[Layer<'a>],
    furniture: &mut Placed,
    theme: &Theme,
    setter: &mut Setter<'_>,
) -> Drawn<'a> {
    let map = page_rect(&frame.rect());
    let mut inside = vec![Item::Fill { path: sea(frame), color: theme.sea }];
    let mut sources: Vec<&str> = Vec::new();
    for (at, layer) in layers.iter().enumerate() {
        let shaded = relief(layer, layers, data, frame, spec.page.ppi / 72.0);
        if !layer.seen.is_empty() || !shaded.is_empty() {
            sources.push(&layer.spec.source);
        }
        inside.extend(shaded);
        inside.extend(layer.draw_over(&layers[..at]));
    }
    let step = spec.furniture.graticule_step_deg;
    let graticule = spec.furniture.graticule.then(|| Graticule::new(frame, step));
    inside.extend(graticule.iter().flat_map(|g| g.draw(theme)));
    let mut labels = label(layers, frame.denominator(), &map, &furniture.places, setter);
    inside.append(&mut labels.items);
    let clip = match frame.disc() {
        Some((center, radius)) => Path::circle(point(center), radius as f32),
        None => Path::rect(&map),
    };
    let mut items = vec![Item::Group { clip: Some(clip), opacity: 1.0, items: inside }];
    items.append(&mut furniture.items);
    match &graticule {
        Some(graticule) => items.extend(graticule.frame(frame, theme, setter)),
        None => items.extend(neat_line(frame, theme, &[0.0])),
    }
    Drawn { items, labels, sources }
}

/// A map whose features and furniture have their places.
pub(super) struct Laid<'a> {
    pub(super) frame: Frame,
    reason: String,
    pub(super) layers: Vec<Layer<'a>>,
    palette: Palette,
    pub(super) furniture: Placed,
    /// Where the map with what stands below it ends, pt.
    pub(super) bottom: f64,
}

/// Lays one map out on its sheet.
pub(super) fn lay_out<'a>(
    spec: &'a MapSpec,
    data: &dyn MapData,
    theme: &Theme,
    setter: &mut Setter<'_>,
) -> Result<(Sheet, Laid<'a>)> {
    let (width, height) = spec.page.size_pt()?;
    let sheet = Sheet::new(spec, (width, height), setter);
    let mut laid = Laid::new(spec, data, &sheet, theme, 0.0, setter)?;
    let mut below = laid.below();
    if below > 0.0 && height.is_some() {
        // A page of fixed height makes room for the legend at the expense of the map.
        laid = Laid::new(spec, data, &sheet, theme, below, setter)?;
        below = below.max(laid.below());
    }
    let map = page_rect(&laid.frame.rect());
    let (left, top) = sheet.below_map(&map);
    laid.furniture.below.stand(left, top, &mut laid.furniture.stands);
    laid.bottom = f64::from(map.y1) + below;
    Ok((sheet, laid))
}

impl<'a> Laid<'a> {
    /// Lays the map out with `below` pt between it and the foot of a page of fixed height.
    fn new(
        spec: &'a MapSpec,
        data: &dyn MapData,
        sheet: &Sheet,
        theme: &Theme,
        below: f64,
        setter: &mut Setter<'_>,
    ) -> Result<Self> {
        let place = |aspect: f64, under: f64| Ok(sheet.map_rect(aspect, under));
        let (frame, reason) = frame(spec, data, sheet, below, setter, &place)?;
        let layers = load(spec, data, spec.year, &frame, theme)?;
        let palette = palette::check(&layers, theme, setter.languages);
        let furniture = furniture(spec, data, &frame, &layers, theme, setter)?;
        Ok(Self { frame, reason, layers, palette, furniture, bottom: 0.0 })
    }

    /// The height that the furniture below the map takes, pt.
    fn below(&self) -> f64 {
        let (_, height) = self.furniture.below.size();
        if height > 0.0 { height + Sheet::SPACE_BELOW } else { 0.0 }
    }
}

/// The layers that show in `frame`, as they were in `year`, in the tone of the theme.
pub(super) fn load<'a>(
    spec: &'a MapSpec,
    data: &dyn MapData,
    year: Option<i32>,
    frame: &Frame,
    theme: &Theme,
) -> Result<Vec<Layer<'a>>> {
    // A quarter of a pixel cannot be seen, and a tenth of a point is enough for any printer.
    let fine_pt = (0.25 * 72.0 / spec.page.ppi).max(0.06);
    let mut layers = Vec::new();
    for layer in spec.layers.iter().filter(|layer| layer.shows_at(frame.denominator())) {
        layers.push(Layer::load(layer, data, year, frame, fine_pt)?);
    }
    tone::apply(&mut layers, theme);
    Ok(layers)
}

/// The frame of the map and why its projection was chosen. `place` gives the rectangle for a map of
/// a height per width, with some room under it for what stands below, pt.
pub(super) fn frame(
    spec: &MapSpec,
    data: &dyn MapData,
    sheet: &Sheet,
    below: f64,
    setter: &mut Setter<'_>,
    place: &dyn Fn(f64, f64) -> Result<PlaneRect>,
) -> Result<(Frame, String)> {
    let in_extent = |error: Error| error.at("extent");
    let in_projection = |error: Error| error.at("projection");
    let extent = match spec.extent.bbox().map_err(in_extent)? {
        Some(bbox) => bbox,
        None if spec.extent.features.is_empty() => {
            return Err(Error::new(ErrorKind::Spec, "the map has no extent")
                .with_hint(
                    "write extent = { features = [\"an id\"] } or extent = { bbox = [w, s, e, n] }",
                )
                .at("extent"));
        }
        None => data.extent_of(&spec.extent.features).map_err(in_extent)?,
    };
    // On a page of fixed height the credits must be known before the map.
    let sources: Vec<&str> = spec.layers.iter().map(|layer| layer.source.as_str()).collect();
    let foot = sheet.foot(spec, "Projection, scale", &data.credits(&sources), setter);
    let under = foot.height() + below;
    if spec.extent.round {
        let choice = choose_round(&extent, &spec.projection).map_err(in_projection)?;
        let reason = choice.reason.clone();
        let rect = place(1.0, under)?;
        let frame = Frame::round(choice, &extent, spec.extent.margin(), rect);
        return Ok((frame.map_err(in_extent)?, reason));
    }
    let choice: Choice = choose(&extent, &spec.projection).map_err(in_projection)?;
    let plane = Frame::plane_extent(&choice, &extent);
    // A single point has no size: show some kilometres around it.
    let plane = plane.or_else(|error| {
        let at = choice.projection.forward(extent.center()).ok_or(error)?;
        let (middle, around) = (Coord { x: at.easting, y: at.northing }, Coord { x: 1.0, y: 1.0 });
        Ok::<_, Error>(PlaneRect::new(middle - around, middle + around))
    });
    let plane = plane.map_err(in_extent)?;
    let plane = with_margin(&plane, spec.extent.margin());
    let rect = place(plane.height() / plane.width(), under)?;
    let reason = choice.reason.clone();
    Ok((Frame::fit(choice, &plane, rect).map_err(in_extent)?, reason))
}

/// What is filled before the layers: the map, or the earth where its edge is in sight.
pub(super) fn sea(frame: &Frame) -> Path {
    earth(frame).unwrap_or_else(|| Path::rect(&page_rect(&frame.rect())))
}

/// The edge of the map where it is not that of a rectangle: a disc, or the earth.
pub(super) fn earth(frame: &Frame) -> Option<Path> {
    if let Some((center, radius)) = frame.disc() {
        return Some(Path::circle(point(center), radius as f32));
    }
    let rect = frame.rect();
    let corners = rect.to_polygon().exterior().0.clone();
    if !frame.is_whole() || corners.into_iter().all(|corner| frame.to_lonlat(corner).is_some()) {
        return None;
    }
    if let Some((center, radius)) = frame.earth_disc() {
        return Some(Path::circle(point(center), radius as f32));
    }
    let bbox = frame.bbox();
    let (west, east) = (bbox.west + 1e-6, bbox.east_unwrapped() - 1e-6);
    let corner = |x: f64, y: f64| Coord { x, y };
    let all = PlaneRect::new(corner(west, bbox.south), corner(east, bbox.north));
    let path = areas(&frame.shape(&all.into(), 2.0, 0.1).polygons);
    (!path.subpaths.is_empty()).then_some(path)
}

/// The smallest extent of a map, metres.
const SMALLEST: f64 = 2000.0;

fn with_margin(plane: &PlaneRect, margin: f64) -> PlaneRect {
    let add = |size: f64| (size * margin.max(0.0)).max((SMALLEST - size) / 2.0).max(0.0);
    let around = Coord { x: add(plane.width()), y: add(plane.height()) };
    PlaneRect::new(plane.min() - around, plane.max() + around)
}

/// Projection, datum and scale; where the scale bar is true, and by how much it is not elsewhere.
pub(super) fn scale_line(frame: &Frame, bar_at: Option<f64>) -> String {
    let mut line = format!(
        "{} · WGS 84 · {} at print size",
        frame.projection_name(),
        scale_text(frame.denominator())
    );
    let error = frame.distortion().scale;
    if let Some(lat) = bar_at.filter(|_| error > VARIES) {
        let side = if lat < 0.0 { 'S' } else { 'N' };
        let percent = error * 100.0;
        let digits = usize::from(percent < 10.0);
        let lat = lat.abs();
        let varies =
            format!("scale bar true at {lat:.1}° {side}; ±{percent:.digits$} % in the map");
        line = [line, varies].join(" · ");
    }
    line
}
