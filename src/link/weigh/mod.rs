//! From terms to confidence: evidence summed, told apart, weighed by the fitted model.

pub(crate) mod evidence;
pub(crate) mod fitted;
pub(crate) mod ground;
pub(crate) mod model;
pub(crate) mod score;
pub(crate) mod telling;
pub(crate) mod weights;
