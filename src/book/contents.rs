//! The title page: contents, how to read the pages, and the two studies.

use tumen_render::scene::{Item, Rect};
use tumen_render::text::{Align, TextBlock};

use super::Library;
use super::flow::Flow;
use super::page::{Look, MARGIN, Page, QUIET, Target};
use super::plan::{Plan, Section};
use crate::bibliography::in_full;

/// What the words and numbers of the pages mean.
const READING: [&str; 4] = [
    "Lengths, areas and distances are computed on the WGS 84 ellipsoid from the geometry that is \
     drawn. Beside each number that a source gives stands the computed one: “about” allows 10 %, a \
     bare number 1 %, “near” 10 km; a relation the error of the position. A claim that the \
     geometry contradicts is printed as it is.",
    "Outlines are surveyed, administrative, digitised, schematic (a simple shape that stands for \
     the thing) or conceptual (no limit that anybody drew: the edge fades away). A zone of unknown \
     extent stands at a point.",
    "The status is that after the last event that the sources report. Numbers in brackets are those \
     of the sources at the foot of the page, with the lines of their scanned text.",
    "Borders are drawn as the base map has them, which is no statement about their status.",
];

/// Space between the two columns, pt.
const GUTTER: f64 = 24.0;
/// Width of the column of page numbers, pt.
const NUMBERS: f64 = 22.0;

/// Lays out the title page; `first` gives the number (from 1) of the first page of each entry.
pub(super) fn contents(
    plan: &Plan,
    first: &[usize],
    library: &Library<'_>,
) -> (Vec<Page>, Vec<String>) {
    let mut flow = Flow::new(&library.fonts, Page::portrait(), MARGIN + 10.0);
    flow.paragraph("Tumen atlas", &Look { size_pt: 30.0, ..Look::TITLE });
    let subtitle = Look { size_pt: 11.0, color: QUIET, ..Look::TEXT };
    flow.paragraph("Border ports, special zones and growth triangles of Northeast Asia", &subtitle);
    flow.y += 8.0;
    let rule = flow.y;
    flow.page().rule(rule);
    flow.y += 12.0;
    let mut columns = Columns { top: flow.y, y: flow.y, column: 0, deepest: flow.y };
    let half = columns.top + Columns::height(plan) / 2.0;
    for section in [Section::Maps, Section::Triangles, Section::Zones] {
        let entries = plan.entries().iter().enumerate().filter(|(_, e)| e.section == section);
        let entries: Vec<_> = entries.collect();
        if entries.is_empty() {
            continue;
        }
        let size = Columns::section(entries.len());
        if columns.column == 0 && columns.y > columns.top && columns.y + size / 2.0 > half {
            columns.next();
        }
        columns.row(section.title(), &Look::HEADING, None, flow.page(), library);
        columns.y += Columns::BELOW_HEADING;
        for (at, entry) in entries {
            let lead = Some((Target::Entry(at), first[at]));
            columns.row(&entry.title, &Look::TEXT, lead, flow.page(), library);
        }
        columns.y += Columns::BETWEEN;
    }
    flow.y = columns.deepest + 14.0;
    let rule = flow.y;
    flow.page().rule(rule);
    flow.y += 10.0;
    flow.paragraph("How to read the pages", &Look::HEADING);
    for text in READING {
        flow.paragraph(text, &Look::TEXT);
    }
    flow.y += 6.0;
    flow.paragraph("The two studies", &Look::HEADING);
    let studies = library.catalogue.sources().iter().filter(|source| source.kind != "dataset");
    for source in studies {
        // Notes of the catalogue call them so.
        let letter = source.id.strip_prefix("study-").map(str::to_uppercase);
        let called = letter.map_or(String::new(), |letter| format!("Study {letter}: "));
        flow.paragraph(&format!("{called}{}", in_full(source)), &Look::TEXT);
    }
    let (mut pages, warnings) = flow.finish();
    let titles: Vec<&str> = plan.entries().iter().map(|entry| entry.title.as_str()).collect();
    pages[0].description = format!("Tumen atlas. Contents: {}.", titles.join("; "));
    (pages, warnings)
}

/// Two columns of rows.
struct Columns {
    top: f64,
    y: f64,
    column: usize,
    deepest: f64,
}

impl Columns {
    const ROW: f64 = 13.0;
    const BETWEEN: f64 = 8.0;
    const BELOW_HEADING: f64 = 3.0;

    fn section(entries: usize) -> f64 {
        Self::ROW * (entries + 1) as f64 + Self::BELOW_HEADING + Self::BETWEEN
    }

    fn height(plan: &Plan) -> f64 {
        let mut sections: Vec<Section> = plan.entries().iter().map(|e| e.section).collect();
        sections.dedup();
        Self::ROW * (plan.entries().len() + sections.len()) as f64
            + (Self::BELOW_HEADING + Self::BETWEEN) * sections.len() as f64
    }

    fn next(&mut self) {
        self.column += 1;
        self.y = self.top;
    }

    /// A heading, or a title with the number of its page, to which it leads.
    fn row(
        &mut self,
        text: &str,
        look: &Look,
        lead: Option<(Target, usize)>,
        page: &mut Page,
        library: &Library<'_>,
    ) {
        let width = (page.inner_width() - GUTTER) / 2.0;
        let left = MARGIN + (width + GUTTER) * self.column as f64;
        let base = self.y + look.size_pt;
        let room = width - NUMBERS;
        let block = TextBlock::wrap(&library.fonts, text, &look.style(), room, Align::Left);
        for (i, line) in block.lines.iter().enumerate() {
            let at = base + look.leading() * i as f64;
            page.items.extend(line.place(left, at, look.color, None).into_iter().map(Item::Text));
        }
        let further = look.leading() * block.lines.len().saturating_sub(1) as f64;
        if let Some((target, number)) = lead {
            let number = library.fonts.shape(&number.to_string(), &look.style());
            let x = left + width - number.width;
            let runs = number.place(x, base + further, QUIET, None);
            page.items.extend(runs.into_iter().map(Item::Text));
            let bottom = self.y + Self::ROW + further;
            page.links.push((Rect::new(left, self.y, left + width, bottom), target));
        }
        self.y += Self::ROW + further;
        self.deepest = self.deepest.max(self.y);
    }
}
