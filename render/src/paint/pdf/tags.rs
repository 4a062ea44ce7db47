//! The tagged stretches of a page: one after the other they make up its figure.

use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Identifier};

/// The stretches of a page so far, the last of them still open.
pub(super) struct Tags {
    stretches: Vec<Identifier>,
    /// Transparency groups around what is painted: they have streams of their own, in which a stretch
    /// of the page can neither end nor begin.
    groups: usize,
}

impl Tags {
    /// Opens the first stretch.
    pub(super) fn new(surface: &mut Surface<'_>) -> Self {
        Self { stretches: vec![surface.start_tagged(ContentTag::Other)], groups: 0 }
    }

    /// Whether another stretch can begin here.
    pub(super) fn opens(&self) -> bool {
        self.groups == 0
    }

    /// Ends the stretch and begins another.
    pub(super) fn next(&mut self, surface: &mut Surface<'_>, tag: ContentTag<'_>) {
        surface.end_tagged();
        self.stretches.push(surface.start_tagged(tag));
    }

    /// Enters a transparency group.
    pub(super) fn enter(&mut self) {
        self.groups += 1;
    }

    /// Leaves it.
    pub(super) fn leave(&mut self) {
        self.groups -= 1;
    }

    /// Ends the last stretch; all of them in order.
    pub(super) fn finish(self, surface: &mut Surface<'_>) -> Vec<Identifier> {
        surface.end_tagged();
        self.stretches
    }
}
