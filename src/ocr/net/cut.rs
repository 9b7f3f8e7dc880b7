//! A network's file → its depthwise convolutions and the parts between them. A part is all
//! that can be computed before the next such convolution is known.

use super::depthwise::Depthwise;
use crate::ocr::OcrError;
use rten_onnx::onnx::{AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto};
use std::collections::HashMap;

/// A part, and the convolution after it; the last part has none. Values go by the names
/// they have in the file.
pub(crate) struct Part<N = String> {
    /// Values it needs, and those of them that nothing needs after it.
    pub(crate) inputs: Vec<N>,
    pub(crate) last: Vec<N>,
    /// Values it makes that something else needs.
    pub(crate) outputs: Vec<N>,
    pub(crate) then: Option<Step<N>>,
}

/// A convolution in its place.
pub(crate) struct Step<N = String> {
    pub(crate) depthwise: Depthwise,
    pub(crate) from: N,
    pub(crate) to: N,
    /// Nothing else needs what it takes.
    pub(crate) is_last: bool,
}

impl Part {
    /// Returns the same with other names.
    pub(crate) fn named<N, E>(
        self,
        name: impl Fn(&str) -> Result<N, E>,
    ) -> Result<Part<N>, E> {
        let all = |names: Vec<String>| -> Result<Vec<N>, E> {
            names.iter().map(|n| name(n)).collect()
        };
        let then = match self.then {
            None => None,
            Some(step) => Some(Step {
                depthwise: step.depthwise,
                from: name(&step.from)?,
                to: name(&step.to)?,
                is_last: step.is_last,
            }),
        };
        Ok(Part {
            inputs: all(self.inputs)?,
            last: all(self.last)?,
            outputs: all(self.outputs)?,
            then,
        })
    }
}

/// Cuts the network in an ONNX file.
///
/// # Errors
/// When the file is damaged.
pub(crate) fn cut(onnx: &[u8]) -> Result<Vec<Part>, OcrError> {
    let model = ModelProto::parse_buf(onnx).map_err(|e| OcrError::Model(e.into()))?;
    let graph = model.graph.unwrap_or_default();
    let weights: HashMap<&str, &TensorProto> = graph
        .initializer
        .iter()
        .filter_map(|tensor| Some((tensor.name.as_deref()?, tensor)))
        .collect();
    let mut steps = Vec::new();
    // The part from which on each value is there, and that each node belongs to.
    let mut since: HashMap<&str, usize> = graph
        .input
        .iter()
        .filter_map(|v| v.name.as_deref())
        .map(|name| (name, 0))
        .collect();
    let mut nodes = Vec::new();
    for node in &graph.node {
        let known = node
            .input
            .iter()
            .filter_map(|name| since.get(name.as_str()));
        let part = known.max().copied().unwrap_or(0);
        let step = step(node, &weights);
        let from = if step.is_some() {
            steps.len() + 1
        } else {
            part
        };
        since.extend(node.output.iter().map(|name| (name.as_str(), from)));
        match step {
            Some(step) => steps.push(step),
            None => nodes.push((part, node)),
        }
    }
    Ok(parts(&graph, &nodes, steps))
}

/// Puts the parts together, once it is known which node belongs to which.
fn parts(
    graph: &GraphProto,
    nodes: &[(usize, &NodeProto)],
    steps: Vec<Step>,
) -> Vec<Part> {
    let made: HashMap<&str, usize> = nodes
        .iter()
        .flat_map(|(part, node)| node.output.iter().map(|name| (name.as_str(), *part)))
        .collect();
    let is_value = |name: &str| {
        made.contains_key(name)
            || graph.input.iter().any(|v| v.name.as_deref() == Some(name))
            || steps.iter().any(|step| step.to == name)
    };
    let wanted = |name: &str, part: usize| {
        let elsewhere = |(p, node): &(usize, &NodeProto)| {
            *p != part && node.input.iter().any(|input| input == name)
        };
        nodes.iter().any(elsewhere)
            || steps.iter().any(|step| step.from == name)
            || graph.output.iter().any(|v| v.name.as_deref() == Some(name))
    };
    let mut parts: Vec<Part> = (0..=steps.len())
        .map(|part| {
            let own = || {
                nodes
                    .iter()
                    .filter(|(p, _)| *p == part)
                    .map(|(_, node)| *node)
            };
            let inputs = own().flat_map(|node| &node.input);
            let inputs =
                inputs.filter(|n| is_value(n) && made.get(n.as_str()) != Some(&part));
            let outputs = own().flat_map(|node| &node.output);
            Part {
                inputs: unique(inputs),
                last: Vec::new(),
                outputs: unique(outputs.filter(|name| wanted(name, part))),
                then: None,
            }
        })
        .collect();
    for (part, step) in parts.iter_mut().zip(steps) {
        part.then = Some(step);
    }
    mark_last(&mut parts);
    parts
}

