//! Ring 1: grey pixels made smaller, turned, or laid onto a page. No file, no format.

pub(crate) mod raster;
pub(crate) mod picture;

#[cfg(test)]
mod tests {
    use crate::model::Raster;

    /// Makes a picture of so many columns.
    pub(super) fn raster(width: u32, luma: &[u8]) -> Raster {
        Raster {
            width,
            height: luma.len() as u32 / width,
            luma: luma.to_vec(),
        }
    }
}
