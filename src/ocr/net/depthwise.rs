//! Depthwise convolution, a small kernel for each channel: a quarter of a network's time where
//! rten 0.27 computes it a value at a time. Here it goes row by row, in the order rten adds, so
//! that the result is the same to the bit; the compiler makes each row as wide as the processor.

#![allow(
    clippy::inline_always,
    reason = "only what is inlined into `eval` is made for the processor at hand"
)]

use rten_simd::{Isa, SimdOp};
use rten_tensor::{NdTensor, NdTensorView, prelude::*};
use std::borrow::Cow;

/// A such convolution, around which there are zeros for half a kernel on each side.
pub(crate) struct Depthwise {
    /// Channel × row × column.
    pub(crate) weights: Vec<f32>,
    /// One for each channel.
    pub(crate) bias: Vec<f32>,
    /// Rows and columns, odd both.
    pub(crate) kernel: [usize; 2],
    pub(crate) stride: [usize; 2],
}

impl Depthwise {
    /// Takes and gives batch × channel × row × column.
    pub(crate) fn run(&self, input: NdTensorView<f32, 4>) -> NdTensor<f32, 4> {
        let [batch, channels, height, width] = input.shape();
        let [down, right] = self.stride;
        let (rows, columns) = (height.div_ceil(down), width.div_ceil(right));
        let mut output = vec![0f32; batch * channels * rows * columns];
        Work {
            of: self,
            input: &input.to_slice(),
            size: [height, width],
            output: &mut output,
        }
        .dispatch();
        NdTensor::from_data([batch, channels, rows, columns], output)
    }
}

/// A run, made for the processor at hand where `dispatch` is.
struct Work<'a> {
    of: &'a Depthwise,
    input: &'a [f32],
    size: [usize; 2],
    output: &'a mut [f32],
}

impl SimdOp for Work<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let [height, width] = self.size;
        let [down, right] = self.of.stride;
        let columns = width.div_ceil(right).max(1);
        let made = columns * height.div_ceil(down);
        let area: usize = self.of.kernel.iter().product();
        let kernels = self.of.weights.chunks_exact(area.max(1)).cycle();
        let biases = self.of.bias.iter().cycle();
        let planes = self.input.chunks_exact((height * width).max(1));
        let outputs = self.output.chunks_exact_mut(made.max(1));
        for (((plane, output), kernel), bias) in
            planes.zip(outputs).zip(kernels).zip(biases)
        {
            let plane = sorted(plane, width, right);
            for (y, line) in output.chunks_exact_mut(columns).enumerate() {
                line.fill(*bias);
                add_rows(self.of, kernel, &plane, y, line);
            }
        }
    }
}

/// Returns a plane with each row's columns sorted: every `step`-th from the first, then every
/// `step`-th from the second, …, all equally many, with zeros where there are none.
#[inline(always)]
fn sorted(plane: &[f32], width: usize, step: usize) -> Cow<'_, [f32]> {
    if step == 1 {
        return Cow::Borrowed(plane);
    }
    let columns = width.div_ceil(step);
    let mut sorted = Vec::with_capacity(plane.len() / width.max(1) * columns * step);
    for row in plane.chunks_exact(width.max(1)) {
        for first in 0..step {
            let end = sorted.len() + columns;
            sorted.extend(row.iter().skip(first).step_by(step));
            sorted.resize(end, 0.0);
        }
    }
    Cow::Owned(sorted)
}

/// Adds to line `y` of the result what the rows around it say.
#[inline(always)]
fn add_rows(of: &Depthwise, kernel: &[f32], plane: &[f32], y: usize, line: &mut [f32]) {
    let [down, right] = of.stride;
    let [half_height, half_width] = of.kernel.map(|side| side / 2);
    let columns = line.len();
    for (ky, taps) in kernel.chunks_exact(2 * half_width + 1).enumerate() {
        let Some(row) = (y * down + ky).checked_sub(half_height) else {
            continue; // above the first
        };
        for (kx, tap) in taps.iter().enumerate() {
            // The column that goes into the line's first, counted from one left of all padding.
            let first = kx + half_width * (right - 1);
            let start = (row * right + first % right) * columns;
            let Some(values) = plane.get(start..start + columns) else {
                continue; // below the last
            };
            let (padding, skipped) = (
                half_width.saturating_sub(first / right),
                (first / right).saturating_sub(half_width),
            );
            let line = line.get_mut(padding..).unwrap_or_default();
            add(line, values.get(skipped..).unwrap_or_default(), *tap);
        }
    }
}

#[inline(always)]
fn add(line: &mut [f32], values: &[f32], tap: f32) {
    for (sum, value) in line.iter_mut().zip(values) {
        *sum += value * tap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As the definition has it, a value at a time.
    fn plain(of: &Depthwise, input: &[f32], [height, width]: [usize; 2]) -> Vec<f32> {
        let ([kh, kw], [sy, sx]) = (of.kernel, of.stride);
        let mut output = Vec::new();
        for (channel, bias) in of.bias.iter().enumerate() {
            for y in (0..height).step_by(sy) {
                for x in (0..width).step_by(sx) {
                    let mut sum = *bias;
                    for ky in 0..kh {
                        for kx in 0..kw {
                            let (row, column) = (y + ky, x + kx);
                            if (kh / 2..height + kh / 2).contains(&row)
                                && (kw / 2..width + kw / 2).contains(&column)
                            {
                                let (row, column) = (row - kh / 2, column - kw / 2);
                                sum += input[(channel * height + row) * width + column]
                                    * of.weights[(channel * kh + ky) * kw + kx];
                            }
                        }
                    }
                    output.push(sum);
                }
            }
        }
        output
    }

    proptest! {
        /// Any size, odd kernel and stride gives what the definition gives, to the bit.
        #[test]
        fn rows_give_what_single_values_give(
            size in [1usize..9, 1usize..40],
            half in [0usize..3, 0usize..3],
            stride in [1usize..4, 1usize..4],
            seed in 1u32..1000,
        ) {
            let kernel = half.map(|n| 2 * n + 1);
            let mut last = seed;
            let mut numbers = |n: usize| -> Vec<f32> {
                let mut next = || {
                    last = last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (last >> 16) as f32 / 65_536.0 - 0.5
                };
                (0..n).map(|_| next()).collect()
            };
            let of = Depthwise {
                weights: numbers(2 * kernel[0] * kernel[1]),
                bias: numbers(2),
                kernel,
                stride,
            };
            let input = numbers(2 * size[0] * size[1]);
            let view = NdTensorView::from_data([1, 2, size[0], size[1]], input.as_slice());
            prop_assert_eq!(of.run(view).to_vec(), plain(&of, &input, size));
        }
    }
}
