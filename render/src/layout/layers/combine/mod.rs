//! Overlapping areas: one fill for each combination of them, so that no colour lies over another.

mod blend;
mod overlay;
#[cfg(test)]
mod tests;
mod title;

use std::collections::BTreeSet;

use geo_types::Geometry;
use tumen_geo_core::{Area, Shape};

use self::blend::blended;
use self::overlay::Overlay;
pub(in crate::layout) use self::title::percent;
use self::title::{figures, title};
use crate::error::{Error, ErrorKind, Result};
use crate::layout::layers::Class;
use crate::project::{Frame, PageShape};
use crate::spec::{Combine, LayerSpec, LocalText, MapFeature, Style};

/// An area of which parts are told apart.
pub(in crate::layout) struct Member {
    id: String,
    /// The class of its layer.
    class: usize,
    /// What it is called: its category where it is the only one of it, else its own name.
    name: LocalText,
}

/// The ground that some areas share and no other area of the layer covers.
pub(in crate::layout) struct Part {
    /// The members, by their places in [`Parts::members`].
    pub(in crate::layout) members: Vec<usize>,
    /// Those that say where it is: what holds another member whole goes without saying, as long as
    /// two are left.
    pub(in crate::layout) named: Vec<usize>,
    /// Its share of each of the named members, 0…1.
    pub(in crate::layout) shares: Vec<f64>,
    /// On the ellipsoid, in sight or not.
    pub(in crate::layout) area: Area,
    /// Where it is.
    pub(in crate::layout) ground: Shape,
    /// What is in sight of it.
    pub(in crate::layout) shape: PageShape,
    /// How it is filled, and its name.
    pub(in crate::layout) class: Class,
    /// Its area and shares in figures, when they are to be said.
    pub(in crate::layout) figures: Option<LocalText>,
    /// Whether it is large enough to be told apart.
    pub(in crate::layout) listed: bool,
}

/// The parts in sight of a layer.
pub(in crate::layout) struct Parts {
    /// In the order of their classes, then ids.
    members: Vec<Member>,
    /// By number of members, then members.
    pub(in crate::layout) all: Vec<Part>,
}

