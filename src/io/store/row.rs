//! Values as rows hold them.

use super::StoreError;

pub(super) fn json<T: serde::Serialize>(
    value: &T,
    column: &'static str,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Broken { column })
}
