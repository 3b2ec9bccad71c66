//! From JavaScript values to the project's own; what does not fit is an error that names it.

use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::project::ReviewOptions;
use crate::source::Version;

pub(super) fn options_of(options: JsValue) -> Result<ReviewOptions, JsError> {
    if options.is_undefined() { Ok(ReviewOptions::default()) } else { decode(options) }
}

pub(super) fn decode<T: DeserializeOwned>(value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsError::new(&error.to_string()))
}

pub(super) fn version(side: &str) -> Result<Version, JsError> {
    match side {
        "before" => Ok(Version::Before),
        "after" => Ok(Version::After),
        _ => Err(JsError::new(&format!("`{side}` is neither `before` nor `after`"))),
    }
}
