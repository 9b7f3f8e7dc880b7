//! One revision of a document: its objects, found by its own cross-references.

use super::{
    budget::Budget,
    crypt::Key,
    filter::{decoded, says_plainly},
    object::{Dict, Id, Object, Stream},
    parser::{Parser, find},
    rebuild::rebuild,
    xref::{Place, Section, chain, last_startxref},
};
use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    rc::Rc,
};

/// A document, as its bytes up to some end say it is.
pub struct Document<'a> {
    bytes: &'a [u8],
    budget: &'a Budget,
    /// What each revision adds, the newest first.
    pub sections: Vec<Section>,
    /// The number after the last `startxref`.
    pub startxref: Option<usize>,
    /// Whether the cross-references lead nowhere and objects were looked for.
    pub is_rebuilt: bool,
    places: BTreeMap<Id, Place>,
    trailer: Dict,
    key: Option<Key>,
    cache: RefCell<Cache>,
}

/// The content of a stream, unpacked.
pub struct Content {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether every reader unpacks it alike.
    pub is_plainly_packed: bool,
}

#[derive(Default)]
struct Cache {
    objects: BTreeMap<Id, Rc<Object>>,
    streams: BTreeMap<Id, Rc<Unpacked>>,
    /// Objects that are not where their cross-reference says, or whose length is wrong.
    damaged: BTreeSet<Id>,
    /// Those of them of which nothing was read, while other readers may find something.
    unread: BTreeSet<Id>,
    /// Objects with something that readers take differently.
    odd: BTreeSet<Id>,
}

/// An object stream: its bytes, and where each object is.
struct Unpacked {
    bytes: Vec<u8>,
    objects: Vec<(Id, usize)>,
    /// Those that are listed more than once.
    twice: BTreeSet<Id>,
    /// Whether every reader unpacks it alike.
    is_plain: bool,
}

/// The reason why a document cannot be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// There is no structure to follow.
    Structure,
    /// A password is needed.
    Password,
    /// The budget is spent.
    Budget,
}

/// How long a chain of references to references may be.
const MAX_HOPS: usize = 8;

impl<'a> Document<'a> {
    /// Opens the last revision that ends within the bytes.
    pub fn open(bytes: &'a [u8], budget: &'a Budget) -> Result<Self, OpenError> {
        let last = last_startxref(bytes);
        let startxref = last.map(|(at, _)| at);
        // Objects after the last `startxref`: the file was cut, or they were put there for
        // readers that look for them.
        let is_cut = last.is_some_and(|(_, at)| find(bytes, b" obj", at).is_some());
        let sections = startxref.and_then(|at| chain(bytes, at, budget));
        let sections = sections.filter(|_| !is_cut);
        let document =
            sections.map(|sections| Self::of(bytes, budget, sections, startxref));
        let document = match document.filter(|one| one.catalog().is_some()) {
            Some(document) => document,
            None => {
                let found = rebuild(bytes, budget);
                let found = found.ok_or(match budget.is_spent() {
                    true => OpenError::Budget,
                    false => OpenError::Structure,
                })?;
                let mut rebuilt = Self::of(bytes, budget, vec![found], None);
                rebuilt.is_rebuilt = true;
                rebuilt.list_streams();
                rebuilt
            }
        };
        let document = document.unlocked()?;
        match document.catalog() {
            Some(_) => Ok(document),
            None => Err(OpenError::Structure),
        }
    }

    fn of(
        bytes: &'a [u8],
        budget: &'a Budget,
        sections: Vec<Section>,
        startxref: Option<usize>,
    ) -> Self {
        let mut places = BTreeMap::new();
        for section in sections.iter().rev() {
            places.extend(section.places.iter().map(|(id, place)| (*id, *place)));
        }
        let trailer = sections.first().map(|one| one.trailer.clone());
        Self {
            bytes,
            budget,
            startxref,
            is_rebuilt: false,
            places,
            trailer: trailer.unwrap_or_default(),
            sections,
            key: None,
            cache: RefCell::default(),
        }
    }

    /// Finds the key of an encrypted document.
    fn unlocked(mut self) -> Result<Self, OpenError> {
        let encrypt = self.get(&self.trailer, b"Encrypt");
        let Some(encrypt) = encrypt.dict().cloned() else {
            return Ok(self);
        };
        let encrypt = self.resolved(&encrypt);
        let parts = self.get(&self.trailer, b"ID");
        let first = parts.array().and_then(<[Object]>::first).cloned();
        let first = self.resolve(&first.unwrap_or(Object::Null));
        let file_id = first.string().unwrap_or_default().to_vec();
        let key = Key::with_empty_password(&encrypt, &file_id);
        self.key = Some(key.ok_or(OpenError::Password)?);
        let own = self.trailer.get(b"Encrypt").and_then(Object::reference);
        let mut cache = Cache::default();
        // Its own strings are not encrypted.
        cache
            .objects
            .extend(own.map(|id| (id, Rc::new(Object::Dict(encrypt)))));
        self.cache = RefCell::new(cache);
        Ok(self)
    }

