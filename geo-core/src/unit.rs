//! Lengths, areas and angles whose unit is in the type.

use std::ops::{Add, Div, Mul, Sub};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $zero:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            #[doc = $zero]
            pub const ZERO: Self = Self(0.0);

            /// The larger of the two.
            pub fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }

            /// The smaller of the two.
            pub fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }

            /// The value without its sign.
            pub fn abs(self) -> Self {
                Self(self.0.abs())
            }

            /// Orders two values; NaN, which no measure here yields, comes last.
            pub fn total_cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }

        impl Div for $name {
            type Output = f64;
            fn div(self, other: Self) -> f64 {
                self.0 / other.0
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                values.fold(Self::ZERO, Add::add)
            }
        }
    };
}

quantity!(
    /// A length or distance on the earth, held in metres.
    ///
    /// ```
    /// use tumen_geo_core::Length;
    /// assert_eq!(Length::km(93.0).to_m(), 93_000.0);
    /// ```
    Length,
    "No length."
);

impl Length {
    /// A length of `metres`.
    pub const fn m(metres: f64) -> Self {
        Self(metres)
    }

    /// A length of `kilometres`.
    pub const fn km(kilometres: f64) -> Self {
        Self(kilometres * 1e3)
    }

    /// The length in metres.
    pub const fn to_m(self) -> f64 {
        self.0
    }

    /// The length in kilometres.
    pub const fn to_km(self) -> f64 {
        self.0 / 1e3
    }
}

quantity!(
    /// An area on the earth, held in square metres.
    Area,
    "No area."
);

impl Area {
    /// An area of `square_metres`.
    pub const fn m2(square_metres: f64) -> Self {
        Self(square_metres)
    }

    /// An area of `square_kilometres`.
    pub const fn km2(square_kilometres: f64) -> Self {
        Self(square_kilometres * 1e6)
    }

    /// The area in square metres.
    pub const fn to_m2(self) -> f64 {
        self.0
    }

    /// The area in square kilometres.
    pub const fn to_km2(self) -> f64 {
        self.0 / 1e6
    }
}

quantity!(
    /// An angle, held in degrees; bearings count clockwise from true north.
    Angle,
    "No angle."
);

impl Angle {
    /// An angle of `degrees`.
    pub const fn degrees(degrees: f64) -> Self {
        Self(degrees)
    }

    /// The angle in degrees.
    pub const fn to_degrees(self) -> f64 {
        self.0
    }

    /// The angle in radians.
    pub const fn to_radians(self) -> f64 {
        self.0.to_radians()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert_and_add() {
        assert_eq!((Length::km(1.5) + Length::m(500.0)).to_km(), 2.0);
        assert_eq!(Area::km2(2.25).to_m2(), 2_250_000.0);
        assert_eq!(Length::km(10.0) / Length::km(4.0), 2.5);
        assert_eq!([Area::km2(1.0), Area::km2(2.0)].into_iter().sum::<Area>(), Area::km2(3.0));
    }
}
