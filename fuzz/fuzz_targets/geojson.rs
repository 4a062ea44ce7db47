//! GeoJSON: no panic; a text read as its bytes come gives what the whole gives; what is written is
//! read and written the same, in each framing.

#![no_main]

use geo::Validation;
use libfuzzer_sys::fuzz_target;
use tumen_geo_core::EdgeModel;
use tumen_geo_core::geojson::{Features, Framing, Writer, read, write};
use tumen_geo_core::raw::Record;

fn framed(records: &[Record], framing: Framing) -> Option<Vec<u8>> {
    let mut writer = Writer::new(Vec::new(), framing);
    for record in records {
        writer.feature(record).ok()?;
    }
    writer.finish().ok()
}

fn streamed(bytes: &[u8]) -> Option<Vec<Record>> {
    Features::new(bytes).map(|feature| feature.ok()?.read(EdgeModel::LonLat).ok()).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let streamed_records = streamed(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(records) = read(text, EdgeModel::LonLat) else { return };
    assert_eq!(streamed_records.as_ref(), Some(&records));
    // Holes beyond their shell are read, and mean nothing that could be kept; the check takes the square
    // of the number of positions.
    let kept = |record: &Record| {
        record.shape.positions().nth(2_000).is_none() && record.shape.geometry().is_valid()
    };
    if !records.iter().all(kept) {
        return;
    }
    let Ok(first) = write(&records) else { return };
    // A hole that touches its shell, cut at ±180°, becomes a ring that touches itself.
    let Ok(again) = read(&first, EdgeModel::LonLat) else { return };
    assert_eq!(write(&again).expect("what was written is written again"), first);
    for framing in [Framing::Collection, Framing::Lines, Framing::Sequence] {
        let first = framed(&records, framing).expect("what was written is written in any framing");
        let again = streamed(&first).expect("what was written is read");
        assert_eq!(framed(&again, framing).as_ref(), Some(&first));
    }
});
