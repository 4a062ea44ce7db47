//! A project of a preset, as text.

use super::Project;
use crate::atlas::Atlas;
use crate::export::map::MapExport;
use crate::export::style::Warnings;

fn map() -> MapExport {
    let (spec, folder) = crate::map::spec("small-triangle").unwrap();
    let atlas = Atlas::built_in(folder);
    MapExport::new(&spec, &atlas, &crate::fonts().unwrap()).unwrap()
}

#[test]
fn a_project_is_the_same_bytes_again() {
    let map = map();
    let project = Project { map: &map, data: "small.gpkg" };
    let bytes = project.write(&mut Warnings::default()).unwrap();
    assert_eq!(bytes, project.write(&mut Warnings::default()).unwrap());
    assert_eq!(&bytes[..4], b"PK\x03\x04");
}

#[test]
fn a_project_has_the_map_s_projection_layers_and_page() {
    let map = map();
    let project = Project { map: &map, data: "small.gpkg" };
    let text = project.text(&mut Warnings::default()).unwrap();
    let count = |part: &str| text.matches(part).count();
    assert!(text.contains(&format!("<proj4>{}</proj4>", map.sheet.place.projection)));
    assert_eq!(count("<maplayer "), map.layers.len());
    assert_eq!(count("<datasource>./small.gpkg|layername="), map.layers.len());
    // QGIS gives layers with ids of ten characters and less new ones, and loses them.
    let ids = text.match_indices("<id>").map(|(at, _)| &text[at + 4..]);
    let ids: Vec<&str> =
        ids.filter_map(|rest| rest.split_once("</id>")).map(|(id, _)| id).collect();
    assert!(ids.len() == map.layers.len() && ids.iter().all(|id| id.len() > 10), "{ids:?}");
    for kind in [super::layout::MAP, super::layout::LEGEND, super::layout::SCALE_BAR] {
        assert_eq!(count(&format!("<LayoutItem type=\"{kind}\"")), 1, "{kind}");
    }
    for said in ["labelText=\"图们江小三角\"", "© OpenStreetMap contributors", "ProjectionsEnabled"]
    {
        assert!(text.contains(said), "{said}");
    }
    // 1600 px at 200 ppi are 203.2 mm.
    assert!(text.contains("size=\"203.200,"));
}
