//! Attributes that follow from the configuration alone, though no one writes them.

use ecow::EcoString;

use super::Evaluator;
use super::provider::provider_name;
use crate::model::{Mode, Object, Value};

impl Evaluator<'_> {
    /// The value of an attribute that is not written, where the arguments and the provider tell it.
    pub(super) fn known_attribute(&mut self, module: u32, at: u32, name: &EcoString, _arguments: &Object) -> Option<Value> {
        let declaration = self.definition_of(module)?.module.resources.get(at as usize)?;
        if declaration.mode != Mode::Data {
            return None;
        }
        match (declaration.native_type.as_str(), name.as_str()) {
            // `name` and `id` are the older spellings of `region`.
            ("aws_region", "name" | "id" | "region") => {
                let provider = provider_name(declaration);
                self.configuration(module, &provider).region.clone().map(Value::Text)
            }
            _ => None,
        }
    }
}
