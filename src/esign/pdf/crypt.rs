//! Opens documents that ask for no password to be read (ISO 32000-2, 7.6): the empty user
//! password. The mathematics are lopdf's; what `/Contents` holds is never encrypted.

use super::object::{Dict, Id, Object};
use lopdf::encryption::decrypt_object;

/// The key of a document.
#[derive(Debug)]
pub struct Key(lopdf::EncryptionState);

impl Key {
    /// Tries the empty user password. Takes the resolved `/Encrypt` dictionary and the first
    /// part of `/ID`.
    pub fn with_empty_password(encrypt: &Dict, file_id: &[u8]) -> Option<Self> {
        let mut document = lopdf::Document::new();
        let id = (1, 0);
        document
            .objects
            .insert(id, lopdf::Object::Dictionary(to_dict(encrypt)));
        document
            .trailer
            .set("Encrypt", lopdf::Object::Reference(id));
        let file_id = lopdf::Object::string_literal(file_id);
        document.trailer.set("ID", vec![file_id.clone(), file_id]);
        document.authenticate_user_password("").ok()?;
        lopdf::EncryptionState::decode(&document, "").ok().map(Self)
    }

    /// Decrypts the strings of an object that stands in the file by itself.
    pub fn decrypt_strings(&self, id: Id, object: &mut Object) {
        match object {
            Object::String(bytes) => {
                let mut string = lopdf::Object::string_literal(bytes.as_slice());
                if decrypt_object(&self.0, (id, 0), &mut string).is_ok()
                    && let lopdf::Object::String(plain, _) = string
                {
                    *bytes = plain;
                }
            }
            Object::Array(values) => {
                for value in values {
                    self.decrypt_strings(id, value);
                }
            }
            Object::Dict(dict) => {
                for (_, value) in dict.values_mut() {
                    self.decrypt_strings(id, value);
                }
            }
            _ => {}
        }
    }

    /// Returns the decrypted bytes of a stream.
    pub fn decrypted(&self, id: Id, dict: &Dict, data: &[u8]) -> Option<Vec<u8>> {
        let stream = lopdf::Stream::new(to_dict(dict), data.to_vec());
        let mut stream = lopdf::Object::Stream(stream);
        decrypt_object(&self.0, (id, 0), &mut stream).ok()?;
        match stream {
            lopdf::Object::Stream(stream) => Some(stream.content),
            _ => None,
        }
    }
}

fn to_dict(dict: &Dict) -> lopdf::Dictionary {
    let mut made = lopdf::Dictionary::new();
    for (key, value) in dict.iter() {
        made.set(key, to_object(value));
    }
    made
}

fn to_object(object: &Object) -> lopdf::Object {
    match object {
        Object::Bool(value) => lopdf::Object::Boolean(*value),
        Object::Number(number) => match object.integer() {
            Some(whole) => lopdf::Object::Integer(whole),
            None => lopdf::Object::Real(*number as f32),
        },
        Object::Name(name) => lopdf::Object::Name(name.clone()),
        Object::String(string) => lopdf::Object::string_literal(string.as_slice()),
        Object::Array(values) => {
            lopdf::Object::Array(values.iter().map(to_object).collect())
        }
        Object::Dict(dict) => lopdf::Object::Dictionary(to_dict(dict)),
        Object::Null | Object::Stream(_) | Object::Reference(_) => lopdf::Object::Null,
    }
}
