//! What a PROJ string says of its datum.

use std::result::Result;

/// The words of a PROJ string.
pub(super) struct Given<'a>(&'a str);

impl<'a> Given<'a> {
    pub(super) fn new(definition: &'a str) -> Self {
        Self(definition)
    }

    /// What follows `+name=`; of several the first, as in PROJ.
    fn word(&self, name: &str) -> Option<&'a str> {
        self.0.split_whitespace().find_map(|word| {
            let word = word.trim_start_matches('+');
            word.strip_prefix(name)?.strip_prefix('=')
        })
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.word(name)?.parse().ok()
    }

    /// Whether a geographic system of this string is longitude and latitude on WGS 84 as it stands.
    pub(super) fn is_plain(&self) -> bool {
        let shifted = self.word("towgs84").is_some_and(|shift| !is_zero(shift) || !self.is_wgs84());
        let turned = self.word("pm").is_some_and(|meridian| !is_zero(meridian));
        let flag = self.0.split_whitespace().any(|word| word == "+geoc");
        !shifted && !turned && !flag && self.word("axis").is_none_or(|axis| axis == "enu")
    }

    /// Whether the way to WGS 84 is told, or is none.
    ///
    /// # Errors
    /// What is lacking.
    pub(super) fn datum(&self) -> Result<(), String> {
        if let Some(grids) = self.word("nadgrids") {
            return if grids == "@null" {
                Ok(())
            } else {
                Err(format!("its datum shift needs the grid '{grids}'"))
            };
        }
        if self.word("towgs84").is_some() {
            return Ok(());
        }
        match self.word("datum") {
            Some("WGS84" | "NAD83") => Ok(()),
            Some(datum) => {
                Err(format!("the way from the datum '{datum}' to WGS 84 is not known here"))
            }
            None if self.is_wgs84() || self.is_sphere() => Ok(()),
            None => {
                Err("it is on another ellipsoid than WGS 84, and its datum is not given".to_owned())
            }
        }
    }

    /// Whether the ellipsoid is WGS 84 or one that is the same to half a metre, as GRS 1980.
    fn is_wgs84(&self) -> bool {
        if let Some(name) = self.word("ellps") {
            return matches!(name, "WGS84" | "GRS80" | "GSK2011");
        }
        if self.word("R").is_some() || self.is_sphere() {
            return false;
        }
        let a = self.number("a").is_none_or(|a| (a - 6_378_137.0).abs() < 1.0);
        let rf = self.number("rf").is_none_or(|rf| (rf - 298.257).abs() < 1e-3);
        let b = self.number("b").is_none_or(|b| (b - 6_356_752.3).abs() < 1.0);
        a && rf && b
    }

    /// A sphere has no datum: its latitudes are taken for those of the ellipsoid, as PROJ does.
    fn is_sphere(&self) -> bool {
        self.word("R").is_some()
            || self.word("ellps") == Some("sphere")
            || self.number("a").is_some_and(|a| self.number("b").is_some_and(|b| a == b))
    }
}

/// Whether all of some numbers with commas are nought.
fn is_zero(numbers: &str) -> bool {
    numbers.split(',').all(|number| number.trim().parse() == Ok(0.0)) || numbers == "greenwich"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_datum_is_told_or_is_lacking() {
        for given in [
            "+proj=utm +zone=52",
            "+proj=utm +zone=52 +ellps=GRS80",
            "+proj=utm +zone=52 +a=6378137 +rf=298.257222101",
            "+proj=utm +zone=52 +datum=NAD83",
            "+proj=utm +zone=52 +ellps=bessel +towgs84=-146.414,507.337,680.507",
            "+proj=merc +a=6378137 +b=6378137 +nadgrids=@null",
            "+proj=sinu +R=6371007.181",
        ] {
            assert_eq!(Given::new(given).datum(), Ok(()), "{given}");
        }
        for (given, why) in [
            ("+proj=utm +zone=52 +ellps=krass", "its datum is not given"),
            ("+proj=utm +zone=52 +a=6378245 +rf=298.3", "its datum is not given"),
            ("+proj=utm +zone=52 +datum=potsdam", "'potsdam'"),
            ("+proj=utm +zone=10 +ellps=clrk66 +nadgrids=@conus", "the grid '@conus'"),
        ] {
            assert!(Given::new(given).datum().unwrap_err().contains(why), "{given}");
        }
    }

    #[test]
    fn plain_longitudes_and_latitudes() {
        for plain in [
            "+proj=longlat +datum=WGS84",
            "+proj=longlat +ellps=GRS80 +towgs84=0,0,0,0,0,0,0",
            "+proj=longlat +datum=WGS84 +pm=0 +axis=enu",
        ] {
            assert!(Given::new(plain).is_plain(), "{plain}");
        }
        for other in [
            "+proj=longlat +ellps=krass +towgs84=0,0,0",
            "+proj=longlat +ellps=GRS80 +towgs84=1,0,0",
            "+proj=longlat +datum=WGS84 +pm=paris",
            "+proj=longlat +datum=WGS84 +axis=neu",
        ] {
            assert!(!Given::new(other).is_plain(), "{other}");
        }
    }
}
