//! Trees kept as bytes: what was kept answers as before, and anything else is refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use geo_types::{LineString, Rect};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::{EdgeModel, ErrorKind, Length, LonLat, Shape};

/// Points, lines and boxes all over the earth; some of them repeat.
fn items(count: u32) -> Vec<Named> {
    let shape = |i: u32| {
        let (lon, lat) =
            (f64::from(i * 7919 % 3600) / 10.0 - 180.0, f64::from(i * 61 % 170) - 85.0);
        let at = LonLat::wrap(lon, lat);
        let shape = match i % 5 {
            0 => Rect::new((lon, lat), (lon + 2.0, lat + 3.0)).into(),
            1 => LineString::from(vec![(lon, lat), (lon + 1.0, lat + 1.0)]).into(),
            _ => return Shape::point(at),
        };
        Shape::new(shape, EdgeModel::LonLat).unwrap()
    };
    (0..count).map(|i| Named { id: format!("{i:04}"), shape: shape(i) }).collect()
}

/// Some that came together, some that came later, and some that went.
fn changed() -> SpatialIndex<Named> {
    let mut index = SpatialIndex::new(items(300));
    for item in items(90) {
        index.insert(item);
    }
    for place in [3, 377, 100, 0, 350] {
        index.remove(place).unwrap();
    }
    index
}

fn answers(index: &SpatialIndex<Named>) -> Vec<Vec<usize>> {
    let asked = items(60);
    let near =
        |item: &Named| index.near(&item.shape, 8, |_| true).value.iter().map(|h| h.index).collect();
    let within = |item: &Named| {
        let mut found = Vec::new();
        index.each_within_distance(&item.shape, Length::km(1500.0), |place| found.push(place));
        found
    };
    asked.iter().map(near).chain(asked.iter().map(within)).collect()
}

fn refusal(items: Vec<Named>, bytes: &[u8]) -> String {
    match SpatialIndex::from_bytes(items, bytes) {
        Ok(_) => panic!("{} bytes were taken", bytes.len()),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Format);
            assert!(error.hint().is_some());
            error.to_string()
        }
    }
}

#[test]
fn what_was_kept_answers_as_before() {
    for index in [
        SpatialIndex::new(items(0)),
        SpatialIndex::new(items(1)),
        SpatialIndex::new(items(1000)),
        changed(),
    ] {
        let bytes = index.to_bytes();
        let mut again = SpatialIndex::from_bytes(index.items().to_vec(), &bytes).unwrap();
        // In the same order too, as the trees are the same.
        assert_eq!(answers(&again), answers(&index));
        assert_eq!(again.to_bytes(), bytes);
        let extra = items(1).remove(0);
        again.insert(extra.clone());
        let hits = again.near(&extra.shape, 400, |_| true).value;
        assert!(hits.iter().any(|hit| hit.index == index.len()));
    }
}

#[test]
fn bytes_of_something_else_are_refused() {
    let bytes = SpatialIndex::new(items(100)).to_bytes();
    assert_eq!(refusal(items(101), &bytes), "the tree is of 100 items, not of 101");
    assert_eq!(refusal(items(100), b"GeoParquet"), "these bytes are no tree of an index");
    let mut later = bytes.clone();
    later[8] = 2;
    assert_eq!(refusal(items(100), &later), "the tree is of version 2, not 1");

    // Ids may change; shapes and their order may not.
    let renamed = |item: Named| Named { id: format!("{} again", item.id), ..item };
    let renamed: Vec<Named> = items(100).into_iter().map(renamed).collect();
    assert!(SpatialIndex::from_bytes(renamed, &bytes).is_ok());
    let other = "the tree is of items with other shapes, or in another order";
    let mut swapped = items(100);
    swapped.swap(2, 3);
    assert_eq!(refusal(swapped, &bytes), other);
    let mirrored = |item: Named| match item.shape.points() {
        [at] => Named { shape: Shape::point(LonLat::wrap(-at.x(), -at.y())), ..item },
        _ => item,
    };
    assert_eq!(refusal(items(100).into_iter().map(mirrored).collect(), &bytes), other);
}

#[test]
fn damaged_bytes_are_refused() {
    let index = changed();
    let bytes = index.to_bytes();
    for length in 0..bytes.len() {
        refusal(index.items().to_vec(), &bytes[..length]);
    }
    refusal(index.items().to_vec(), &[&bytes[..], &[0]].concat());
    for place in 0..bytes.len() {
        for bit in [0, 3, 7] {
            let mut damaged = bytes.clone();
            damaged[place] ^= 1 << bit;
            refusal(index.items().to_vec(), &damaged);
        }
    }
}
