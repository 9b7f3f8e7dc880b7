//! Points, quadrilaterals and the smallest rectangle around a set of points. All values are
//! pixels, x to the right, y down; angles do not occur, axes are unit vectors.

use crate::model::Rect;

/// A place in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Point {
    pub(crate) const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Returns the point `share` of the way to `to`.
    fn towards(self, to: Self, share: f32) -> Self {
        Self::new(
            self.x + (to.x - self.x) * share,
            self.y + (to.y - self.y) * share,
        )
    }

    fn distance(self, to: Self) -> f32 {
        (self.x - to.x).hypot(self.y - to.y)
    }
}

/// A four-sided piece of a picture that holds one line of text, corners named as its
/// reader sees them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Quad {
    pub(crate) top_left: Point,
    pub(crate) top_right: Point,
    pub(crate) bottom_right: Point,
    pub(crate) bottom_left: Point,
}

impl Quad {
    /// Names four corners, given in any order: the top is the side that runs most nearly to
    /// the right. By that a line that stands nearly upright is high and not wide, whichever
    /// way it leans.
    pub(crate) fn from_corners(mut corners: [Point; 4]) -> Self {
        let mean = |of: fn(&Point) -> f32| corners.iter().map(of).sum::<f32>() / 4.0;
        let middle = Point::new(mean(|p| p.x), mean(|p| p.y));
        // Clockwise as seen, since y runs down.
        let angle = |p: &Point| (p.y - middle.y).atan2(p.x - middle.x);
        corners.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
        let rightward = |[from, to, ..]: &[Point; 4]| {
            let length = from.distance(*to);
            if length > 0.0 {
                (to.x - from.x) / length
            } else {
                0.0
            }
        };
        let mut best = corners;
        for _ in 0..3 {
            corners.rotate_left(1);
            if rightward(&corners) > rightward(&best) {
                best = corners;
            }
        }
        let [top_left, top_right, bottom_right, bottom_left] = best;
        Self {
            top_left,
            top_right,
            bottom_right,
            bottom_left,
        }
    }

    /// Returns the length of the longer of top and bottom.
    pub(crate) fn width(&self) -> f32 {
        let bottom = self.bottom_left.distance(self.bottom_right);
        self.top_left.distance(self.top_right).max(bottom)
    }

    /// Returns the length of the longer of the sides.
    pub(crate) fn height(&self) -> f32 {
        let right = self.top_right.distance(self.bottom_right);
        self.top_left.distance(self.bottom_left).max(right)
    }

    /// Returns the longer of width and height.
    pub(crate) fn long_side(&self) -> f32 {
        self.width().max(self.height())
    }

    /// Returns the middle.
    pub(crate) fn center(&self) -> Point {
        self.point_at(0.5, 0.5)
    }

    /// Returns how far the line falls for each pixel to the right; `None` where it does not
    /// run to the right at all.
    pub(crate) fn slope(&self) -> Option<f32> {
        let (left, right) = (self.point_at(0.0, 0.5), self.point_at(1.0, 0.5));
        (right.x > left.x).then(|| (right.y - left.y) / (right.x - left.x))
    }

    /// Returns the point at shares `u` of the width and `v` of the height.
    pub(crate) fn point_at(&self, u: f32, v: f32) -> Point {
        let top = self.top_left.towards(self.top_right, u);
        let bottom = self.bottom_left.towards(self.bottom_right, u);
        top.towards(bottom, v)
    }

    /// Returns the piece between shares `from` and `to` of the width.
    pub(crate) fn between(&self, from: f32, to: f32) -> Self {
        Self {
            top_left: self.point_at(from, 0.0),
            top_right: self.point_at(to, 0.0),
            bottom_right: self.point_at(to, 1.0),
            bottom_left: self.point_at(from, 1.0),
        }
    }

    /// Returns it with its sides moved to the right by shares of its width.
    pub(crate) fn widened(&self, left: f32, right: f32) -> Self {
        self.between(left, 1.0 + right)
    }

    /// Returns the piece from this one's left side to the right side of `right`.
    pub(crate) fn joined(&self, right: &Self) -> Self {
        Self {
            top_right: right.top_right,
            bottom_right: right.bottom_right,
            ..*self
        }
    }

    /// Returns the share of the width at which a column of pixels crosses the middle of a line
    /// that runs to the right.
    pub(crate) fn share(&self, x: f32) -> f32 {
        let (left, right) = (self.point_at(0.0, 0.5).x, self.point_at(1.0, 0.5).x);
        ((x - left) / (right - left).max(1.0)).clamp(0.0, 1.0)
    }

