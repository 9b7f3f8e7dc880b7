//! Sessions in the file of the web face: a restart of the server, or of the computer, does not put
//! anybody out.

use super::lock::held;
use crate::fixity;
use crate::io::store::StoreError;
use crate::io::web_store::{SessionRow, WebStore};
use crate::model::Digest;
use async_trait::async_trait;
use std::sync::{Arc, Mutex};
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{SessionStore, session_store};

/// Where sessions are kept.
#[derive(Debug, Clone)]
pub(in crate::web) struct Sessions(pub(in crate::web) Arc<Mutex<WebStore>>);

impl Sessions {
    fn keep(&self, record: &Record) -> Result<()> {
        let data = serde_json::to_string(&record.data)
            .map_err(|error| Error::Encode(error.to_string()))?;
        let row = SessionRow {
            data,
            ends: record.expiry_date.unix_timestamp(),
        };
        let now = OffsetDateTime::now_utc().unix_timestamp();
        held(&self.0)
            .keep_session(&name(record.id), &row, now)
            .map_err(|error| failed(&error))
    }
}

fn name(id: Id) -> Digest {
    fixity::hash(id.to_string().as_bytes())
}

fn failed(error: &StoreError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.keep(record)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.keep(record)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = held(&self.0)
            .session(&name(*id))
            .map_err(|error| failed(&error))?;
        let Some(row) = row else { return Ok(None) };
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.ends)
            .map_err(|error| Error::Decode(error.to_string()))?;
        let data = serde_json::from_str(&row.data)
            .map_err(|error| Error::Decode(error.to_string()))?;
        let record = Record {
            id: *id,
            data,
            expiry_date,
        };
        Ok((expiry_date > OffsetDateTime::now_utc()).then_some(record))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        held(&self.0)
            .drop_session(&name(*id))
            .map_err(|error| failed(&error))
    }
}
