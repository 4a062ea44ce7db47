//! What can be wrong with a feature, where, and what a repair does about it.

use std::collections::BTreeMap;
use std::fmt;

use geo_types::Coord;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Not valid (OGC 06-103r4, RFC 7946): refused on reading, or read as something else.
    Error,
    /// Valid here; other programs differ in what they make of it.
    Warning,
    /// Nothing is wrong; what reading makes of it.
    Note,
}

impl Severity {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A kind of problem, its name, its severity, what a repair does about it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $severity:ident $repair:literal;)*) => {
        /// What is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ProblemKind { $($(#[$doc])* $kind,)* }

        impl ProblemKind {
            /// Every kind, in the order of this list.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Its name, such as `ring-not-closed`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$kind => Severity::$severity,)* }
            }

            /// What a repair does about it, in words.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$kind => $repair,)* }
            }
        }
    };
}

kinds! {
    /// The text is cut off, no JSON, no UTF-8 or no GeoJSON.
    Unreadable "unreadable" Error "cannot be repaired: the feature is left out";
    /// More positions in a feature than are looked at.
    TooManyPositions "too-many-positions" Error "cannot be repaired: the feature is left out";
    /// Edges of one feature meet in more places than are looked at.
    TooManyMeetings "too-many-meetings" Error "cannot be repaired: the feature is left out";
    /// A number of a position is not finite.
    NotFinite "not-finite" Error "cannot be repaired: the feature is left out";
    /// Every position fits with its numbers swapped, and some do not as they stand.
    LooksSwapped "looks-swapped" Error
        "none unless it is told that latitudes come first: the feature is left out";
    /// A latitude beyond a pole.
    LatitudeOutOfRange "latitude-out-of-range" Error "cannot be repaired: the feature is left out";
    /// A longitude so far out that it can be no degrees.
    NotDegrees "not-degrees" Error "cannot be repaired: the feature is left out";
    /// A longitude beyond ±360°.
    LongitudeFarOut "longitude-far-out" Error "brings it back by a whole turn";
    /// A geometry, or a part of one, without positions.
    Empty "empty" Error "leaves the part out; a geometry without parts becomes null";
    /// Geometries of any kind together.
    Collection "collection" Error
        "makes a Multi… of members of one dimension; of others the feature is left out";
    /// The ends of a ring differ.
    RingNotClosed "ring-not-closed" Error "repeats the first position at the end";
    /// Fewer than three different positions in a ring, or two in a line.
    TooShort "too-short" Error "leaves the ring or part out";
    /// A ring whose positions lie on one straight line.
    RingWithoutArea "ring-without-area" Error "leaves the ring out";
    /// A ring that goes to a position and straight back.
    Spike "spike" Error "leaves its tip out";
    /// Two edges of a ring cross, or lie on one another.
    RingCrossesItself "ring-crosses-itself" Error "splits it: what an odd number of turns holds stays";
    /// A ring comes back to a place where it was.
    RingTouchesItself "ring-touches-itself" Error "splits it there";
    /// A hole that lies beside its exterior.
    HoleOutsideShell "hole-outside-shell" Error "makes a polygon of it";
    /// A hole that crosses its exterior, or runs along it.
    HoleCrossesShell "hole-crosses-shell" Error
        "splits them: what an odd number of rings holds stays";
    /// Two holes that cross, or run along one another.
    HolesOverlap "holes-overlap" Error "splits them: what an odd number of rings holds stays";
    /// A hole in another hole.
    NestedHoles "nested-holes" Error "makes a polygon of the inner one";
    /// Holes that touch one another and the exterior so that they part the polygon.
    InteriorDisconnected "interior-disconnected" Error "makes a polygon of each piece";
    /// Two polygons of one feature share ground.
    PolygonsOverlap "polygons-overlap" Error "unites them";
    /// Two polygons of one feature share an edge, or a piece of one.
    PolygonsShareEdge "polygons-share-edge" Error "unites them";
    /// A polygon that is there twice.
    PolygonTwice "polygon-twice" Error "leaves the second out";
    /// What only reading finds, such as edges that cross as geodesics.
    Refused "refused" Error "cannot be repaired: the feature is left out";
    /// A position that is there twice in a row.
    RepeatedPosition "repeated-position" Warning "leaves the second out";
    /// A point or line that is there twice.
    PartTwice "part-twice" Warning "leaves the second out";
    /// An exterior that runs clockwise, or a hole that runs the other way.
    Winding "winding" Warning "turns the ring round";
    /// A longitude beyond ±180°, such as of a line that runs on over that meridian.
    LongitudeBeyond180 "longitude-beyond-180" Warning "brings it within ±180°, cut there";
    /// An edge that jumps by more than half a turn: it is read the short way, over ±180°.
    CrossesAntimeridian "crosses-antimeridian" Warning "cuts the line or area at ±180°";
    /// A ring once around a pole.
    AroundPole "around-pole" Warning "closes it along ±180° and the pole";
    /// A feature without a geometry.
    NullGeometry "null-geometry" Warning "none";
    /// An id that an earlier feature has.
    IdTwice "id-twice" Warning "none";
    /// A property that is an object.
    NestedProperty "nested-property" Warning "none";
    /// A property that is a list.
    ListProperty "list-property" Warning "none";
    /// A member that is there twice: which of them counts is left to the reader.
    MemberTwice "member-twice" Warning "none unless the feature is written anew: the last one stays";
    /// A third number of a position, left out on reading.
    Heights "heights" Warning "none unless the feature is written anew: they are left out";
    /// A `crs` member, which RFC 7946 has no longer.
    CrsMember "crs-member" Warning "leaves it out";
    /// A mark of the byte order at the beginning.
    ByteOrderMark "byte-order-mark" Warning "leaves it out";
    /// Points, lines and areas in one file, which some programs (ArcGIS, shapefiles) have not.
    MixedTypes "mixed-types" Warning "none";
    /// A part that ends at ±180° where another goes on: reading joins them.
    CutAtAntimeridian "cut-at-antimeridian" Note "none";
    /// A `Multi…` of one part.
    OneMemberMulti "one-member-multi" Note "none";
    /// A feature without an id: its name or its place in the file stands for it.
    NoId "no-id" Note "none";
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A place in a geometry, each number from 0, as far as it applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which member of a geometry collection, counted through those of collections in it.
    pub member: Option<usize>,
    /// Which point, line or polygon of a `Multi…`.
    pub part: Option<usize>,
    /// Which ring of a polygon; 0 is the exterior.
    pub ring: Option<usize>,
    /// Which position.
    pub position: Option<usize>,
}

