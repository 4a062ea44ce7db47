//! Coordinate systems that come in zones.

use super::super::datum::Datum::{
    self, Beijing1954, Grs80, Gsk2011, Pulkovo1942, Pulkovo1995, Tokyo, Wgs84, Xian1980,
};
use super::Known;

/// Systems whose codes follow each other as their zones do.
struct Series {
    first: u32,
    last: u32,
    datum: Datum,
    /// The name up to the zone.
    name: &'static str,
    zones: Zones,
}

/// How the zones of a series lie; the number is that of the first zone.
#[derive(Clone, Copy)]
enum Zones {
    /// UTM, north.
    North(u32),
    /// UTM, south.
    South(u32),
    /// UTM, south, as Australia calls it.
    Mga(u32),
    /// Gauss–Krüger of 6° with the zone before the easting.
    Six(u32),
    /// Gauss–Krüger of 6° named by the central meridian.
    SixPlain(u32),
    /// Gauss–Krüger of 3° with the zone before the easting.
    Three(u32),
    /// Gauss–Krüger of 3° named by the central meridian.
    ThreePlain(u32),
    /// The plane rectangular systems of Japan.
    Japan,
}
use Zones::{Japan, Mga, North, Six, SixPlain, South, Three, ThreePlain};

const fn series(first: u32, last: u32, datum: Datum, name: &'static str, zones: Zones) -> Series {
    Series { first, last, datum, name, zones }
}

#[rustfmt::skip]
const SERIES: [Series; 45] = [
    series(32601, 32660, Wgs84, "WGS 84 / UTM zone", North(1)),
    series(32701, 32760, Wgs84, "WGS 84 / UTM zone", South(1)),
    series(4491, 4501, Grs80, "CGCS2000 / Gauss-Kruger", Six(13)),
    series(4502, 4512, Grs80, "CGCS2000 / Gauss-Kruger", SixPlain(13)),
    series(4513, 4533, Grs80, "CGCS2000 / 3-degree Gauss-Kruger", Three(25)),
    series(4534, 4554, Grs80, "CGCS2000 / 3-degree Gauss-Kruger", ThreePlain(25)),
    series(21413, 21423, Beijing1954, "Beijing 1954 / Gauss-Kruger", Six(13)),
    series(21453, 21463, Beijing1954, "Beijing 1954 / Gauss-Kruger", SixPlain(13)),
    series(2401, 2421, Beijing1954, "Beijing 1954 / 3-degree Gauss-Kruger", Three(25)),
    series(2422, 2442, Beijing1954, "Beijing 1954 / 3-degree Gauss-Kruger", ThreePlain(25)),
    series(2327, 2337, Xian1980, "Xian 1980 / Gauss-Kruger", Six(13)),
    series(2338, 2348, Xian1980, "Xian 1980 / Gauss-Kruger", SixPlain(13)),
    series(2349, 2369, Xian1980, "Xian 1980 / 3-degree Gauss-Kruger", Three(25)),
    series(2370, 2390, Xian1980, "Xian 1980 / 3-degree Gauss-Kruger", ThreePlain(25)),
    series(28404, 28432, Pulkovo1942, "Pulkovo 1942 / Gauss-Kruger", Six(4)),
    series(2494, 2522, Pulkovo1942, "Pulkovo 1942 / Gauss-Kruger", SixPlain(4)),
    series(2523, 2549, Pulkovo1942, "Pulkovo 1942 / 3-degree Gauss-Kruger", Three(7)),
    series(2551, 2576, Pulkovo1942, "Pulkovo 1942 / 3-degree Gauss-Kruger", Three(34)),
    series(3389, 3389, Pulkovo1942, "Pulkovo 1942 / 3-degree Gauss-Kruger", Three(60)),
    series(2578, 2581, Pulkovo1942, "Pulkovo 1942 / 3-degree Gauss-Kruger", Three(61)),
    series(2582, 2599, Pulkovo1942, "Pulkovo 1942 / 3-degree Gauss-Kruger", ThreePlain(7)),
    series(2601, 2640, Pulkovo1942, "Pulkovo 1942 / 3-degree Gauss-Kruger", ThreePlain(25)),
    series(20004, 20032, Pulkovo1995, "Pulkovo 1995 / Gauss-Kruger", Six(4)),
    series(2463, 2491, Pulkovo1995, "Pulkovo 1995 / Gauss-Kruger", SixPlain(4)),
    series(2641, 2693, Pulkovo1995, "Pulkovo 1995 / 3-degree Gauss-Kruger", Three(7)),
    series(3390, 3390, Pulkovo1995, "Pulkovo 1995 / 3-degree Gauss-Kruger", Three(60)),
    series(2695, 2698, Pulkovo1995, "Pulkovo 1995 / 3-degree Gauss-Kruger", Three(61)),
    series(2699, 2735, Pulkovo1995, "Pulkovo 1995 / 3-degree Gauss-Kruger", ThreePlain(7)),
    series(2738, 2758, Pulkovo1995, "Pulkovo 1995 / 3-degree Gauss-Kruger", ThreePlain(44)),
    series(20904, 20932, Gsk2011, "GSK-2011 / Gauss-Kruger", Six(4)),
    series(21004, 21032, Gsk2011, "GSK-2011 / Gauss-Kruger", SixPlain(4)),
    series(21207, 21264, Gsk2011, "GSK-2011 / GSK 3GK", Three(7)),
    series(21307, 21364, Gsk2011, "GSK-2011 / GSK 3GK", ThreePlain(7)),
    series(2443, 2461, Grs80, "JGD2000 / Japan Plane Rectangular CS", Japan),
    series(6669, 6687, Grs80, "JGD2011 / Japan Plane Rectangular CS", Japan),
    series(30161, 30179, Tokyo, "Tokyo / Japan Plane Rectangular CS", Japan),
    series(3097, 3101, Grs80, "JGD2000 / UTM zone", North(51)),
    series(6688, 6692, Grs80, "JGD2011 / UTM zone", North(51)),
    series(3092, 3096, Tokyo, "Tokyo / UTM zone", North(51)),
    series(25828, 25838, Grs80, "ETRS89 / UTM zone", North(28)),
    series(26901, 26923, Grs80, "NAD83 / UTM zone", North(1)),
    series(31965, 31976, Grs80, "SIRGAS 2000 / UTM zone", North(11)),
    series(31977, 31985, Grs80, "SIRGAS 2000 / UTM zone", South(17)),
    series(7846, 7859, Grs80, "GDA2020 / MGA zone", Mga(46)),
    series(6330, 6348, Grs80, "NAD83(2011) / UTM zone", North(1)),
];

