//! Overlaps as a matrix: a row for each feature of a layer, a column for each of another.

use std::collections::BTreeMap;
use std::io::Write;

use clap::ValueEnum;
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::Feature;
use tumen_geo_core::query::{Overlap, Pair, overlap_of};

use super::Row;
use crate::command::json_line;
use crate::error::{Error, Result};
use crate::table::{Table, grouped};

/// What the cells of a table say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Cells {
    /// The shared area, km².
    Area,
    /// The shared area as a share of the row's.
    Share,
    /// The shared area as a share of what either covers.
    Jaccard,
}

/// What each feature of a layer shares with each of another, or of the same one.
pub(super) struct Matrix<'a> {
    rows: Vec<&'a Feature>,
    columns: Vec<&'a Feature>,
    /// By row and column; those that share no point have none.
    cells: BTreeMap<(usize, usize), Overlap>,
}

impl<'a> Matrix<'a> {
    /// The matrix of `pairs` of two layers, or of those of one layer with itself: then each feature
    /// shares all its ground with itself.
    pub(super) fn new(
        first: &SpatialIndex<&'a Feature>,
        second: Option<&SpatialIndex<&'a Feature>>,
        pairs: &[Pair],
    ) -> Self {
        let by_id = |index: &SpatialIndex<&'a Feature>| -> Vec<usize> {
            let mut order: Vec<usize> = (0..index.len()).collect();
            order.sort_by_key(|&place| &index.items()[place].id);
            order
        };
        let columns = second.unwrap_or(first);
        let (row_order, column_order) = (by_id(first), by_id(columns));
        let place = |order: &[usize]| -> Vec<usize> {
            let mut places = vec![0; order.len()];
            order.iter().enumerate().for_each(|(at, &place)| places[place] = at);
            places
        };
        let (row_of, column_of) = (place(&row_order), place(&column_order));
        let mut cells = BTreeMap::new();
        for Pair { first, second: other, overlap } in pairs {
            cells.insert((row_of[*first], column_of[*other]), overlap.clone());
            if second.is_none() {
                cells.insert((row_of[*other], column_of[*first]), reversed(overlap));
            }
        }
        if second.is_none() {
            for (row, &place) in row_order.iter().enumerate() {
                let shape = &first.items()[place].shape;
                cells.extend(overlap_of(shape, shape).map(|whole| ((row, row), whole)));
            }
        }
        let features = |index: &SpatialIndex<&'a Feature>, order: &[usize]| {
            order.iter().map(|&place| index.items()[place]).collect()
        };
        Self { rows: features(first, &row_order), columns: features(columns, &column_order), cells }
    }

    /// A line for each cell that says something, row by row.
    pub(super) fn write_json(&self, out: &mut dyn Write) -> Result<()> {
        for (&(row, column), overlap) in &self.cells {
            json_line(out, &Row::of(self.rows[row], self.columns[column], overlap))?;
        }
        Ok(())
    }

    /// The table for people; what shares no point is left blank.
    pub(super) fn write(&self, cells: Cells, out: &mut dyn Write) -> Result<()> {
        let mut headings = vec![match cells {
            Cells::Area => "km²".to_owned(),
            Cells::Share => "of the row".to_owned(),
            Cells::Jaccard => "Jaccard".to_owned(),
        }];
        headings.extend(self.columns.iter().map(|feature| feature.id.clone()));
        let mut table = Table::of(headings);
        for (row, feature) in self.rows.iter().enumerate() {
            let mut line = vec![feature.id.clone()];
            line.extend((0..self.columns.len()).map(|column| {
                self.cells.get(&(row, column)).map_or(String::new(), |overlap| match cells {
                    Cells::Area => grouped(overlap.area.to_km2(), 1),
                    Cells::Share => format!("{:.1} %", overlap.share_of_first * 100.0),
                    Cells::Jaccard => format!("{:.3}", overlap.jaccard()),
                })
            }));
            table.line(line);
        }
        Ok(table.write(out)?)
    }

    /// The table as CSV (RFC 4180), its first heading telling what the cells are; what shares no
    /// point is left empty.
    pub(super) fn write_csv(&self, cells: Cells, out: &mut dyn Write) -> Result<()> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let corner = match cells {
            Cells::Area => "area_km2",
            Cells::Share => "share_of_row",
            Cells::Jaccard => "jaccard",
        };
        let ids = self.columns.iter().map(|feature| feature.id.as_str());
        let failed = |e: csv::Error| Error::failure(e.to_string());
        writer.write_record(std::iter::once(corner).chain(ids)).map_err(failed)?;
        for (row, feature) in self.rows.iter().enumerate() {
            let values = (0..self.columns.len()).map(|column| {
                self.cells.get(&(row, column)).map_or(String::new(), |overlap| match cells {
                    Cells::Area => format!("{:.3}", overlap.area.to_km2()),
                    Cells::Share => format!("{:.6}", overlap.share_of_first),
                    Cells::Jaccard => format!("{:.6}", overlap.jaccard()),
                })
            });
            let line = std::iter::once(feature.id.clone()).chain(values);
            writer.write_record(line).map_err(failed)?;
        }
        let text = writer.into_inner().map_err(|e| Error::failure(e.to_string()))?;
        Ok(out.write_all(&text)?)
    }
}

/// What two share, seen from the second.
fn reversed(overlap: &Overlap) -> Overlap {
    Overlap {
        relation: overlap.relation.reversed(),
        share_of_first: overlap.share_of_second,
        share_of_second: overlap.share_of_first,
        ..overlap.clone()
    }
}