impl Place {
    /// The position `position` of this place.
    pub(super) fn at(self, position: usize) -> Self {
        Self { position: Some(position), ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            ("member", self.member),
            ("part", self.part),
            ("ring", self.ring),
            ("position", self.position),
        ];
        let words: Vec<String> = (words.into_iter())
            .filter_map(|(word, number)| number.map(|number| format!("{word} {number}")))
            .collect();
        f.write_str(&words.join(", "))
    }
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Where in the geometry.
    pub place: Place,
    /// The other part or ring, where two do not fit.
    pub other: Option<Place>,
    /// Where on the ground, degrees as they stand in the file.
    pub at: Option<Coord>,
    /// What, in a sentence without its place.
    pub what: String,
}

impl Problem {
    /// A problem of `kind` that says `what` is wrong.
    pub fn new(kind: ProblemKind, what: impl Into<String>) -> Self {
        Self { kind, place: Place::default(), other: None, at: None, what: what.into() }
    }

    pub(super) fn in_place(self, place: Place) -> Self {
        Self { place, ..self }
    }

    pub(super) fn with(self, other: Place) -> Self {
        Self { other: Some(other), ..self }
    }

    pub(super) fn near(self, at: Coord) -> Self {
        Self { at: Some(at), ..self }
    }
}

/// Problems, all of them counted and the first of each kind kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    problems: Vec<Problem>,
    counts: BTreeMap<ProblemKind, usize>,
    /// How many of a kind are kept.
    most: Option<usize>,
}

impl Findings {
    /// So many problems of a kind are kept of a feature; more are counted.
    pub const KEPT: usize = 100;

    /// None so far.
    pub fn new() -> Self {
        Self { most: Some(Self::KEPT), ..Self::default() }
    }

    /// None so far; all are kept.
    pub(super) fn all() -> Self {
        Self::default()
    }

    /// One more.
    pub fn add(&mut self, problem: Problem) {
        let count = self.counts.entry(problem.kind).or_default();
        *count += 1;
        if self.most.is_none_or(|most| *count <= most) {
            self.problems.push(problem);
        }
    }

    /// Adds what others found.
    pub(super) fn extend(&mut self, others: &Self) {
        for problem in &others.problems {
            self.add(problem.clone());
        }
    }

    /// Those kept, in the order of the geometry for each step of the check.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many there are of each kind.
    pub fn counts(&self) -> &BTreeMap<ProblemKind, usize> {
        &self.counts
    }

    /// How many of a kind were found and not kept.
    pub fn left_out(&self) -> impl Iterator<Item = (ProblemKind, usize)> {
        let most = self.most.unwrap_or(usize::MAX);
        let more = self.counts.iter().filter(move |(_, count)| **count > most);
        more.map(move |(kind, count)| (*kind, count - most))
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.counts.iter().filter(|(kind, _)| kind.severity() == severity).map(|(_, n)| n).sum()
    }

    /// Whether something of this kind was found.
    pub fn has(&self, kind: ProblemKind) -> bool {
        self.counts.contains_key(&kind)
    }
}
