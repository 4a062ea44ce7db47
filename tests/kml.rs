//! KML and KMZ as they are written: order of elements, times, types, and the same bytes after they
//! were read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;
use tumen::geo_core::raw::RawGeometry;
use tumen::import::{self, Options};

fn tumen(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_tumen")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kml").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What may be in each element, in the order of OGC 07-147r2 (those that are used here). `+` marks
/// what may be there again.
const ORDER: [(&str, &[&str]); 15] = [
    ("kml", &["Document"]),
    ("Document", &["name", "description", "Style+", "Schema", "Folder+", "Placemark+"]),
    ("Folder", &["name", "Placemark+"]),
    (
        "Placemark",
        &[
            "name",
            "Snippet",
            "description",
            "TimeSpan",
            "styleUrl",
            "ExtendedData",
            "Point",
            "LineString",
            "Polygon",
            "MultiGeometry",
        ],
    ),
    ("Style", &["IconStyle", "LabelStyle", "LineStyle", "PolyStyle"]),
    ("IconStyle", &["color", "scale", "Icon"]),
    ("LabelStyle", &["color", "scale"]),
    ("LineStyle", &["color", "width"]),
    ("PolyStyle", &["color", "fill"]),
    ("TimeSpan", &["begin", "end"]),
    ("SchemaData", &["SimpleData+"]),
    ("Schema", &["SimpleField+"]),
    ("LineString", &["tessellate", "altitudeMode", "coordinates"]),
    ("Polygon", &["tessellate", "altitudeMode", "outerBoundaryIs", "innerBoundaryIs+"]),
    ("MultiGeometry", &["Point+", "LineString+", "Polygon+"]),
];

/// Walks a document and checks the order of its elements; the number of elements of each name.
fn checked(text: &str) -> std::collections::BTreeMap<String, usize> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut counts = std::collections::BTreeMap::new();
    let mut ids = std::collections::BTreeSet::new();
    loop {
        let event = reader.read_event().unwrap();
        let (Event::Start(tag) | Event::Empty(tag)) = &event else {
            match event {
                Event::End(_) => drop(open.pop()),
                Event::Eof => return counts,
                _ => {}
            }
            continue;
        };
        let name = tag.name().as_ref().to_owned();
        if let Some(id) = tag.try_get_attribute("id").unwrap() {
            assert!(ids.insert(id.value.to_string()), "the id {} is there twice", id.value);
        }
        if let Some((outer, place)) = open.last_mut()
            && let Some((_, order)) = ORDER.iter().find(|(name, _)| name == outer)
        {
            let here = order.iter().position(|known| known.trim_end_matches('+') == name);
            let here = here.unwrap_or_else(|| panic!("{name} in {outer}"));
            let again = order[here].ends_with('+') && here + 1 == *place;
            assert!(here >= *place || again, "{name} in {outer}");
            *place = here + 1;
        }
        *counts.entry(name.clone()).or_insert(0) += 1;
        if matches!(event, Event::Start(_)) {
            open.push((name, 0));
        }
    }
}

/// The English name, times and counts are those of the library.
#[test]
fn the_catalogue_in_the_order_of_the_standard() {
    let text = String::from_utf8(tumen(&["export", "--format", "kml"])).unwrap();
    let counts = checked(&text);
    let catalogue = tumen::catalogue().unwrap();
    let features = catalogue.features();
    assert_eq!(counts["Placemark"], features.len());
    assert_eq!(counts["Folder"], tumen::geo_core::model::Kind::ALL.len());
    let dated = |feature: &&tumen::geo_core::model::Feature| feature.span.days() != (None, None);
    assert_eq!(counts["TimeSpan"], features.iter().filter(dated).count());
    assert_eq!(counts["styleUrl"], features.len());
    let placed = text.split("<Placemark id=\"rajin-sonbong-fetz\">").nth(1).unwrap();
    let placed = placed.split("</Placemark>").next().unwrap();
    assert!(placed.contains("<TimeSpan><begin>1991-12-01</begin></TimeSpan>"), "{placed:.900}");
    assert!(placed.contains("<SimpleData name=\"name_ko\">라진-선봉자유경제무역지대</SimpleData>"));
    let note = catalogue.get("rajin-sonbong-fetz").unwrap().note.clone().unwrap();
    assert!(placed.contains(&format!("<SimpleData name=\"note\">{note}</SimpleData>")));
    assert!(placed.contains("<tr><th align=\"left\">Status</th><td>in force</td></tr>"));
}

#[test]
fn the_catalogue_is_the_same_after_it_was_read() {
    let (before, after) = (folder("before"), folder("after"));
    for format in ["kml", "kmz"] {
        let path = |folder: &Path| folder.join(format!("all.{format}")).display().to_string();
        let (first, second) = (path(&before), path(&after));
        tumen(&["export", "--format", format, "-o", &first]);
        tumen(&["export", "--format", format, "--input", &first, "-o", &second]);
        assert!(fs::read(first).unwrap() == fs::read(second).unwrap(), "{format}");
    }
}

