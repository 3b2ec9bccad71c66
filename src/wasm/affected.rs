//! The question about a name, at the browser's door.

use wasm_bindgen::prelude::*;

use super::Project;

#[wasm_bindgen]
impl Project {
    /// What is affected if the named thing is modified: a JSON text of type `Asked`. A name is an address, a file,
    /// `file:line` or a path of code; without one, the answer says which paths of code there are.
    /// The core for Terraform alone has no answer.
    pub fn affected(&mut self, of: &str) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.project.ask(of))?)
    }
}