impl Parts {
    /// The parts of `features`, each with its class, in sight of `frame`.
    ///
    /// Members are the areas, but for those with soft edges, whose boundary is nowhere that could
    /// part anything, and for those that meet no other where a title of their class, shared with
    /// others, names them.
    pub(in crate::layout) fn new(
        combine: &Combine,
        features: &[(usize, &MapFeature)],
        classes: &[Class],
        frame: &Frame,
        fine_pt: f64,
    ) -> Self {
        let own = classes.len() - 1;
        let shared = |class: usize| {
            class == own || features.iter().filter(|(other, _)| *other == class).count() > 1
        };
        let mut areas: Vec<(usize, &MapFeature)> = features.to_vec();
        areas.retain(|(class, feature)| {
            let soft = classes[*class].style.soft_edge_pt.is_some_and(|width| width > 0.0);
            let area = &feature.geometry;
            !soft && matches!(area, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
        });
        areas.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        let member = |(class, feature): &(usize, &MapFeature)| {
            let category = classes[*class].title.clone().filter(|_| !shared(*class));
            let names = || LocalText::ByLanguage(feature.names.clone());
            let unnamed = feature.names.is_empty().then(|| LocalText::Plain(feature.id.clone()));
            let name = category.or(unnamed).unwrap_or_else(names);
            Member { id: feature.id.clone(), class: *class, name }
        };
        let members: Vec<Member> = areas.iter().map(member).collect();
        let mut overlay = Overlay::new(&areas, combine.smallest_share);
        let by_class = |class: usize| classes[class].title.is_some() && shared(class);
        overlay.leave_out_alone(|member| by_class(members[member].class));
        let mut all: Vec<Part> = Vec::new();
        for ground in overlay.grounds() {
            let style = |&member: &usize| &classes[members[member].class].style;
            let styles: Vec<&Style> = ground.members.iter().map(style).collect();
            let nth = all.iter().filter(|part| part.listed && part.members.len() > 1).count();
            let named = overlay.named(&ground.members);
            let names: Vec<&LocalText> =
                named.iter().map(|&member| &members[member].name).collect();
            let ids = ground.members.iter().map(|&member| &members[member].id).collect();
            let given = combine.style_of(&ids);
            let blend = blended(&styles, nth);
            let style = given.map_or_else(|| blend.clone(), |given| given.style.over(&blend));
            let alone = overlay.alone(&ground.members);
            let only = ground.members.len() == 1 && !alone;
            let title = given.and_then(|given| given.title.clone());
            let title = title.unwrap_or_else(|| self::title(&names, only));
            // Fills end at the frame; outlines go on so that none is seen along it.
            let margin = style.stroke.map_or(0.0, |_| style.reach_pt() + 1.0);
            let share = |member: &usize| {
                let at = ground.members.iter().position(|other| other == member)?;
                ground.shares.get(at).copied()
            };
            let shares: Vec<f64> = named.iter().filter_map(share).collect();
            let said = combine.areas.unwrap_or(true);
            let told_shares: &[f64] = if alone { &[] } else { &shares };
            all.push(Part {
                figures: said.then(|| figures(ground.area, told_shares)),
                shares,
                named,
                area: ground.area,
                shape: frame.shape(ground.shape.geometry(), margin, fine_pt),
                ground: ground.shape.clone(),
                class: Class { style, title: Some(title), labels: None },
                listed: overlay.is_told(ground),
                members: ground.members.clone(),
            });
        }
        like_neighbours(&mut all);
        Self { members, all }
    }

    /// The ids of the members of parts.
    pub(in crate::layout) fn ids(&self) -> BTreeSet<String> {
        let members = self.all.iter().flat_map(|part| &part.members);
        members.map(|&member| self.members[member].id.clone()).collect()
    }

    /// The parts that the legend lists.
    pub(in crate::layout) fn listed(&self) -> impl Iterator<Item = &Part> {
        self.all.iter().filter(|part| part.listed && !part.shape.is_empty())
    }

    /// The parts that the legend lists.
    pub(in crate::layout) fn listed_mut(&mut self) -> impl Iterator<Item = &mut Part> {
        self.all.iter_mut().filter(|part| part.listed && !part.shape.is_empty())
    }

    /// The class of the only member of a part.
    pub(in crate::layout) fn only_class(&self, part: &Part) -> Option<usize> {
        match part.members[..] {
            [only] => Some(self.members[only].class),
            _ => None,
        }
    }

    /// The ids of the members of a part.
    pub(in crate::layout) fn ids_of(&self, part: &Part) -> Vec<String> {
        part.members.iter().map(|&member| self.members[member].id.clone()).collect()
    }

    /// Names and shares of the members of a part that say where it is, in English.
    pub(in crate::layout) fn shares<'s>(&'s self, part: &'s Part) -> Vec<(&'s str, f64)> {
        let name = |member: &usize| {
            let member = &self.members[*member];
            member.name.lines(&[]).first().map_or(member.id.as_str(), |(_, text)| *text)
        };
        part.named.iter().map(name).zip(part.shares.iter().copied()).collect()
    }
}

/// Fills the parts that are too small to be told apart like the neighbour that they share most
/// members with, the largest of these.
fn like_neighbours(all: &mut [Part]) {
    for at in 0..all.len() {
        let small = &all[at];
        if small.listed {
            continue;
        }
        let shared =
            |part: &Part| part.members.iter().filter(|&m| small.members.contains(m)).count();
        let neighbour = all.iter().filter(|part| part.listed && shared(part) > 0).max_by(|a, b| {
            shared(a).cmp(&shared(b)).then(a.area.to_km2().total_cmp(&b.area.to_km2()))
        });
        if let Some(style) = neighbour.map(|part| part.class.style.clone()) {
            all[at].class.style = style;
        }
    }
}

/// What no type can forbid of a layer with combinations.
///
/// # Errors
/// [`ErrorKind::Spec`] for a layer whose colours or sizes come from a number or whose areas are said
/// not to overlap, and for combinations that are none.
pub(in crate::layout) fn check(spec: &LayerSpec) -> Result<()> {
    let Some(combine) = &spec.combine else { return Ok(()) };
    let others = [
        ("classes", spec.classes.is_some()),
        ("size", spec.size.is_some()),
        ("chart", spec.chart.is_some()),
        ("coverage", spec.coverage),
    ];
    if let Some((other, _)) = others.iter().find(|(_, given)| *given) {
        return Err(Error::new(ErrorKind::Spec, format!("both combine and {other} are given"))
            .with_hint(
                "put the overlapping areas into a layer of their own, coloured by categories",
            )
            .at("combine"));
    }
    combine.check()
}
