//! KML by hand.

use serde_json::{Value, json};
use tumen::geo_core::EdgeModel;
use tumen::geo_core::raw::RawGeometry;
use tumen::import::Options;

use super::{all, point, read, refused, written};

/// A document with something of everything.
const DOCUMENT: &str = r##"<?xml version="1.0"?>
<!-- by hand -->
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">
<Document><name>All</name>
<Style id="s"><PolyStyle><color>ff0000ff</color></PolyStyle></Style>
<Schema name="t" id="t"><SimpleField type="int" name="n"/><SimpleField type="bool" name="b"/></Schema>
<Folder><name>Ports</name>
<Placemark id="rajin"><name>Rajin &amp; <![CDATA[<b>]]> &#46972;&#xC9C4;</name>
<description>
 A port. </description>
<TimeSpan><begin>1991-12</begin><end>1994</end></TimeSpan>
<ExtendedData><Data name="owner"><displayName>O</displayName><value>a;b</value></Data>
<SchemaData schemaUrl="#t"><SimpleData name="b">1</SimpleData><SimpleData name="x"> y </SimpleData></SchemaData>
</ExtendedData>
<Point><altitudeMode>absolute</altitudeMode><coordinates> 130.3,42.25,15 </coordinates></Point>
</Placemark>
<Folder><name>Inner</name>
<Placemark><name>2</name><TimeStamp><when>1993-05-01</when></TimeStamp>
<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,0</coordinates></LinearRing></outerBoundaryIs>
<innerBoundaryIs><LinearRing><coordinates>2,1 3,1 3,2 2,1</coordinates></LinearRing></innerBoundaryIs></Polygon>
<MultiGeometry><Point><coordinates>1,1,0</coordinates></Point></MultiGeometry></MultiGeometry></Placemark>
</Folder></Folder>
<Placemark><gx:Track><when>2010</when><gx:coord>1 2 3</gx:coord></gx:Track></Placemark>
<Placemark><name>ring</name><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></Placemark>
<NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink>
<GroundOverlay><name>picture</name></GroundOverlay>
</Document></kml>"##;

fn property<'a>(feature: &'a tumen::geo_core::raw::RawFeature, name: &str) -> &'a Value {
    let found = feature.properties.iter().find(|(known, _)| known == name);
    found.map_or(&Value::Null, |(_, value)| value)
}

#[test]
fn placemarks_in_folders_with_time_and_data() {
    let path = written("all.kml", DOCUMENT);
    let (features, notes) = all(&path);
    let rajin = &features[0];
    assert_eq!((rajin.id.as_deref(), &rajin.geometry), (Some("rajin"), &point(130.3, 42.25)));
    let properties = [
        ("name", json!("Rajin & <b> 라진")),
        ("description", json!("A port.")),
        ("folder", json!("Ports")),
        ("date_from", json!("1991-12")),
        ("date_to", json!("1994")),
        ("owner", json!("a;b")),
        ("n", Value::Null),
        ("b", json!(true)),
        ("x", json!(" y ")),
    ];
    assert_eq!(rajin.properties, properties.map(|(name, value)| (name.to_owned(), value)));
    // Areas and points of one placemark become features of their own.
    let ids: Vec<String> = features.iter().map(tumen::geo_core::raw::RawFeature::name).collect();
    assert_eq!(ids, ["rajin", "2-areas", "2-points", "ring"]);
    assert!(matches!(&features[1].geometry, Some(RawGeometry::Polygon(rings)) if rings.len() == 2));
    assert_eq!(features[2].geometry, point(1.0, 1.0));
    assert_eq!(*property(&features[1], "date_from"), "1993-05-01");
    assert_eq!(property(&features[1], "date_to"), property(&features[2], "date_from"));
    assert_eq!(*property(&features[1], "folder"), "Inner");
    assert!(
        matches!(&features[3].geometry, Some(RawGeometry::LineString(line)) if line.len() == 4)
    );
    assert_eq!(
        notes,
        [
            "areas, lines and points of one placemark are made features of their own (1 feature)",
            "heights are left out (1 feature)",
            "links to other documents are not followed (1 feature)",
            "pictures are left out (1 feature)",
            "placemarks without a geometry are left out (1 feature)",
            "tracks (gx:Track) are left out (1 feature)",
        ]
    );
    let options = Options { layer: Some("Inner".to_owned()), ..Options::default() };
    assert_eq!(read(&path, &options).unwrap().0.len(), 2);
}

#[test]
fn a_document_in_another_encoding() {
    let text = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><kml><Placemark><name>Раджин\
                </name><Point><coordinates>1,2</coordinates></Point></Placemark></kml>";
    let (bytes, _, unmapped) = encoding_rs::WINDOWS_1251.encode(text);
    assert!(!unmapped);
    let (features, _) = all(&written("cyrillic.kml", bytes));
    assert_eq!(*property(&features[0], "name"), "Раджин");
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let wide = format!("\u{feff}{}", text.replace("windows-1251", "UTF-16"));
        let bytes: Vec<u8> = wide.encode_utf16().flat_map(order).collect();
        let (features, _) = all(&written("wide.kml", bytes));
        assert_eq!(*property(&features[0], "name"), "Раджин");
    }
    let marked = text.replace("windows-1251", "UTF-8");
    for spaces in 0..40 {
        let text = format!("\u{feff}{}", marked.replacen(' ', &" ".repeat(spaces + 1), 1));
        assert_eq!(all(&written("marked.kml", text)).0.len(), 1);
    }
}

#[test]
fn what_is_wrong_is_said() {
    let within = |geometry: &str| {
        format!("<kml><Placemark id='p'><name>n</name>{geometry}</Placemark></kml>")
    };
    for (text, message) in [
        (within("<Point><coordinates>1 2</coordinates></Point>"), "feature 'p': '1' is not"),
        (within("<Point><coordinates>1,2 3,4</coordinates></Point>"), "2 positions"),
        (within("<Point><coordinates>1,2,3,4</coordinates></Point>"), "is not a position"),
        (within("<Point><coordinates>1;2</coordinates></Point>"), "is not a position"),
        ("<kml><Document>".to_owned(), "ends before"),
        ("<kml><Document></kml>".to_owned(), "damaged near byte"),
        (format!("<kml>{}", "<Document>".repeat(100)), "nested too deep"),
        ("<html><kml></kml></html>".to_owned(), "no document of KML"),
    ] {
        let (said, _) = refused(&written("wrong.kml", &text));
        assert!(said.contains(message), "{text}: {said}");
    }
    let (said, _) = refused(&written("other.xml", "<osm></osm>"));
    assert!(said.contains("not KML"), "{said}");
    // A ring that is not closed is found when the feature is checked, as in every format.
    let open = "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,1</coordinates>\
                </LinearRing></outerBoundaryIs></Polygon>";
    let (features, _) = all(&written("open.kml", within(open)));
    let error = features[0].clone().record(EdgeModel::LonLat).unwrap_err();
    assert!(error.to_string().contains("not closed"), "{error}");
}
