//! From JavaScript values to the project's own; what does not fit is an error that names it.

use serde::de::{DeserializeOwned, Deserializer, Visitor};
use wasm_bindgen::prelude::*;

use crate::project::{ReviewInput, ReviewOptions};
use crate::source::Version;

#[wasm_bindgen(typescript_custom_section)]
const VALUE_TYPES: &str = include_str!("values.d.ts");

pub(super) fn options_of(options: JsValue) -> Result<ReviewOptions, JsError> {
    if options.is_undefined() { Ok(ReviewOptions::default()) } else { decode(options) }
}

/// A whole input. Its options are read by themselves too, as strictly as anywhere.
pub(super) fn input_of(value: JsValue) -> Result<ReviewInput, JsError> {
    if let Ok(options) = js_sys::Reflect::get(&value, &"options".into()) {
        options_of(options)?;
    }
    decode(value)
}

pub(super) fn decode<T: DeserializeOwned>(value: JsValue) -> Result<T, JsError> {
    T::deserialize(Entries(value.into())).map_err(|error| JsError::new(&error.to_string()))
}

/// An object read entry by entry. serde-wasm-bindgen asks a struct's fields by name and never sees the others,
/// so a misspelt option would be passed over in silence.
struct Entries(serde_wasm_bindgen::Deserializer);

impl<'de> Deserializer<'de> for Entries {
    type Error = serde_wasm_bindgen::Error;

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map enum identifier ignored_any
    }
}

pub(super) fn version(side: &str) -> Result<Version, JsError> {
    match side {
        "before" => Ok(Version::Before),
        "after" => Ok(Version::After),
        _ => Err(JsError::new(&format!("`{side}` is neither `before` nor `after`"))),
    }
}