fn unique<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut names: Vec<String> = names.cloned().collect();
    names.sort();
    names.dedup();
    names
}

/// Notes from behind what is needed for the last time.
fn mark_last(parts: &mut [Part]) {
    let mut needed: Vec<String> = Vec::new();
    for part in parts.iter_mut().rev() {
        if let Some(step) = &mut part.then {
            step.is_last = !needed.contains(&step.from);
            needed.push(step.from.clone());
        }
        let is_last = |name: &&String| !needed.contains(name);
        part.last = part.inputs.iter().filter(is_last).cloned().collect();
        needed.extend(part.inputs.iter().cloned());
    }
}

/// Returns the step a node is; `None` for all that is no depthwise convolution with zeros for
/// half a kernel around.
fn step(node: &NodeProto, weights: &HashMap<&str, &TensorProto>) -> Option<Step> {
    let [from, kernel, bias @ ..] = node.input.as_slice() else {
        return None;
    };
    let kernel = *weights.get(kernel.as_str())?;
    let dims: Vec<usize> = kernel.dims.iter().map(|n| *n as usize).collect();
    let [channels, 1, height, width] = dims[..] else {
        return None;
    };
    let pads = [height / 2, width / 2, height / 2, width / 2];
    let is_ours = node.op_type.as_deref() == Some("Conv")
        && usize::try_from(attribute(node, "group")?.i?) == Ok(channels)
        && height % 2 == 1
        && width % 2 == 1
        && numbers(node, "dilations")? == [1, 1]
        && numbers(node, "pads")? == pads;
    let [down, right] = numbers(node, "strides")?[..] else {
        return None;
    };
    let bias = match bias {
        [] => vec![0.0; channels],
        [name, ..] => floats(weights.get(name.as_str())?),
    };
    let depthwise = Depthwise {
        weights: floats(kernel),
        bias,
        kernel: [height, width],
        stride: [down, right],
    };
    let is_whole = depthwise.weights.len() == channels * height * width
        && depthwise.bias.len() == channels
        && down * right > 0;
    (is_ours && is_whole).then(|| Step {
        depthwise,
        from: from.clone(),
        to: node.output.first().cloned().unwrap_or_default(),
        is_last: false,
    })
}

fn attribute<'a>(node: &'a NodeProto, name: &str) -> Option<&'a AttributeProto> {
    let mut attributes = node.attribute.iter();
    attributes.find(|attribute| attribute.name.as_deref() == Some(name))
}

fn numbers(node: &NodeProto, name: &str) -> Option<Vec<usize>> {
    let numbers = attribute(node, name)?.ints.iter();
    numbers.map(|n| usize::try_from(*n).ok()).collect()
}

/// Returns a tensor's numbers: little-endian bytes, or a list.
fn floats(tensor: &TensorProto) -> Vec<f32> {
    let Some(raw) = &tensor.raw_data else {
        return tensor.float_data.clone();
    };
    let raw = raw.borrow();
    let (numbers, _) = raw.as_chunks::<4>();
    numbers
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DET: &[u8] = crate::ocr::read::detect::MODEL;
    const REC: &[u8] = crate::ocr::read::recognise::MODEL;

    #[test]
    fn the_networks_are_cut_at_every_depthwise_convolution() {
        for (onnx, count) in [(DET, 17), (REC, 10)] {
            let parts = cut(onnx).unwrap();
            assert_eq!(
                parts.iter().filter(|part| part.then.is_some()).count(),
                count
            );
            assert!(parts.last().is_some_and(|part| part.then.is_none()));
        }
        assert!(cut(b"not a network").is_err());
    }

    #[test]
    fn every_value_is_there_before_it_is_needed_and_gone_after() {
        for onnx in [DET, REC] {
            let mut there = vec!["x".to_owned()];
            for part in cut(onnx).unwrap() {
                assert!(part.inputs.iter().all(|name| there.contains(name)));
                there.retain(|name| !part.last.contains(name));
                there.extend(part.outputs);
                if let Some(step) = part.then {
                    assert!(there.contains(&step.from), "{}", step.from);
                    there.retain(|name| !(step.is_last && *name == step.from));
                    there.push(step.to);
                }
            }
            assert_eq!(there, ["fetch_name_0"]);
        }
    }
}