    /// Returns a dictionary whose values are no references, two levels deep.
    fn resolved(&self, dict: &Dict) -> Dict {
        let mut made = dict.clone();
        for (_, value) in made.values_mut() {
            *value = (*self.resolve(value)).clone();
        }
        made
    }

    /// Adds the objects of object streams, for a file whose cross-references are lost.
    fn list_streams(&mut self) {
        let ids: Vec<Id> = self.places.keys().copied().collect();
        for id in ids {
            let is_stream = self
                .object(id)
                .dict()
                .is_some_and(|dict| dict.name(b"Type") == Some(b"ObjStm"));
            let Some(stream) = is_stream.then(|| self.object_stream(id)).flatten() else {
                continue;
            };
            for (index, (inner, _)) in stream.objects.iter().enumerate() {
                let place = Place::In { stream: id, index };
                self.places.entry(*inner).or_insert(place);
            }
        }
    }

    /// Returns all the bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns the trailer of the newest revision.
    pub fn trailer(&self) -> &Dict {
        &self.trailer
    }

    /// Returns the catalog.
    pub fn catalog(&self) -> Option<Dict> {
        self.get(&self.trailer, b"Root").dict().cloned()
    }

    /// Returns the objects read so far that are not where their cross-reference says, or whose
    /// length is wrong: other readers may see something else.
    pub fn damaged(&self) -> Vec<Id> {
        self.cache.borrow().damaged.iter().copied().collect()
    }

    /// Returns an object read so far of which nothing could be read, and what it leads to neither.
    pub fn first_unread(&self) -> Option<Id> {
        self.cache.borrow().unread.first().copied()
    }

    /// Returns an object read so far with something that readers take differently, and which stands
    /// elsewhere in another document: there it may be written otherwise.
    pub fn first_odd_moved(&self, other: &Self) -> Option<Id> {
        let cache = self.cache.borrow();
        let mut odd = cache.odd.iter();
        odd.find(|id| !self.is_same_place(other, **id)).copied()
    }

    /// Spends steps of the budget for bytes that a caller looks through.
    pub fn spend_bytes(&self, bytes: usize) -> Option<()> {
        self.budget.spend_bytes(bytes)
    }

    /// Returns where an object stands.
    pub fn place(&self, id: Id) -> Place {
        self.places.get(&id).copied().unwrap_or(Place::Free)
    }

    /// Tells whether an object of both documents is the very same bytes.
    pub fn is_same_place(&self, other: &Self, id: Id) -> bool {
        match (self.place(id), other.place(id)) {
            (Place::At(own), Place::At(theirs)) => own == theirs,
            (
                Place::In { stream, index },
                Place::In {
                    stream: other_stream,
                    index: other_index,
                },
            ) => {
                stream == other_stream
                    && index == other_index
                    && self.place(stream) == other.place(stream)
            }
            (Place::Free, Place::Free) => true,
            _ => false,
        }
    }

    /// Returns the value at a key, references followed.
    pub fn get(&self, dict: &Dict, key: &[u8]) -> Rc<Object> {
        match dict.get(key) {
            Some(value) => self.resolve(value),
            None => Rc::new(Object::Null),
        }
    }

    /// Follows references.
    pub fn resolve(&self, object: &Object) -> Rc<Object> {
        let Object::Reference(id) = object else {
            return Rc::new(object.clone());
        };
        let mut found = self.object(*id);
        for _ in 0..MAX_HOPS {
            let Object::Reference(next) = *found else {
                return found;
            };
            found = self.object(next);
        }
        Rc::new(Object::Null)
    }

    /// Returns an indirect object; `Null` where there is none, or the budget is spent.
    pub fn object(&self, id: Id) -> Rc<Object> {
        if let Some(found) = self.cache.borrow().objects.get(&id) {
            return Rc::clone(found);
        }
        let object = match self.budget.spend(1) {
            Some(()) => self.read(id),
            None => Object::Null,
        };
        let object = Rc::new(object);
        self.cache
            .borrow_mut()
            .objects
            .insert(id, Rc::clone(&object));
        object
    }

    fn read(&self, id: Id) -> Object {
        let found = match self.place(id) {
            Place::Free => return Object::Null,
            Place::At(at) => self.read_at(id, at),
            Place::In { stream, index } => self.read_in(id, stream, index),
        };
        found.unwrap_or_else(|| {
            let mut cache = self.cache.borrow_mut();
            cache.damaged.insert(id);
            cache.unread.insert(id);
            Object::Null
        })
    }

    fn read_at(&self, id: Id, at: usize) -> Option<Object> {
        let mut parser = Parser::new(self.bytes, at);
        let found = parser.indirect();
        self.budget.spend_bytes(parser.at.saturating_sub(at))?;
        let found = found.filter(|found| found.id == id)?;
        if parser.met_oddity {
            self.cache.borrow_mut().odd.insert(id);
        }
        let mut object = found.object;
        if let Some(key) = &self.key {
            key.decrypt_strings(id, &mut object);
        }
        match (object, found.stream_at) {
            (Object::Dict(dict), Some(start)) => {
                let (end, is_exact) = self.stream_end(&dict, start)?;
                if !is_exact {
                    self.cache.borrow_mut().damaged.insert(id);
                }
                let data = start..end;
                Some(Object::Stream(Rc::new(Stream { dict, data })))
            }
            (object, _) => Some(object),
        }
    }

