//! One neural network: the bytes of an ONNX file and the threads it may use. `rten` runs all
//! of it but the depthwise convolutions, see [`depthwise`].

pub(crate) mod cut;
pub(crate) mod depthwise;

use self::cut::{Part, Step};
use super::OcrError;
use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::{NdTensor, NdTensorView};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A network ready to run.
pub(super) struct Net {
    model: rten::Model,
    pool: Arc<ThreadPool>,
    options: RunOptions,
    parts: Vec<Part<NodeId>>,
    input: NodeId,
    output: NodeId,
}

/// Values that are there, by their place in the network.
type Values = BTreeMap<NodeId, Value>;

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
        let (&[input], &[output]) = (model.input_ids(), model.output_ids()) else {
            return Err(OcrError::Model(
                "a network of one input and one output".into(),
            ));
        };
        let id = |name: &str| model.node_id(name).map_err(|e| OcrError::Model(e.into()));
        let parts = cut::cut(onnx)?.into_iter().map(|part| part.named(id));
        Ok(Self {
            parts: parts.collect::<Result<_, _>>()?,
            options: RunOptions::default().with_thread_pool(Some(Arc::clone(pool))),
            pool: Arc::clone(pool),
            model,
            input,
            output,
        })
    }

    /// Runs it on a picture: batch × channel × row × column.
    pub(super) fn run<const N: usize>(
        &self,
        input: NdTensor<f32, 4>,
    ) -> Result<NdTensor<f32, N>, OcrError> {
        let mut values = Values::from([(self.input, input.into())]);
        // Once for all parts: each would wake a thread and wait for it.
        self.pool.run(|| {
            self.parts.iter().try_for_each(|part| {
                self.run_part(part, &mut values)?;
                part.then
                    .as_ref()
                    .map_or(Ok(()), |step| convolve(step, &mut values))
            })
        })?;
        let output = values.remove(&self.output).ok_or_else(missing)?;
        output
            .try_into()
            .map_err(|error| OcrError::Run(Box::new(error)))
    }

    fn run_part(&self, part: &Part<NodeId>, values: &mut Values) -> Result<(), OcrError> {
        if part.outputs.is_empty() {
            return Ok(());
        }
        // What nothing needs any more is given away, to be written over.
        let last = part.last.iter();
        let mut inputs: Vec<(NodeId, ValueOrView)> = last
            .filter_map(|id| Some((*id, values.remove(id)?.into())))
            .collect();
        let kept = part.inputs.iter().filter(|id| !part.last.contains(id));
        inputs.extend(kept.filter_map(|id| Some((*id, values.get(id)?.into()))));
        let made = self
            .model
            .run(inputs, &part.outputs, Some(self.options.clone()))
            .map_err(|error| OcrError::Run(error.into()))?;
        values.extend(part.outputs.iter().copied().zip(made));
        Ok(())
    }
}

fn convolve(step: &Step<NodeId>, values: &mut Values) -> Result<(), OcrError> {
    let input = values.get(&step.from).ok_or_else(missing)?;
    let view = NdTensorView::try_from(input).map_err(|e| OcrError::Run(Box::new(e)))?;
    let output = step.depthwise.run(view);
    if step.is_last {
        values.remove(&step.from);
    }
    values.insert(step.to, output.into());
    Ok(())
}

fn missing() -> OcrError {
    OcrError::Run("a value of the network is missing".into())
}
