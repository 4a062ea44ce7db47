//! Names of tables and columns.

use std::borrow::Cow;

use super::super::field::Field;
use super::sql_type;

/// A name as SQL takes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name for a table that is not among `taken`: the one that is wanted, unless SQLite or the
/// standard keeps it for itself.
pub(super) fn table_name(wanted: &str, taken: &[String]) -> String {
    let lower = wanted.to_ascii_lowercase();
    let kept = ["sqlite_", "gpkg_", "rtree_"].iter().any(|start| lower.starts_with(start));
    let wanted = match wanted {
        "" => Cow::Borrowed("features"),
        wanted if kept => Cow::Owned(format!("layer_{wanted}")),
        wanted => Cow::Borrowed(wanted),
    };
    free(&wanted, taken)
}

/// The columns of a table.
pub(super) struct Columns {
    /// Its key.
    pub fid: String,
    /// The geometry, where there is one.
    pub geom: String,
    /// Those of the fields, in their order.
    pub fields: Vec<String>,
}

impl Columns {
    /// Columns for fields; a name that another has in upper or lower case gets `_2` behind it.
    pub fn of(fields: &[Field]) -> Self {
        let mut names: Vec<String> = Vec::new();
        for field in fields {
            let wanted = if field.name.is_empty() { "column" } else { &*field.name };
            names.push(free(wanted, &names));
        }
        let fid = free("fid", &names);
        let geom = free("geom", &names);
        Self { fid, geom, fields: names }
    }

    /// The columns of the fields, each after a comma, as a definition has them.
    pub fn defined(&self, fields: &[Field]) -> String {
        let columns = self.fields.iter().zip(fields);
        columns.map(|(name, field)| format!(", {} {}", quoted(name), sql_type(field.of))).collect()
    }

    /// A statement that adds a row: the columns of `first`, then those of the fields.
    pub fn insert(&self, table: &str, first: &[&String]) -> String {
        let columns = first.iter().copied().chain(&self.fields);
        let columns: Vec<String> = columns.map(|name| quoted(name)).collect();
        let values = vec!["?"; columns.len()].join(", ");
        format!("INSERT INTO {} ({}) VALUES ({values})", quoted(table), columns.join(", "))
    }
}

/// The name, with a number behind it when it is taken; SQLite tells no upper from lower case.
fn free(wanted: &str, taken: &[String]) -> String {
    let is_free = |name: &str| taken.iter().all(|taken| !taken.eq_ignore_ascii_case(name));
    if is_free(wanted) {
        return wanted.to_owned();
    }
    let mut number = 2;
    loop {
        let name = format!("{wanted}_{number}");
        if is_free(&name) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field::{Type, field};
    use super::*;

    #[test]
    fn columns_differ_in_more_than_case() {
        let names = ["id", "Name", "name", "NAME_2", "fid", ""];
        let fields = names.map(|name| field(name, Type::Text, ""));
        let columns = Columns::of(&fields);
        assert_eq!(columns.fields, ["id", "Name", "name_2", "NAME_2_2", "fid", "column"]);
        assert_eq!((&*columns.fid, &*columns.geom), ("fid_2", "geom"));
    }

    #[test]
    fn tables_leave_the_names_of_others_alone() {
        let taken = ["zone".to_owned()];
        assert_eq!(table_name("Zone", &taken), "Zone_2");
        assert_eq!(table_name("gpkg_contents", &[]), "layer_gpkg_contents");
        assert_eq!(table_name("SQLite_x", &[]), "layer_SQLite_x");
        assert_eq!(table_name("", &[]), "features");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
