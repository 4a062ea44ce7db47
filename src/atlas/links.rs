//! Links of the catalogue as lines: flows, cables, lines of transport.

use std::collections::BTreeMap;

use geo_types::{Geometry, LineString};
use tumen_geo_core::model::{Amount, Catalogue, Link, LinkKind};
use tumen_geo_core::{EdgeModel, Shape};
use tumen_render::Result;
use tumen_render::spec::{LayerSpec, MapFeature, Value};

use super::query::{Query, wrong};

/// The links that a layer asks for: along their corridor when they have one, else geodesics between
/// the places where their ends stand. Their properties are `kind`, `from`, `to`, `unit` and `value`,
/// which is that of the year (or of no year), or the latest when the map has none; a link with
/// amounts, but none of the year and of the units asked for, is left out.
pub(super) fn links(
    layer: &LayerSpec,
    catalogue: &Catalogue,
    year: Option<i32>,
) -> Result<Vec<MapFeature>> {
    let query = Query::of(layer, false, &["ids", "kind", "from", "to", "unit"])?;
    let (ids, from, to) = (query.texts("ids")?, query.texts("from")?, query.texts("to")?);
    let units = query.texts("unit")?;
    let kinds: Vec<LinkKind> = query.kinds("kind")?;
    for id in &ids {
        if !catalogue.links().iter().any(|link| link.id == *id) {
            let error = wrong(format!("there is no link '{id}'")).at_item(id);
            return Err(Query::at("ids", error));
        }
    }
    let any = |wanted: &[String], is: &String| wanted.is_empty() || wanted.contains(is);
    let wanted = |link: &&Link| {
        any(&ids, &link.id)
            && any(&from, &link.from)
            && any(&to, &link.to)
            && (kinds.is_empty() || kinds.contains(&link.kind))
            && year.is_none_or(|year| link.span.shown_in(year))
    };
    let mut features = Vec::new();
    for link in catalogue.links().iter().filter(wanted) {
        let of_unit = |amount: &&Amount| any(&units, &amount.unit);
        let timely = |amount: &&Amount| match (year, amount.year) {
            (Some(year), Some(of)) => of == year,
            _ => true,
        };
        let mut fitting = link.amounts.iter().filter(of_unit).filter(timely);
        let amount = if year.is_some() { fitting.next() } else { fitting.next_back() };
        if amount.is_none() && !(link.amounts.is_empty() && units.is_empty()) {
            continue;
        }
        let text = |text: &str| Value::Text(text.to_owned());
        let mut properties = BTreeMap::from([
            ("kind".to_owned(), text(link.kind.name())),
            ("from".to_owned(), text(&link.from)),
            ("to".to_owned(), text(&link.to)),
            ("direction".to_owned(), text(if link.both_ways { "both" } else { "one" })),
        ]);
        if let Some(amount) = amount {
            properties.insert("value".to_owned(), Value::Number(amount.value));
            properties.insert("unit".to_owned(), text(&amount.unit));
        }
        features.push(MapFeature {
            id: link.id.clone(),
            geometry: course(link, catalogue)?,
            names: BTreeMap::new(),
            properties,
            rank: 1,
        });
    }
    Ok(features)
}

fn course(link: &Link, catalogue: &Catalogue) -> Result<Geometry> {
    if let Some(along) = &link.along {
        return Ok(catalogue.find(along)?.shape.geometry().clone());
    }
    let ends = [&link.from, &link.to].map(|id| catalogue.find(id));
    let [from, to] = ends;
    let ends = [catalogue.stand(from?)?, catalogue.stand(to?)?];
    let line = LineString::from(ends.map(|at| (at.lon(), at.lat())).to_vec());
    let shape = Shape::new(Geometry::LineString(line), EdgeModel::Geodesic);
    Ok(shape.map_err(|e| e.within(format!("link '{}'", link.id)))?.geometry().clone())
}