    /// Returns the same piece as its reader sees it once the picture is turned a quarter to
    /// the right `quarters` times; the points stay where they are.
    pub(crate) fn turned(self, quarters: u8) -> Self {
        (0..quarters % 4).fold(self, |quad, _| Self {
            top_left: quad.bottom_left,
            top_right: quad.top_left,
            bottom_right: quad.top_right,
            bottom_left: quad.bottom_right,
        })
    }

    /// Returns the upright rectangle around it.
    pub(crate) fn bounds(&self) -> Rect {
        let corner = |p: Point| Rect {
            x0: p.x,
            y0: p.y,
            x1: p.x,
            y1: p.y,
        };
        [self.top_right, self.bottom_right, self.bottom_left]
            .map(corner)
            .into_iter()
            .fold(corner(self.top_left), Rect::union)
    }
}

/// A rectangle in any direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rectangle {
    pub(crate) center: Point,
    /// Unit vector along `width`; `height` lies a quarter turn to the right of it.
    pub(crate) axis: Point,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Rectangle {
    /// Returns the length of its longer sides.
    pub(crate) fn long_side(&self) -> f32 {
        self.width.max(self.height)
    }

    /// Returns the length of its shorter sides.
    pub(crate) fn short_side(&self) -> f32 {
        self.width.min(self.height)
    }

    /// Moves every side outwards by `margin`.
    pub(crate) fn grown(self, margin: f32) -> Self {
        Self {
            width: self.width + 2.0 * margin,
            height: self.height + 2.0 * margin,
            ..self
        }
    }

    /// Returns the corners, x and y multiplied by `scale_x` and `scale_y`.
    pub(crate) fn corners(&self, scale_x: f32, scale_y: f32) -> [Point; 4] {
        let (right, down) = (self.width / 2.0, self.height / 2.0);
        [
            (-right, -down),
            (right, -down),
            (right, down),
            (-right, down),
        ]
        .map(|(a, b)| {
            Point::new(
                (self.center.x + a * self.axis.x - b * self.axis.y) * scale_x,
                (self.center.y + a * self.axis.y + b * self.axis.x) * scale_y,
            )
        })
    }
}

/// Returns the rectangle of smallest area around pixels given by their upper left corners;
/// `None` without any.
///
/// One of its sides lies on a side of the convex hull, so each of those is tried
/// (H. Freeman and R. Shapira, CACM 18(7), 1975).
pub(crate) fn min_area_rectangle(pixels: &[Point]) -> Option<Rectangle> {
    let hull = convex_hull(pixels);
    let next = hull.iter().cycle().skip(1);
    let axes = hull.iter().zip(next).filter_map(|(a, b)| {
        let length = a.distance(*b);
        (length > 0.0).then(|| Point::new((b.x - a.x) / length, (b.y - a.y) / length))
    });
    let along = |axis| rectangle_along(&hull, axis);
    axes.map(along)
        .min_by(|a, b| (a.width * a.height).total_cmp(&(b.width * b.height)))
        .or_else(|| (!hull.is_empty()).then(|| along(Point::new(1.0, 0.0))))
}

/// Returns the smallest rectangle around the pixels of `hull` with its width along `axis`.
fn rectangle_along(hull: &[Point], axis: Point) -> Rectangle {
    const NOWHERE: (f32, f32) = (f32::INFINITY, f32::NEG_INFINITY);
    let enlarge_cache = |(low, high): (f32, f32), v: f32| (low.min(v), high.max(v));
    let (along, across) = hull.iter().fold((NOWHERE, NOWHERE), |(along, across), p| {
        let (u, v) = (p.x * axis.x + p.y * axis.y, p.y * axis.x - p.x * axis.y);
        (enlarge_cache(along, u), enlarge_cache(across, v))
    });
    let (u, v) = (along.0.midpoint(along.1), across.0.midpoint(across.1));
    Rectangle {
        // A pixel is one wide: half of it lies beyond its upper left corner.
        center: Point::new(u * axis.x - v * axis.y + 0.5, u * axis.y + v * axis.x + 0.5),
        axis,
        width: along.1 - along.0 + 1.0,
        height: across.1 - across.0 + 1.0,
    }
}

