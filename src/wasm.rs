//! The browser's and Node's door: decode, call, encode.
//!
//! Facts cross as one JSON string, geometry as one `Float32Array`. What cannot be decoded is a JavaScript `Error`
//! that names it; a panic prints its place to the console before it ends the instance.

mod affected;
mod decode;

use wasm_bindgen::prelude::*;

use self::decode::{decode, input_of, options_of, version};
use crate::intake::InputFile;
use crate::project;
use crate::report::scene::View;
use crate::report::{Format, json};

/// A project that stays: set files, ask for the review, edit, ask again.
#[wasm_bindgen]
pub struct Project {
    project: project::Project,
    /// Of the last layout.
    geometry: Vec<f32>,
}

#[wasm_bindgen]
impl Project {
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_optional_param_type = "ReviewOptions")] options: JsValue) -> Result<Project, JsError> {
        Ok(Project { project: project::Project::new(options_of(options)?.into()), geometry: Vec::new() })
    }

    pub fn set_options(
        &mut self,
        #[wasm_bindgen(unchecked_optional_param_type = "ReviewOptions")] options: JsValue,
    ) -> Result<(), JsError> {
        self.project.set_options(options_of(options)?.into());
        Ok(())
    }

    /// Gives the table of prices, replacements and impacts, the package's `prices.bin`; without it nothing has a price, any
    /// argument may replace its resource, and what a change does at run time is not known.
    pub fn set_prices(&mut self, bytes: &[u8]) -> Result<(), JsError> {
        self.project.set_prices(bytes).map_err(|reason| JsError::new(&reason))
    }

    /// Adds a file of one side or replaces it; an archive counts as the files in it.
    pub fn set_file(&mut self, #[wasm_bindgen(unchecked_param_type = "Side")] side: &str, path: &str, bytes: &[u8]) -> Result<(), JsError> {
        self.project.set_file(version(side)?, InputFile::new(path, bytes));
        Ok(())
    }

    pub fn remove_file(&mut self, #[wasm_bindgen(unchecked_param_type = "Side")] side: &str, path: &str) -> Result<(), JsError> {
        self.project.remove_file(version(side)?, path);
        Ok(())
    }

    /// Forgets every file of one side; without a side before, a snapshot is reviewed.
    pub fn clear(&mut self, #[wasm_bindgen(unchecked_param_type = "Side")] side: &str) -> Result<(), JsError> {
        self.project.clear(version(side)?);
        Ok(())
    }

    /// The review of the files as they are now: a JSON text of type `Review`.
    pub fn analyze(&mut self) -> String {
        json::json(self.project.review())
    }

    /// What differs from the review that this handed out before, for the package's `joined`: after an edit, a few
    /// kilobytes; the first time, all of it.
    pub fn update(&mut self) -> String {
        self.project.update()
    }

    /// The picture of the review: a JSON text of type `Scene`. Its rectangles and points are in `geometry`.
    pub fn layout(&mut self, #[wasm_bindgen(unchecked_optional_param_type = "View")] view: JsValue) -> Result<String, JsError> {
        let scene = self.project.scene(&if view.is_undefined() { View::default() } else { decode(view)? });
        let text = serde_json::to_string(&scene)?;
        self.geometry = scene.geometry;
        Ok(text)
    }

    /// Numbers of the last layout: x, y, width, height of each card; the same of each group; then x, y of each
    /// point of each edge.
    pub fn geometry(&self) -> js_sys::Float32Array {
        js_sys::Float32Array::from(self.geometry.as_slice())
    }

    /// The text of a file as the review read it, out of an archive too.
    pub fn text(&mut self, #[wasm_bindgen(unchecked_param_type = "Side")] side: &str, path: &str) -> Result<Option<String>, JsError> {
        Ok(self.project.text(version(side)?, path).map(str::to_string))
    }

    /// Reviews a small sample apart from the project, so that the engine has the core compiled before it matters.
    pub fn warm_up(&self) {
        self.project.warm_up();
    }

    /// The review as a report: `json`, `markdown`, `svg` ...
    pub fn export(&mut self, format: &str) -> Result<String, JsError> {
        let format = Format::of_name(format).ok_or_else(|| JsError::new(&format!("unknown format `{format}`")))?;
        Ok(self.project.export(format))
    }
}

/// One call in, one review out.
#[wasm_bindgen(unchecked_return_type = "Review")]
pub fn review(#[wasm_bindgen(unchecked_param_type = "ReviewInput")] input: JsValue, prices: Option<Box<[u8]>>) -> Result<JsValue, JsError> {
    let mut project = input_of(input)?.open(crate::Catalog::new());
    if let Some(bytes) = prices {
        project.set_prices(&bytes).map_err(|reason| JsError::new(&reason))?;
    }
    js_sys::JSON::parse(&json::json(project.review())).map_err(|_| JsError::new("the review is not JSON"))
}

/// Version of the core, which is the version of the package.
#[wasm_bindgen(js_name = version)]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

#[wasm_bindgen(start, skip_typescript)]
fn start() {
    console_error_panic_hook::set_once();
}