    /// Returns where the bytes of a stream end: where `/Length` says, if `endstream` follows, else
    /// where that stands next; and which of the two it is.
    pub fn stream_end(&self, dict: &Dict, start: usize) -> Option<(usize, bool)> {
        let length = match dict.get(b"Length")? {
            // Not through the cache: the length may be in the very stream that is read.
            Object::Reference(id) => match self.place(*id) {
                Place::At(at) => Parser::new(self.bytes, at).indirect()?.object.integer(),
                Place::In { .. } | Place::Free => None,
            },
            other => other.integer(),
        };
        let length = length.and_then(|length| usize::try_from(length).ok());
        let end = length.and_then(|length| start.checked_add(length));
        let end = end.filter(|end| Parser::new(self.bytes, *end).keyword(b"endstream"));
        match end {
            Some(end) => Some((end, true)),
            None => {
                let end = find(self.bytes, b"endstream", start);
                let looked = end.unwrap_or(self.bytes.len()).saturating_sub(start);
                self.budget.spend_bytes(looked)?;
                end.map(|end| (end, false))
            }
        }
    }

    fn read_in(&self, id: Id, stream: Id, index: usize) -> Option<Object> {
        // An object stream is never in another.
        if !matches!(self.place(stream), Place::At(_)) {
            return None;
        }
        let stream = self.object_stream(stream)?;
        let own = stream.objects.get(index);
        let own = own.filter(|(found, _)| *found == id);
        let any = || stream.objects.iter().find(|(found, _)| *found == id);
        let (_, at) = own.or_else(any)?;
        // Some writers count wrongly, or list one twice: then readers differ.
        if own.is_none() || stream.twice.contains(&id) {
            self.cache.borrow_mut().damaged.insert(id);
        }
        let mut parser = Parser::new(&stream.bytes, *at);
        let object = parser.object()?;
        let is_odd =
            parser.met_oddity || object.has_key_twice() || object.reference().is_some();
        if is_odd || !stream.is_plain {
            self.cache.borrow_mut().damaged.insert(id);
        }
        Some(object)
    }

    fn object_stream(&self, id: Id) -> Option<Rc<Unpacked>> {
        if let Some(found) = self.cache.borrow().streams.get(&id) {
            return Some(Rc::clone(found));
        }
        let Content {
            bytes,
            is_plainly_packed,
        } = self.content(id)?;
        let dict = self.resolved(self.object(id).dict()?);
        let first = usize::try_from(dict.get(b"First")?.integer()?).ok()?;
        let count = dict.get(b"N")?.integer()?;
        let mut parser = Parser::new(&bytes, 0);
        let mut objects = Vec::new();
        let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
        for _ in 0..count {
            let Some(pair) = parser.integer().zip(parser.integer()) else {
                break;
            };
            let at = first.checked_add(usize::try_from(pair.1).ok()?)?;
            let id = u32::try_from(pair.0).ok()?;
            if !seen.insert(id) {
                twice.insert(id);
            }
            objects.push((id, at));
            self.budget.spend(1)?;
        }
        let is_plain = is_plainly_packed && dict.name(b"Type") == Some(b"ObjStm");
        let found = Rc::new(Unpacked {
            bytes,
            objects,
            twice,
            is_plain,
        });
        self.cache
            .borrow_mut()
            .streams
            .insert(id, Rc::clone(&found));
        Some(found)
    }

    /// Returns the bytes of a stream, decrypted but still packed.
    pub fn stream_bytes(&self, id: Id, stream: &Stream) -> Option<Cow<'a, [u8]>> {
        let data = self.bytes.get(stream.data.clone())?;
        match &self.key {
            Some(key) => key.decrypted(id, &stream.dict, data).map(Cow::Owned),
            None => Some(Cow::Borrowed(data)),
        }
    }

    /// Returns the content of a stream that is an indirect object.
    pub fn content(&self, id: Id) -> Option<Content> {
        let object = self.object(id);
        let Object::Stream(stream) = &*object else {
            return None;
        };
        let data = self.stream_bytes(id, stream)?;
        let resolved = self.resolved(&stream.dict);
        let decoded = decoded(&resolved, &data, self.budget.bytes_left())?;
        self.budget.unpacked(decoded.bytes.len());
        Some(Content {
            bytes: decoded.bytes,
            // As written: a filter that is elsewhere is not found by every reader.
            is_plainly_packed: says_plainly(&stream.dict) && decoded.ends_cleanly,
        })
    }

    /// Returns where the value of an indirect object stands in the file.
    pub fn value_place(&self, id: Id) -> Option<Range<usize>> {
        let Place::At(at) = self.place(id) else {
            return None;
        };
        let found = Parser::new(self.bytes, at).indirect()?;
        Some(found.value_at..found.end)
    }
}
