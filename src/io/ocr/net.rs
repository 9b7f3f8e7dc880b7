//! One neural network: the bytes of an ONNX file and the threads it may use.

use super::OcrError;
use rten::{ModelOptions, RunOptions, ThreadPool, ValueOrView};
use rten_tensor::{NdTensor, NdTensorView};
use std::sync::Arc;

/// Is a network ready to run.
pub(super) struct Net {
    model: rten::Model,
    options: RunOptions,
}

impl Net {
    /// Reads an ONNX file's bytes.
    pub(super) fn load(
        onnx: &'static [u8],
        pool: &Arc<ThreadPool>,
    ) -> Result<Self, OcrError> {
        // Packing the weights once, not for each run, costs a few milliseconds here.
        let model = ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load_static_slice(onnx)
            .map_err(|error| OcrError::Model(error.into()))?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        Ok(Self { model, options })
    }

    /// Runs it on a picture: batch × channel × row × column.
    pub(super) fn run<const N: usize>(
        &self,
        input: NdTensorView<f32, 4>,
    ) -> Result<NdTensor<f32, N>, OcrError> {
        let input = ValueOrView::from(input.as_dyn());
        let output = self
            .model
            .run_one(input, Some(self.options.clone()))
            .map_err(|error| OcrError::Run(error.into()))?;
        output
            .try_into()
            .map_err(|error| OcrError::Run(Box::new(error)))
    }
}
