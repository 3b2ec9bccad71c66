//! `fn::…`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ecow::{EcoString, eco_format};

use super::{Program, field};
use crate::lang::pulumi::interpret::held::Rc;
use crate::lang::pulumi::interpret::registry::{Input, Kind, MARK};
use crate::lang::pulumi::interpret::sdk::token;
use crate::lang::pulumi::interpret::value::{Symbol, SymbolKind, Value, deps_of};
use crate::lang::pulumi::interpret::{Args, Result, python, text};
use crate::source::Span;
use crate::syntax::document::{Kind as NodeKind, Node};

/// The function that a mapping of one entry calls, and its argument.
pub fn call_of(node: &Node) -> Option<(&str, &Node)> {
    let NodeKind::Mapping(entries) = &node.kind else { return None };
    let [entry] = entries.as_slice() else { return None };
    let name = entry.key.text()?;
    let name = name.strip_prefix("fn::").or_else(|| name.strip_prefix("Fn::"))?;
    Some((name, &entry.value))
}

impl<'n> Program<'n, '_> {
    pub fn function(&mut self, name: &str, argument: &'n Node, span: Span) -> Result<Value> {
        if name.eq_ignore_ascii_case("invoke") {
            return self.invoke(argument);
        }
        let value = self.value(argument)?;
        if name.contains(':') {
            return Ok(data(name, &value));
        }
        let part = |at: i64| self.interpreter.index(&value, &Value::Int(at));
        Ok(match name.to_ascii_lowercase().as_str() {
            "join" => self.joined(&part(0), &part(1)),
            "split" => match (part(0), part(1)) {
                (Value::Text(sign), Value::Text(text)) if !sign.is_empty() => {
                    Value::list(text.split(sign.as_str()).map(Value::text).collect())
                }
                _ => Value::unsupported("a split of what is not known", deps_of(&value)),
            },
            // The engine waits for all of them.
            "select" => {
                let chosen = self.interpreter.index(&part(1), &part(0));
                let deps = deps_of(&value);
                if deps.iter().next().is_some() { Value::output(chosen, deps, false) } else { chosen }
            }
            "concat" => Value::template(self.interpreter.items_or_unknown(&value)),
            "tojson" => {
                let style = Args { named: vec![("\0compact".into(), Value::Bool(true))], ..Args::default() };
                python::json::text(&self.interpreter, &value, &style)
            }
            "fromjson" => python::json::parsed(&value),
            "tobase64" => self.whole(&value, |text| Some(STANDARD.encode(text.as_bytes()).into())),
            "frombase64" => self.whole(&value, |text| {
                let bytes = STANDARD.decode(text.as_bytes()).ok()?;
                String::from_utf8(bytes).ok().map(EcoString::from)
            }),
            "secret" => Value::output(value.clone(), deps_of(&value), true),
            // Texts were not always replaced by themselves.
            "sub" => value,
            "stackreference" => self.stack_output(&part(0), &part(1), span)?,
            "readfile" => python::files::file_text(&self.interpreter, &value),
            "stringasset" => asset("text", value),
            "fileasset" => asset("file", value),
            "filearchive" => asset("archive", value),
            "remoteasset" | "remotearchive" => asset("remote", value),
            "assetarchive" => asset("assets", value),
            _ => {
                let message = eco_format!("the function fn::{name} is not read");
                self.interpreter.note("unknown-function", span, message);
                Value::unsupported(eco_format!("fn::{name}"), deps_of(&value))
            }
        })
    }

    /// `fn::stackReference: [stack, output]`: the stack is read once.
    fn stack_output(&mut self, stack: &Value, output: &Value, span: Span) -> Result<Value> {
        const TOKEN: &str = "pulumi:pulumi:StackReference";
        let known = self.interpreter.resources.iter().position(|it| it.token == TOKEN && it.shown_name() == text::shown(stack));
        let id = match known {
            Some(at) => at as u32,
            None => {
                let inputs = [(EcoString::from("name"), Input { value: stack.clone(), span })].into_iter().collect();
                self.interpreter.register(Kind::Read, TOKEN.into(), stack.clone(), inputs, None, span)?
            }
        };
        let outputs = self.interpreter.index(&Value::Resource(id), &Value::text("outputs"));
        Ok(self.interpreter.index(&outputs, output))
    }

    fn joined(&mut self, sign: &Value, items: &Value) -> Value {
        let items = self.interpreter.items_or_unknown(items);
        let mut parts = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                parts.push(sign.clone());
            }
            parts.push(item);
        }
        Value::template(parts)
    }

    fn whole(&self, value: &Value, change: impl Fn(&str) -> Option<EcoString>) -> Value {
        match value.as_text().and_then(|text| change(text)) {
            Some(text) => Value::Text(text),
            None => Value::unsupported("an encoded text", deps_of(value)),
        }
    }

    /// `fn::invoke: { function, arguments, options, return }`.
    fn invoke(&mut self, argument: &'n Node) -> Result<Value> {
        let name = field(argument, "function").and_then(Node::text).unwrap_or_default();
        let arguments = match field(argument, "arguments") {
            Some(arguments) => self.value(arguments)?,
            None => Value::Undefined,
        };
        let options = match field(argument, "options") {
            Some(options) => self.value(options)?,
            None => Value::Undefined,
        };
        let result = data(name, &Value::list(vec![arguments, options]));
        Ok(match field(argument, "return").and_then(Node::text) {
            Some(part) => self.interpreter.index(&result, &Value::text(part)),
            None => result,
        })
    }
}

fn data(name: &str, arguments: &Value) -> Value {
    let deps = deps_of(arguments);
    let symbol = Symbol { kind: SymbolKind::Data { call: token::of_call(name), path: EcoString::new() }, deps: deps.clone() };
    Value::output(Value::Symbol(Rc::new(symbol)), deps, false)
}

fn asset(kind: &str, source: Value) -> Value {
    let entries = [(EcoString::from(MARK), Value::text("asset")), (EcoString::from(kind), source)];
    Value::dict(entries.into_iter().collect())
}