/// Returns the corners of the convex hull in order (A. M. Andrew's monotone chain, IPL 9(5),
/// 1979); all points, where there are fewer than three or all lie on one line.
fn convex_hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    sorted.dedup();
    let mut hull = half_hull(sorted.iter());
    let back = half_hull(sorted.iter().rev());
    // Each half ends where the other begins.
    hull.pop();
    hull.extend(back.iter().take(back.len().saturating_sub(1)));
    if hull.is_empty() { sorted } else { hull }
}

fn half_hull<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
    let turns = |o: &Point, a: &Point, b: &Point| {
        (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x) > 0.0
    };
    let mut half: Vec<Point> = Vec::new();
    for point in points {
        while let [.., before, last] = half.as_slice()
            && !turns(before, last, point)
        {
            half.pop();
        }
        half.push(*point);
    }
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(xy: &[(f32, f32)]) -> Vec<Point> {
        xy.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    #[test]
    fn a_hull_keeps_the_corners_only() {
        let given = points(&[(0., 0.), (2., 0.), (1., 1.), (2., 2.), (0., 2.), (1., 0.)]);
        let corners = points(&[(0., 0.), (2., 0.), (2., 2.), (0., 2.)]);
        assert_eq!(convex_hull(&given), corners);
    }

    #[test]
    fn few_or_straight_points_have_a_rectangle_too() {
        assert_eq!(min_area_rectangle(&[]), None);
        let one = min_area_rectangle(&points(&[(3., 4.)])).unwrap();
        assert_eq!((one.width, one.height), (1.0, 1.0));
        assert_eq!(one.center, Point::new(3.5, 4.5));
        let row = min_area_rectangle(&points(&[(0., 4.), (9., 4.), (5., 4.)])).unwrap();
        assert_eq!((row.width, row.height), (10.0, 1.0));
        assert_eq!(row.center, Point::new(5.0, 4.5));
    }

    #[test]
    fn a_diamond_is_a_square_on_its_corner() {
        // Sides of length 5√2 between corner pixels, and one pixel more.
        let diamond = points(&[(5., 0.), (10., 5.), (5., 10.), (0., 5.)]);
        let square = min_area_rectangle(&diamond).unwrap();
        let side = 50f32.sqrt() + 1.0;
        assert!(
            (square.width - side).abs() < 1e-4 && (square.height - side).abs() < 1e-4
        );
        assert_eq!(square.center, Point::new(5.5, 5.5));
    }

    #[test]
    fn a_quad_is_read_from_its_upper_left() {
        let quad = Quad::from_corners([
            Point::new(10., 6.),
            Point::new(0., 4.),
            Point::new(10., 2.),
            Point::new(0., 0.),
        ]);
        assert_eq!(quad.top_left, Point::new(0., 0.));
        assert_eq!(quad.bottom_right, Point::new(10., 6.));
        assert_eq!(quad.slope(), Some(0.2));
        assert_eq!(quad.between(0.5, 1.0).top_left, Point::new(5., 1.));
        assert_eq!(quad.bounds(), [0., 0., 10., 6.].into());
        assert_eq!(quad.turned(4), quad);
        assert_eq!(quad.turned(1).top_left, quad.bottom_left);
    }

    #[test]
    fn a_line_that_leans_is_high_either_way() {
        for shear in [-60., -10., 0., 10., 60.] {
            let corners = [(0., 0.), (20., 0.), (20. + shear, 400.), (shear, 400.)];
            let quad = Quad::from_corners(corners.map(|(x, y)| Point::new(x, y)));
            assert!(quad.height() > 10.0 * quad.width(), "{shear}: {quad:?}");
            assert_eq!(quad.top_left, Point::new(0., 0.), "{shear}");
        }
    }

    proptest! {
        /// A turned rectangle is found again: same area, same middle.
        #[test]
        fn the_rectangle_turns_with_its_points(
            width in 20f32..300.0, height in 5f32..20.0, angle in 0f32..std::f32::consts::TAU,
        ) {
            let axis = Point::new(angle.cos(), angle.sin());
            let center = Point::new(400.0, 400.0);
            let given = Rectangle { center, axis, width, height };
            let found = min_area_rectangle(&given.corners(1.0, 1.0)).unwrap();
            let (long, short) =
                (found.width.max(found.height), found.width.min(found.height));
            prop_assert!((long - width - 1.0).abs() < 0.05, "{long} {width}");
            prop_assert!((short - height - 1.0).abs() < 0.05, "{short} {height}");
            prop_assert!(found.center.distance(Point::new(400.5, 400.5)) < 0.05);
        }
    }
}