/// A table cannot say that edges are densified: positions are added to some of those that are as
/// long as can be when it is read, and none the second time.
#[test]
fn a_table_is_the_same_after_it_was_read() {
    let folder = folder("tables");
    let path = |name: &str| folder.join(name).display().to_string();
    let (first, second, third) = (path("1.csv"), path("2.csv"), path("3.csv"));
    let kinds = "border-port,seaport,place";
    tumen(&["export", "--format", "csv", "--kind", kinds, "-o", &first]);
    tumen(&["export", "--format", "csv", "--input", &first, "-o", &second]);
    assert!(fs::read(&first).unwrap() == fs::read(&second).unwrap());
    tumen(&["export", "--format", "csv", "-o", &first]);
    tumen(&["export", "--format", "csv", "--input", &first, "-o", &second]);
    tumen(&["export", "--format", "csv", "--input", &second, "-o", &third]);
    assert!(fs::read(&second).unwrap() == fs::read(&third).unwrap());
}

#[test]
fn properties_of_a_file_are_data_of_their_types() {
    let folder = folder("own");
    let source = folder.join("own.geojson");
    fs::write(
        &source,
        r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"a b","properties":{"kind":"quay","name":"<A> & \"B\"","big":9007199254740993,
"open":true,"share":0.5,"date_from":"about 1993","year_from":860,"note":"bell\u0007\r\n]]> end"},
"geometry":{"type":"Point","coordinates":[130.5,42.25]}},
{"type":"Feature","id":"_columns","properties":{"kind":"zone","open":false},
"geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}},
{"type":"Feature","id":"c","properties":{"kind":"quay"},
"geometry":{"type":"LineString","coordinates":[[1,2],[1.1,2]]}}]}"#,
    )
    .unwrap();
    let source = source.to_str().unwrap();
    let text = String::from_utf8(tumen(&["export", "--format", "kml", "--input", source])).unwrap();
    let counts = checked(&text);
    assert_eq!((counts["Folder"], counts["Placemark"]), (2, 3));
    for part in [
        "<Folder>\n<name>quay</name>",
        "<SimpleField type=\"double\" name=\"big\"/>",
        "<SimpleField type=\"bool\" name=\"open\"/>",
        "<SimpleData name=\"big\">9007199254740993</SimpleData>",
        "<SimpleData name=\"open\">1</SimpleData>",
        "<TimeSpan><begin>0860</begin></TimeSpan>",
        "<name>&lt;A&gt; &amp; &quot;B&quot;</name>",
        "<styleUrl>#_style-zone</styleUrl>",
        "<styleUrl>#_style-</styleUrl>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // Its id is that of the schema, or none that XML can have.
    assert!(!text.contains("<Placemark id=\"a b\">") && !text.contains("<Placemark id=\"_"));
    let path = folder.join("own.kml");
    fs::write(&path, &text).unwrap();
    let mut features = Vec::new();
    for feature in import::open(&path, &Options::default()).unwrap() {
        features.push(feature.unwrap().read().unwrap());
    }
    // Folders gather what is of one kind.
    let names: Vec<String> = features.iter().map(tumen::geo_core::raw::RawFeature::name).collect();
    assert_eq!(names, ["a b", "c", "_columns"]);
    let value =
        |name: &str| &features[0].properties.iter().find(|(known, _)| known == name).unwrap().1;
    assert_eq!(*value("big"), 9_007_199_254_740_993_i64);
    assert_eq!(*value("open"), true);
    assert_eq!(*value("note"), "bell\u{fffd}\r\n]]> end");
    assert_eq!(*value("date_from"), "about 1993");
    assert!(matches!(&features[2].geometry, Some(RawGeometry::MultiPoint(at)) if at.len() == 2));
    let again = folder.join("again").join("own.kml");
    fs::create_dir_all(again.parent().unwrap()).unwrap();
    let (path, again) = (path.to_str().unwrap(), again.to_str().unwrap());
    tumen(&["export", "--format", "kml", "--input", path, "-o", again]);
    assert_eq!(fs::read_to_string(again).unwrap(), text);
}

#[test]
fn an_archive_is_the_document_and_tells_no_time() {
    let folder = folder("archive");
    let path = |name: &str| folder.join(name).display().to_string();
    let (kml, kmz) = (path("ports.kml"), path("ports.kmz"));
    for (format, file) in [("kml", &kml), ("kmz", &kmz)] {
        tumen(&["export", "--format", format, "--kind", "seaport", "-o", file]);
    }
    let mut archive = zip::ZipArchive::new(fs::File::open(&kmz).unwrap()).unwrap();
    let mut entry = archive.by_name("doc.kml").unwrap();
    let time = entry.last_modified().unwrap();
    assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1));
    let mut text = String::new();
    std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
    assert_eq!(text, fs::read_to_string(&kml).unwrap());
    let streamed = tumen(&["export", "--format", "kmz", "--kind", "seaport"]);
    assert!(streamed.starts_with(b"PK"));
}
