//! Coordinate systems that stand for themselves.

use super::super::datum::Datum::{
    self, Beijing1954, Grs80, Gsk2011, Korean1985, Pulkovo1942, Pulkovo1995, Tokyo, Wgs84, Xian1980,
};
use super::Known;

/// The Mercator of the web: spherical formulas on ellipsoidal latitudes, so that shapes are not
/// quite kept and lengths are those of the ground nowhere but on the equator.
const WEB_MERCATOR: &str = "merc +lon_0=0 +a=6378137 +b=6378137 +nadgrids=@null +wktext";

/// Authority and code, name, datum.
#[rustfmt::skip]
const GEOGRAPHIC: [(&str, &str, Datum); 36] = [
    ("OGC:CRS84", "WGS 84 (CRS84)", Wgs84),
    ("EPSG:4326", "WGS 84", Wgs84),
    ("EPSG:4979", "WGS 84", Wgs84),
    ("EPSG:4490", "China Geodetic Coordinate System 2000", Grs80),
    ("EPSG:4480", "China Geodetic Coordinate System 2000", Grs80),
    ("EPSG:4258", "ETRS89", Grs80),
    ("EPSG:4937", "ETRS89", Grs80),
    ("EPSG:4612", "JGD2000", Grs80),
    ("EPSG:4947", "JGD2000", Grs80),
    ("EPSG:6668", "JGD2011", Grs80),
    ("EPSG:6667", "JGD2011", Grs80),
    ("EPSG:4737", "KGD2002", Grs80),
    ("EPSG:4927", "KGD2002", Grs80),
    ("EPSG:4166", "Korean 1995", Wgs84),
    ("EPSG:7683", "GSK-2011", Gsk2011),
    ("EPSG:3824", "TWD97", Grs80),
    ("EPSG:4269", "NAD83", Grs80),
    ("EPSG:6318", "NAD83(2011)", Grs80),
    ("EPSG:4617", "NAD83(CSRS)", Grs80),
    ("EPSG:4674", "SIRGAS 2000", Grs80),
    ("EPSG:4167", "NZGD2000", Grs80),
    ("EPSG:7844", "GDA2020", Grs80),
    ("EPSG:4148", "Hartebeesthoek94", Wgs84),
    ("EPSG:4757", "SVY21", Wgs84),
    ("EPSG:4619", "SWEREF99", Grs80),
    ("EPSG:4171", "RGF93 v1", Grs80),
    ("EPSG:9000", "ITRF2014", Grs80),
    ("EPSG:7912", "ITRF2014", Grs80),
    ("EPSG:9990", "ITRF2020", Grs80),
    ("EPSG:9989", "ITRF2020", Grs80),
    ("EPSG:4284", "Pulkovo 1942", Pulkovo1942),
    ("EPSG:4200", "Pulkovo 1995", Pulkovo1995),
    ("EPSG:4301", "Tokyo", Tokyo),
    ("EPSG:4162", "Korean 1985", Korean1985),
    ("EPSG:4214", "Beijing 1954", Beijing1954),
    ("EPSG:4610", "Xian 1980", Xian1980),
];

