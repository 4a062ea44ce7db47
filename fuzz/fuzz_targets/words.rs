//! What is written in one line: dates, stretches of time, positions, boxes, expressions.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tumen_geo_core::model::{Expression, Interval, TimeFilter, When};
use tumen_geo_core::{Bbox, LonLat};

fuzz_target!(|text: &str| {
    if let Ok(when) = text.parse::<When>() {
        assert_eq!(when.to_string().parse::<When>().expect("a date is read again"), when);
        assert!(!when.edtf().is_empty());
    }
    drop(text.parse::<Interval>());
    drop(text.parse::<TimeFilter>());
    if let Ok(at) = text.parse::<LonLat>() {
        assert!(at.lon().abs() <= 180.0 && at.lat().abs() <= 90.0);
    }
    if let Ok(bbox) = text.parse::<Bbox>() {
        assert!(bbox.south <= bbox.north && bbox.width_degrees() >= 0.0);
    }
    if let Ok(expression) = text.parse::<Expression>() {
        drop(expression.describe(&str::to_owned));
    }
});
