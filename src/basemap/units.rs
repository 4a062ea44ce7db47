//! Administrative units by their codes: which layer answers, and with which of its objects.

use super::arcs::{Layer, Object, Parts, arc_index};
use super::{asia, region, world};

/// The finest layer that holds every one of `ids` whole, with the indices of its objects; `None`
/// when no one layer does.
///
/// Lines of different layers do not meet, so a union never takes objects from two of them.
pub(super) fn find(ids: &[String]) -> Option<(&'static Layer, Vec<usize>)> {
    // The region knows no countries: one is there when all its units are.
    let units: Vec<&str> = ids.iter().flat_map(|id| units_of(id)).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let detailed = objects(region(), &units, |object| !is_cut(region(), object));
    let (layer, mut indices) = detailed
        .map(|indices| (region(), indices))
        .or_else(|| Some((asia(), objects(asia(), &ids, |_| true)?)))
        .or_else(|| Some((world(), objects(world(), &ids, |_| true)?)))?;
    indices.sort_unstable();
    indices.dedup();
    Some((layer, indices))
}

/// The units of a country that has all of them in the layer of Asia; of any other id itself.
fn units_of(id: &str) -> Vec<&str> {
    if id.contains('-') {
        return vec![id];
    }
    let of_country = asia().objects.iter().map(|object| &object.properties);
    let units: Vec<&str> =
        of_country.filter(|unit| unit.parent == id).map(|unit| unit.id.as_str()).collect();
    if units.is_empty() { vec![id] } else { units }
}

/// The objects that are one of `ids` or a part of one; `None` when an id has none, or one that is
/// not `whole`.
fn objects(layer: &Layer, ids: &[&str], whole: impl Fn(&Object) -> bool) -> Option<Vec<usize>> {
    let mut indices = Vec::new();
    for id in ids {
        let before = indices.len();
        for (index, object) in layer.objects.iter().enumerate() {
            let unit = &object.properties;
            if [&unit.id, &unit.parent, &unit.within].into_iter().any(|named| named == id) {
                if !whole(object) {
                    return None;
                }
                indices.push(index);
            }
        }
        if indices.len() == before {
            return None;
        }
    }
    Some(indices)
}

/// Whether the edge of the layer runs along an area, so that some of it is missing.
fn is_cut(layer: &Layer, object: &Object) -> bool {
    let Parts::Areas(areas) = &object.parts else { return false };
    let mut arcs = areas.iter().flatten().flatten();
    arcs.any(|&reference| {
        layer.arc_properties.get(arc_index(reference)).is_some_and(|arc| arc.k == "edge")
    })
}
