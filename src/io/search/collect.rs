//! Every document that fits, with its score: an order that does not hang on how the index came
//! to be cut into segments needs all of them, not the first so many of each.

use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
};

/// The collector. Twelve bytes a hit: a word that stands in all of 100,000 documents takes
/// little more than a megabyte.
pub(super) struct Every;

/// What it collects of one segment.
pub(super) struct EveryOfSegment {
    segment: SegmentOrdinal,
    found: Vec<(Score, DocAddress)>,
}

impl Collector for Every {
    type Fruit = Vec<(Score, DocAddress)>;
    type Child = EveryOfSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _reader: &SegmentReader,
    ) -> tantivy::Result<Self::Child> {
        Ok(EveryOfSegment {
            segment,
            found: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits.into_iter().flatten().collect())
    }
}

impl SegmentCollector for EveryOfSegment {
    type Fruit = Vec<(Score, DocAddress)>;

    fn collect(&mut self, document: DocId, score: Score) {
        let address = DocAddress::new(self.segment, document);
        self.found.push((score, address));
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}
