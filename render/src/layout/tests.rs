//! Whole maps.
