//! `tumen components`: what hangs together, and by what.

use std::io::Write;

use serde::Serialize;
use tumen_geo_core::Length;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::Kind;
use tumen_geo_core::query::Component;

use super::json_line;
use super::options::{Options, timed};
use super::target::distance;
use super::way::Way;
use crate::error::Result;
use crate::prose::{columns, wrap};
use crate::table::{Table, grouped};

/// Arguments of `components`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Features (ids or names); when left out, all zones and triangles, or what the options choose.
    of: Vec<String>,
    /// How far apart two may be that hang together; when left out, they share a point.
    #[arg(long, value_name = "DISTANCE", default_value = "0m", value_parser = distance)]
    within: Length,
    #[command(flatten)]
    options: Options,
}

/// A line of JSON: first the components, then what joins their members, then what lies between.
#[derive(Serialize)]
#[serde(tag = "row", rename_all = "lowercase")]
enum Row<'a> {
    Component { component: usize, size: usize, members: Vec<&'a str> },
    Joint(JointRow<'a>),
    Gap(GapRow<'a>),
}

/// The shortest line from a component to another one.
#[derive(Serialize)]
struct GapRow<'a> {
    component: usize,
    to: usize,
    #[serde(flatten)]
    way: Way<'a>,
}

#[derive(Serialize)]
struct JointRow<'a> {
    component: usize,
    bridge: bool,
    spanning: bool,
    #[serde(flatten)]
    way: Way<'a>,
}

/// What hangs together.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    let catalogue = options.catalogue()?;
    let usual = [Kind::Zone, Kind::GrowthTriangle];
    let index = SpatialIndex::new(options.named_or_usual(&arguments.of, &usual, &catalogue)?);
    let ((answer, gaps), took) = timed(|| {
        let answer = index.components(arguments.within, |_| true);
        let gaps = index.gaps(&answer.value);
        (answer, gaps)
    });
    let gaps =
        gaps.iter().enumerate().filter_map(|(number, gap)| Some((number + 1, gap.as_ref()?)));
    let way = |first: usize, second: usize, nearest| {
        Way::of(&index.items()[first].id, &index.items()[second].id, nearest)
    };
    let gaps: Vec<GapRow> = gaps
        .map(|(component, gap)| GapRow {
            component,
            to: gap.to + 1,
            way: way(gap.first, gap.second, &gap.nearest),
        })
        .collect();
    let explained = options.explained(&answer.explain, took);
    let members = |component: &Component| -> Vec<&str> {
        component.members.iter().map(|&member| index.items()[member].id.as_str()).collect()
    };
    let joints = answer.value.iter().enumerate().flat_map(|(number, component)| {
        component.joints.iter().map(move |joint| (number + 1, joint))
    });
    let joints = joints.map(|(component, joint)| JointRow {
        component,
        bridge: joint.bridge,
        spanning: joint.spanning,
        way: way(joint.first, joint.second, &joint.nearest),
    });
    if options.json() {
        for (number, component) in answer.value.iter().enumerate() {
            let members = members(component);
            json_line(
                out,
                &Row::Component { component: number + 1, size: members.len(), members },
            )?;
        }
        for joint in joints {
            json_line(out, &Row::Joint(joint))?;
        }
        for gap in gaps {
            json_line(out, &Row::Gap(gap))?;
        }
        return explained.print(out);
    }
    let width = columns();
    for (number, component) in answer.value.iter().enumerate() {
        wrap(out, &format!("{:>4}  ", number + 1), &members(component).join(" · "), width)?;
    }
    let mut table = Table::new(&["in", "km", "first", "second", "from", "to", "without it"]);
    let mut joined = false;
    // What touches is at most told by what would part it: no joint is shorter than another.
    let touching = arguments.within.to_m() == 0.0;
    for row in joints.filter(|joint| if touching { joint.bridge } else { joint.spanning }) {
        joined = true;
        let [from, to] = row.way.ends();
        table.row([
            row.component.to_string(),
            grouped(row.way.distance_km, 1),
            row.way.first.to_owned(),
            row.way.second.to_owned(),
            from,
            to,
            if row.bridge { "falls in two" } else { "holds" }.to_owned(),
        ]);
    }
    if joined {
        writeln!(out)?;
        table.write(out)?;
    }
    if !gaps.is_empty() {
        writeln!(out)?;
        let mut table = Table::new(&["of", "nearest", "km", "first", "second", "from", "to"]);
        for gap in gaps {
            let [from, to] = gap.way.ends();
            table.row([
                gap.component.to_string(),
                gap.to.to_string(),
                grouped(gap.way.distance_km, 1),
                gap.way.first.to_owned(),
                gap.way.second.to_owned(),
                from,
                to,
            ]);
        }
        table.write(out)?;
    }
    explained.print(out)?;
    let (held, told) = if touching {
        ("touch".to_owned(), "the joints without which one would fall in two")
    } else {
        let km = arguments.within.to_km();
        let held = format!("are at most {km} km apart on the WGS 84 ellipsoid");
        (held, "the shortest joints that hold them together")
    };
    writeln!(
        out,
        "\n{} components of {} features, of those that {held}; {told}; and the way from each to \
         the nearest other",
        answer.value.len(),
        index.len(),
    )?;
    Ok(())
}
