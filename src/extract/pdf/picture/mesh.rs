//! What it costs to draw a colour mesh. A renderer asks every point of a triangle's bounding
//! box, and a few bytes can ask for triangles thousands of times as large as the page.

use hayro::hayro_interpret::Paint;
use hayro::hayro_interpret::pattern::Pattern;
use hayro::hayro_interpret::shading::ShadingType;
use hayro::kurbo::{Affine, Point, Rect};

/// Area of all bounding boxes, in pages: meshes of drawing programs cover their place two or
/// three times.
const MOST_PAGES: f64 = 16.0;
/// Triangles and patches looked at on one page.
const MOST_PIECES: usize = 5_000_000;

/// Adds up the meshes of one page.
#[derive(Debug, Default)]
pub(crate) struct Meshes {
    area: f64,
    pieces: usize,
}

impl Meshes {
    /// Records what something is painted with.
    pub(crate) fn add(&mut self, paint: &Paint<'_>, page: Rect) {
        let Paint::Pattern(pattern) = paint else {
            return;
        };
        let Pattern::Shading(shading) = &**pattern else {
            return;
        };
        if self.is_too_much(page) {
            return;
        }
        let to_page = shading.matrix;
        match &*shading.shading.shading_type {
            ShadingType::TriangleMesh { triangles, .. } => {
                for t in triangles {
                    self.piece(&[t.p0.point, t.p1.point, t.p2.point], to_page);
                }
            }
            ShadingType::CoonsPatchMesh { patches, .. } => {
                for patch in patches {
                    self.piece(&patch.control_points, to_page);
                }
            }
            ShadingType::TensorProductPatchMesh { patches, .. } => {
                for patch in patches {
                    self.piece(&patch.control_points, to_page);
                }
            }
            ShadingType::FunctionBased { .. }
            | ShadingType::RadialAxial { .. }
            | ShadingType::Dummy => {}
        }
    }

    fn piece(&mut self, points: &[Point], to_page: Affine) {
        let at = points.iter().map(|point| to_page * *point);
        let boxes = at.map(|point| Rect::from_points(point, point));
        let bounds = boxes.reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO);
        self.area += bounds.area();
        self.pieces += 1;
    }

    /// Tells whether drawing the page would take too long.
    pub(crate) fn is_too_much(&self, page: Rect) -> bool {
        let most = MOST_PAGES * page.area();
        self.pieces > MOST_PIECES || self.area.is_nan() || self.area > most
    }
}