/// Authority and code, name, datum, projection and its parameters.
#[rustfmt::skip]
const PLANE: [(&str, &str, Datum, &str); 84] = [
    ("EPSG:4087", "WGS 84 / World Equidistant Cylindrical", Wgs84, "eqc +lat_ts=0 +lon_0=0"),
    ("EPSG:3857", "WGS 84 / Pseudo-Mercator", Wgs84, WEB_MERCATOR),
    ("EPSG:900913", "Google Maps Global Mercator", Wgs84, WEB_MERCATOR),
    ("ESRI:102100", "WGS 1984 Web Mercator Auxiliary Sphere", Wgs84, WEB_MERCATOR),
    ("EPSG:3395", "WGS 84 / World Mercator", Wgs84, "merc +lon_0=0"),
    ("EPSG:3832", "WGS 84 / PDC Mercator", Wgs84, "merc +lon_0=150"),
    ("EPSG:8857", "WGS 84 / Equal Earth Greenwich", Wgs84, "eqearth +lon_0=0"),
    ("EPSG:8858", "WGS 84 / Equal Earth Americas", Wgs84, "eqearth +lon_0=-90"),
    ("EPSG:8859", "WGS 84 / Equal Earth Asia-Pacific", Wgs84, "eqearth +lon_0=150"),
    ("EPSG:6933", "WGS 84 / NSIDC EASE-Grid 2.0 Global", Wgs84, "cea +lat_ts=30 +lon_0=0"),
    ("EPSG:3571", "WGS 84 / North Pole LAEA Bering Sea", Wgs84, "laea +lat_0=90 +lon_0=180"),
    ("EPSG:3572", "WGS 84 / North Pole LAEA Alaska", Wgs84, "laea +lat_0=90 +lon_0=-150"),
    ("EPSG:3573", "WGS 84 / North Pole LAEA Canada", Wgs84, "laea +lat_0=90 +lon_0=-100"),
    ("EPSG:3574", "WGS 84 / North Pole LAEA Atlantic", Wgs84, "laea +lat_0=90 +lon_0=-40"),
    ("EPSG:3575", "WGS 84 / North Pole LAEA Europe", Wgs84, "laea +lat_0=90 +lon_0=10"),
    ("EPSG:3576", "WGS 84 / North Pole LAEA Russia", Wgs84, "laea +lat_0=90 +lon_0=90"),
    ("EPSG:6931", "WGS 84 / NSIDC EASE-Grid 2.0 North", Wgs84, "laea +lat_0=90 +lon_0=0"),
    ("EPSG:6932", "WGS 84 / NSIDC EASE-Grid 2.0 South", Wgs84, "laea +lat_0=-90 +lon_0=0"),
    ("EPSG:3413", "WGS 84 / NSIDC Sea Ice Polar Stereographic North", Wgs84, "stere +lat_0=90 +lat_ts=70 +lon_0=-45"),
    ("EPSG:3976", "WGS 84 / NSIDC Sea Ice Polar Stereographic South", Wgs84, "stere +lat_0=-90 +lat_ts=-70 +lon_0=0"),
    ("EPSG:3995", "WGS 84 / Arctic Polar Stereographic", Wgs84, "stere +lat_0=90 +lat_ts=71 +lon_0=0"),
    ("EPSG:3031", "WGS 84 / Antarctic Polar Stereographic", Wgs84, "stere +lat_0=-90 +lat_ts=-71 +lon_0=0"),
    ("EPSG:5041", "WGS 84 / UPS North (E,N)", Wgs84, "stere +lat_0=90 +lon_0=0 +k=0.994 +x_0=2000000 +y_0=2000000"),
    ("EPSG:5042", "WGS 84 / UPS South (E,N)", Wgs84, "stere +lat_0=-90 +lon_0=0 +k=0.994 +x_0=2000000 +y_0=2000000"),
    ("EPSG:32661", "WGS 84 / UPS North (N,E)", Wgs84, "stere +lat_0=90 +lon_0=0 +k=0.994 +x_0=2000000 +y_0=2000000"),
    ("EPSG:32761", "WGS 84 / UPS South (N,E)", Wgs84, "stere +lat_0=-90 +lon_0=0 +k=0.994 +x_0=2000000 +y_0=2000000"),
    // Korea
    ("EPSG:5179", "KGD2002 / Unified CS", Grs80, "tmerc +lat_0=38 +lon_0=127.5 +k=0.9996 +x_0=1000000 +y_0=2000000"),
    ("EPSG:5180", "KGD2002 / West Belt", Grs80, "tmerc +lat_0=38 +lon_0=125 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5181", "KGD2002 / Central Belt", Grs80, "tmerc +lat_0=38 +lon_0=127 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5182", "KGD2002 / Central Belt Jeju", Grs80, "tmerc +lat_0=38 +lon_0=127 +k=1 +x_0=200000 +y_0=550000"),
    ("EPSG:5183", "KGD2002 / East Belt", Grs80, "tmerc +lat_0=38 +lon_0=129 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5184", "KGD2002 / East Sea Belt", Grs80, "tmerc +lat_0=38 +lon_0=131 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5185", "KGD2002 / West Belt 2010", Grs80, "tmerc +lat_0=38 +lon_0=125 +k=1 +x_0=200000 +y_0=600000"),
    ("EPSG:5186", "KGD2002 / Central Belt 2010", Grs80, "tmerc +lat_0=38 +lon_0=127 +k=1 +x_0=200000 +y_0=600000"),
    ("EPSG:5187", "KGD2002 / East Belt 2010", Grs80, "tmerc +lat_0=38 +lon_0=129 +k=1 +x_0=200000 +y_0=600000"),
    ("EPSG:5188", "KGD2002 / East Sea Belt 2010", Grs80, "tmerc +lat_0=38 +lon_0=131 +k=1 +x_0=200000 +y_0=600000"),
    ("EPSG:2096", "Korean 1985 / East Belt", Korean1985, "tmerc +lat_0=38 +lon_0=129 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:2097", "Korean 1985 / Central Belt", Korean1985, "tmerc +lat_0=38 +lon_0=127 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:2098", "Korean 1985 / West Belt", Korean1985, "tmerc +lat_0=38 +lon_0=125 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5167", "Korean 1985 / East Sea Belt", Korean1985, "tmerc +lat_0=38 +lon_0=131 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5168", "Korean 1985 / Central Belt Jeju", Korean1985, "tmerc +lat_0=38 +lon_0=127 +k=1 +x_0=200000 +y_0=550000"),
    ("EPSG:5173", "Korean 1985 / Modified West Belt", Korean1985, "tmerc +lat_0=38 +lon_0=125.002890277778 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5174", "Korean 1985 / Modified Central Belt", Korean1985, "tmerc +lat_0=38 +lon_0=127.002890277778 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5175", "Korean 1985 / Modified Central Belt Jeju", Korean1985, "tmerc +lat_0=38 +lon_0=127.002890277778 +k=1 +x_0=200000 +y_0=550000"),
    ("EPSG:5176", "Korean 1985 / Modified East Belt", Korean1985, "tmerc +lat_0=38 +lon_0=129.002890277778 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5177", "Korean 1985 / Modified East Sea Belt", Korean1985, "tmerc +lat_0=38 +lon_0=131.002890277778 +k=1 +x_0=200000 +y_0=500000"),
    ("EPSG:5178", "Korean 1985 / Unified CS", Korean1985, "tmerc +lat_0=38 +lon_0=127.5 +k=0.9996 +x_0=1000000 +y_0=2000000"),
    // Taiwan, Singapore, New Zealand, Australia
    ("EPSG:3825", "TWD97 / TM2 zone 119", Grs80, "tmerc +lat_0=0 +lon_0=119 +k=0.9999 +x_0=250000 +y_0=0"),
    ("EPSG:3826", "TWD97 / TM2 zone 121", Grs80, "tmerc +lat_0=0 +lon_0=121 +k=0.9999 +x_0=250000 +y_0=0"),
    ("EPSG:3414", "SVY21 / Singapore TM", Wgs84, "tmerc +lat_0=1.36666666666667 +lon_0=103.833333333333 +k=1 +x_0=28001.642 +y_0=38744.572"),
    ("EPSG:2193", "NZGD2000 / New Zealand Transverse Mercator 2000", Grs80, "tmerc +lat_0=0 +lon_0=173 +k=0.9996 +x_0=1600000 +y_0=10000000"),
    // Europe
    ("EPSG:3034", "ETRS89-extended / LCC Europe", Grs80, "lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000"),
    ("EPSG:3035", "ETRS89-extended / LAEA Europe", Grs80, "laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000"),
    ("EPSG:2154", "RGF93 v1 / Lambert-93", Grs80, "lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000"),
    ("EPSG:2180", "ETRF2000-PL / CS92", Grs80, "tmerc +lat_0=0 +lon_0=19 +k=0.9993 +x_0=500000 +y_0=-5300000"),
    ("EPSG:3006", "SWEREF99 TM", Grs80, "utm +zone=33"),
    ("EPSG:3067", "ETRS89 / TM35FIN(E,N)", Grs80, "utm +zone=35"),
    ("EPSG:3763", "ETRS89 / Portugal TM06", Grs80, "tmerc +lat_0=39.6682583333333 +lon_0=-8.13310833333333 +k=1"),
    // North America
    ("EPSG:5070", "NAD83 / Conus Albers", Grs80, "aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5"),
    ("EPSG:3338", "NAD83 / Alaska Albers", Grs80, "aea +lat_0=50 +lon_0=-154 +lat_1=55 +lat_2=65"),
    ("EPSG:6350", "NAD83(2011) / Conus Albers", Grs80, "aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5"),
    ("EPSG:3005", "NAD83 / BC Albers", Grs80, "aea +lat_0=45 +lon_0=-126 +lat_1=50 +lat_2=58.5 +x_0=1000000 +y_0=0"),
    ("EPSG:3347", "NAD83 / Statistics Canada Lambert", Grs80, "lcc +lat_0=63.390675 +lon_0=-91.8666666666667 +lat_1=49 +lat_2=77 +x_0=6200000 +y_0=3000000"),
    ("EPSG:3348", "NAD83(CSRS) / Statistics Canada Lambert", Grs80, "lcc +lat_0=63.390675 +lon_0=-91.8666666666667 +lat_1=49 +lat_2=77 +x_0=6200000 +y_0=3000000"),
    ("EPSG:3978", "NAD83 / Canada Atlas Lambert", Grs80, "lcc +lat_0=49 +lon_0=-95 +lat_1=49 +lat_2=77"),
    ("EPSG:3979", "NAD83(CSRS) / Canada Atlas Lambert", Grs80, "lcc +lat_0=49 +lon_0=-95 +lat_1=49 +lat_2=77"),
    ("EPSG:5071", "NAD83(HARN) / Conus Albers", Grs80, "aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5"),
    ("EPSG:5072", "NAD83(NSRS2007) / Conus Albers", Grs80, "aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5"),
    // Esri
    ("ESRI:54004", "World Mercator", Wgs84, "merc +lat_ts=0 +lon_0=0"),
    ("ESRI:54009", "World Mollweide", Wgs84, "moll +lon_0=0"),
    ("ESRI:54030", "World Robinson", Wgs84, "robin +lon_0=0"),
    ("ESRI:54032", "World Azimuthal Equidistant", Wgs84, "aeqd +lat_0=0 +lon_0=0"),
    ("ESRI:54034", "World Cylindrical Equal Area", Wgs84, "cea +lat_ts=0 +lon_0=0"),
    ("ESRI:102012", "Asia Lambert Conformal Conic", Wgs84, "lcc +lat_0=0 +lon_0=105 +lat_1=30 +lat_2=62"),
    ("ESRI:102025", "Asia North Albers Equal Area Conic", Wgs84, "aea +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65"),
    ("ESRI:102026", "Asia North Equidistant Conic", Wgs84, "eqdc +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65"),
    ("ESRI:102027", "Asia North Lambert Conformal Conic", Wgs84, "lcc +lat_0=30 +lon_0=95 +lat_1=15 +lat_2=65"),
    ("ESRI:102028", "Asia South Albers Equal Area Conic", Wgs84, "aea +lat_0=-15 +lon_0=125 +lat_1=7 +lat_2=-32"),
    ("ESRI:102029", "Asia South Equidistant Conic", Wgs84, "eqdc +lat_0=-15 +lon_0=125 +lat_1=7 +lat_2=-32"),
    ("ESRI:102030", "Asia South Lambert Conformal Conic", Wgs84, "lcc +lat_0=-15 +lon_0=125 +lat_1=7 +lat_2=-32"),
    ("ESRI:102022", "Africa Albers Equal Area Conic", Wgs84, "aea +lat_0=0 +lon_0=25 +lat_1=20 +lat_2=-23"),
    ("ESRI:102001", "Canada Albers Equal Area Conic", Grs80, "aea +lat_0=40 +lon_0=-96 +lat_1=50 +lat_2=70"),
    ("ESRI:102003", "USA Contiguous Albers Equal Area Conic", Grs80, "aea +lat_0=37.5 +lon_0=-96 +lat_1=29.5 +lat_2=45.5"),
    ("ESRI:102008", "North America Albers Equal Area Conic", Grs80, "aea +lat_0=40 +lon_0=-96 +lat_1=20 +lat_2=60"),
];

/// The system that stands for itself under this authority and code.
pub(super) fn find(code: &str) -> Option<Known> {
    if let Some((_, name, datum)) = GEOGRAPHIC.iter().find(|(known, ..)| *known == code) {
        return Some(Known { name: (*name).into(), projection: None, datum: *datum });
    }
    let (_, name, datum, rest) = PLANE.iter().find(|(known, ..)| *known == code)?;
    Some(Known { name: (*name).into(), projection: Some((*rest).into()), datum: *datum })
}

/// All of these codes.
#[cfg(test)]
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    let plane = PLANE.iter().map(|(code, ..)| *code);
    GEOGRAPHIC.iter().map(|(code, ..)| *code).chain(plane)
}
