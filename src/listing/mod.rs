//! Features and links as rows of listings, with stable field names.

mod feature;
mod link;

pub use feature::Row;
pub use link::{LinkRow, of_year};