/// Latitude and longitude of origin of the nineteen plane rectangular systems of Japan, degrees:
/// Geospatial Information Authority of Japan, notice 9 of 2002 of the Ministry of Land.
const JAPAN: [(&str, f64, f64); 19] = [
    ("I", 33.0, 129.5),
    ("II", 33.0, 131.0),
    ("III", 36.0, 132.0 + 1.0 / 6.0),
    ("IV", 33.0, 133.5),
    ("V", 36.0, 134.0 + 1.0 / 3.0),
    ("VI", 36.0, 136.0),
    ("VII", 36.0, 137.0 + 1.0 / 6.0),
    ("VIII", 36.0, 138.5),
    ("IX", 36.0, 139.0 + 5.0 / 6.0),
    ("X", 40.0, 140.0 + 5.0 / 6.0),
    ("XI", 44.0, 140.25),
    ("XII", 44.0, 142.25),
    ("XIII", 44.0, 144.25),
    ("XIV", 26.0, 142.0),
    ("XV", 26.0, 127.5),
    ("XVI", 26.0, 124.0),
    ("XVII", 26.0, 131.0),
    ("XVIII", 20.0, 136.0),
    ("XIX", 26.0, 154.0),
];

impl Zones {
    /// What follows the name of the series, and the projection, of the zone at `index`.
    fn at(self, index: u32) -> Option<(String, String)> {
        let gauss = |lon_0: u32, zone: Option<u32>| {
            let lon_0 = if lon_0 > 180 { i64::from(lon_0) - 360 } else { i64::from(lon_0) };
            let side = if lon_0 < 0 { "W" } else { "E" };
            let name =
                zone.map_or(format!("CM {}{side}", lon_0.abs()), |zone| format!("zone {zone}"));
            let x_0 = zone.unwrap_or(0) * 1_000_000 + 500_000;
            (name, format!("tmerc +lat_0=0 +lon_0={lon_0} +k=1 +x_0={x_0}"))
        };
        Some(match self {
            North(first) => {
                let zone = first + index;
                (format!("{zone}N"), format!("utm +zone={zone}"))
            }
            South(first) => {
                let zone = first + index;
                (format!("{zone}S"), format!("utm +zone={zone} +south"))
            }
            Mga(first) => {
                let zone = first + index;
                (zone.to_string(), format!("utm +zone={zone} +south"))
            }
            Six(first) => gauss((first + index) * 6 - 3, Some(first + index)),
            SixPlain(first) => gauss((first + index) * 6 - 3, None),
            Three(first) => gauss((first + index) * 3, Some(first + index)),
            ThreePlain(first) => gauss((first + index) * 3, None),
            Japan => {
                let (numeral, lat_0, lon_0) = JAPAN.get(index as usize)?;
                let place = format!("+lat_0={lat_0} +lon_0={lon_0}");
                ((*numeral).to_owned(), format!("tmerc {place} +k=0.9999"))
            }
        })
    }
}

/// The system of a series with this EPSG code.
pub(super) fn find(code: u32) -> Option<Known> {
    let series = SERIES.iter().find(|series| (series.first..=series.last).contains(&code))?;
    let (zone, projection) = series.zones.at(code - series.first)?;
    Some(Known {
        name: format!("{} {zone}", series.name).into(),
        projection: Some(projection.into()),
        datum: series.datum,
    })
}

/// The codes of all series.
#[cfg(test)]
pub(super) fn codes() -> impl Iterator<Item = u32> {
    SERIES.iter().flat_map(|series| series.first..=series.last)
}
