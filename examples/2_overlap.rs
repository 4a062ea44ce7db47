//! Which zones share ground, and how much of each.

use tumen::geo_core::query::overlap_of;

fn main() -> tumen::Result<()> {
    let catalogue = tumen::catalogue()?;
    let triangle = catalogue.find("small-tumen-triangle")?;
    for id in ["rajin-sonbong-fetz", "yanbian", "large-tumen-triangle"] {
        let other = catalogue.find(id)?;
        match overlap_of(&triangle.shape, &other.shape) {
            Some(overlap) => println!(
                "{} {} {}: {:.1} km² ± {:.1}, {:.1} % of the one and {:.1} % of the other",
                triangle.name(),
                overlap.relation,
                other.name(),
                overlap.area.to_km2(),
                overlap.error.to_km2(),
                overlap.share_of_first * 100.0,
                overlap.share_of_second * 100.0,
            ),
            None => println!("{} and {} share no point", triangle.name(), other.name()),
        }
    }
    Ok(())
}
