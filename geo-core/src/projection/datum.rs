//! The datums of coordinate systems, and how each lies to WGS 84.

use crate::unit::Length;

/// How positions on a datum are brought to WGS 84: one published operation.
///
/// Datums that have none here are taken for WGS 84: ETRS89, CGCS2000, KGD2002, JGD2000 and JGD2011,
/// GSK-2011, TWD97, SIRGAS 2000 and NZGD2000 lie within a metre of it (JGD2000 in the north-east of
/// Honshu not since the earthquake of 2011), NAD83 and GDA94 within two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatumShift {
    /// The operation in the EPSG registry, as in `EPSG:5044`.
    pub operation: &'static str,
    /// Where the registry says that it holds.
    pub region: &'static str,
    /// How well, by the registry.
    pub accuracy: Length,
    /// It in the manner of `+towgs84`: metres, seconds of arc with the signs of a position vector,
    /// parts per million.
    pub(super) towgs84: &'static str,
}

/// A datum that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Datum {
    /// WGS 84, and what is taken for it on its ellipsoid.
    Wgs84,
    /// What is taken for WGS 84 on GRS 1980, which is 0.1 mm smaller at the poles.
    Grs80,
    /// GSK-2011, within a metre of WGS 84 on an ellipsoid of its own.
    Gsk2011,
    Pulkovo1942,
    Pulkovo1995,
    Tokyo,
    Korean1985,
    Beijing1954,
    Xian1980,
    /// On the ellipsoid of WGS 84 or GRS 1980, and further than three metres from WGS 84.
    Elsewhere,
}

const PULKOVO_1942: DatumShift = DatumShift {
    operation: "EPSG:5044",
    region: "Russia",
    accuracy: Length::m(3.0),
    towgs84: "23.57,-140.95,-79.8,0,0.35,0.79,-0.22",
};
const PULKOVO_1995: DatumShift = DatumShift {
    operation: "EPSG:5043",
    region: "Russia",
    accuracy: Length::m(1.0),
    towgs84: "24.47,-130.89,-81.56,0,0,0.13,-0.22",
};
const TOKYO: DatumShift = DatumShift {
    operation: "EPSG:15484",
    region: "Japan",
    accuracy: Length::m(9.0),
    towgs84: "-146.414,507.337,680.507",
};
/// The registry turns about a point in Korea; brought to the earth's centre, as here, that is the
/// same to a nanometre.
const KOREAN_1985: DatumShift = DatumShift {
    operation: "EPSG:5191",
    region: "South Korea",
    accuracy: Length::m(1.0),
    towgs84: "-114.61998514,475.96296987,675.01832869,1.162,-2.347,-1.592,6.342",
};

/// Names of datums and what they are, in letters and digits of any case and without the `D_` of
/// Esri. Those that lie elsewhere are all such of the EPSG registry 11.022.
const NAMES: [(&str, Datum); 24] = [
    ("pulkovo1942", Datum::Pulkovo1942),
    ("pulkovo1995", Datum::Pulkovo1995),
    ("tokyo", Datum::Tokyo),
    ("tokyo1918", Datum::Tokyo),
    ("korean1985", Datum::Korean1985),
    ("koreandatum1985", Datum::Korean1985),
    ("beijing1954", Datum::Beijing1954),
    ("xian1980", Datum::Xian1980),
    ("gsk2011", Datum::Gsk2011),
    ("geodezicheskayasistemakoordinat2011", Datum::Gsk2011),
    ("greekgeodeticreferencesystem1987", Datum::Elsewhere),
    ("ggrs1987", Datum::Elsewhere),
    ("ggrs87", Datum::Elsewhere),
    ("israel1993", Datum::Elsewhere),
    ("israel", Datum::Elsewhere),
    ("ig05intermediatedatum", Datum::Elsewhere),
    ("ig0512intermediatedatum", Datum::Elsewhere),
    ("ig052012intermediatedatum", Datum::Elsewhere),
    ("vietnam2000", Datum::Elsewhere),
    ("kuwaitutility", Datum::Elsewhere),
    ("nationalgeodeticnetwork", Datum::Elsewhere),
    ("ngn", Datum::Elsewhere),
    ("cyprusgeodeticreferencesystem1993", Datum::Elsewhere),
    ("st87ouvea", Datum::Elsewhere),
];

/// The datum called `name`, if anything is to be known of it beyond its ellipsoid.
pub(super) fn named(name: &str) -> Option<Datum> {
    let name = name.strip_prefix("D_").unwrap_or(name);
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    NAMES.iter().find(|(known, _)| *known == plain).map(|(_, datum)| *datum)
}

impl Datum {
    /// Its ellipsoid and shift in a PROJ string.
    ///
    /// # Errors
    /// Why positions on it cannot be brought to WGS 84.
    pub(super) fn parameters(self) -> Result<String, &'static str> {
        let shift = self.shift().map_or(String::new(), |s| format!(" +towgs84={}", s.towgs84));
        let ellipsoid = match self {
            Self::Wgs84 => "+datum=WGS84",
            Self::Grs80 => "+ellps=GRS80",
            Self::Gsk2011 => "+a=6378136.5 +rf=298.2564151",
            Self::Pulkovo1942 | Self::Pulkovo1995 => "+ellps=krass",
            Self::Tokyo | Self::Korean1985 => "+ellps=bessel",
            Self::Beijing1954 => {
                return Err(
                    "it is on Beijing 1954, whose published shifts to WGS 84 are each for a \
                            basin or a sea of China and none for the whole country",
                );
            }
            Self::Xian1980 => {
                return Err("it is on Xian 1980, whose shift to WGS 84 is not published");
            }
            Self::Elsewhere => return Err("its datum is not near WGS 84"),
        };
        Ok(format!("{ellipsoid}{shift}"))
    }

    /// The way to WGS 84; `None` for datums that are taken for it, and those without one.
    pub(super) fn shift(self) -> Option<DatumShift> {
        match self {
            Self::Pulkovo1942 => Some(PULKOVO_1942),
            Self::Pulkovo1995 => Some(PULKOVO_1995),
            Self::Tokyo => Some(TOKYO),
            Self::Korean1985 => Some(KOREAN_1985),
            Self::Wgs84
            | Self::Grs80
            | Self::Gsk2011
            | Self::Beijing1954
            | Self::Xian1980
            | Self::Elsewhere => None,
        }
    }
}
