//! Generates large documents that look like real ones, for tests and measurements. The same
//! seed gives the same document.
//!
//! The documents have the difficult parts of real documents: hundreds of operations that
//! share components, components that refer to themselves and to each other, inline objects
//! several levels deep, `allOf` and `oneOf`.

mod revision;

use serde_json::{Map, Value, json};

pub use self::revision::revise;

/// The size of a document.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// The number of paths. Each has up to three operations.
    pub paths: usize,
    /// The number of component schemas.
    pub schemas: usize,
    /// The most properties of an object.
    pub properties: usize,
    /// The depth to which inline objects are nested.
    pub depth: usize,
}

/// A SplitMix64 generator of random numbers. It gives the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    fn one_in(&mut self, odds: usize) -> bool {
        self.below(odds) == 0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const WORDS: [&str; 24] = [
    "account", "address", "amount", "archive", "batch", "branch", "carrier", "channel", "customer",
    "delivery", "event", "invoice", "label", "manifest", "message", "owner", "parcel", "policy",
    "queue", "refund", "region", "status", "ticket", "weight",
];

/// Generates a document.
pub fn document(seed: u64, size: Size) -> Value {
    let mut random = Random(seed);
    let mut schemas = Map::new();
    for index in 0..size.schemas {
        let schema = component(&mut random, index, size);
        schemas.insert(name(index), schema);
    }
    let mut paths = Map::new();
    for index in 0..size.paths {
        let noun = WORDS[index % WORDS.len()];
        paths.insert(
            format!("/{noun}s/{index}/{{id}}"),
            path_item(&mut random, index, size),
        );
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Everything", "version": "1.0.0"},
        "servers": [{"url": "https://everything.example"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            "responses": {"Error": {"description": "It failed.", "content": {
                "application/json": {"schema": {"type": "object", "properties": {"title": {"type": "string"}}}},
            }}},
            "schemas": schemas,
        },
    })
}

fn name(index: usize) -> String {
    let word = WORDS[index % WORDS.len()];
    let (first, rest) = word.split_at(1);
    format!("{}{rest}{index}", first.to_uppercase())
}

fn reference(index: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", name(index))})
}

fn refer(random: &mut Random, size: Size) -> Value {
    reference(random.below(size.schemas))
}

fn object_or_reference(random: &mut Random, odds: usize, size: Size) -> Value {
    match random.one_in(odds) {
        true => object(random, size, size.depth),
        false => refer(random, size),
    }
}

fn component(random: &mut Random, index: usize, size: Size) -> Value {
    match index % 9 {
        0 => json!({"type": "string", "enum": WORDS[..random.below(8) + 2].to_vec()}),
        1 => json!({"type": "string", "x-extensible-enum": WORDS[..random.below(8) + 2].to_vec()}),
        2 => json!({"oneOf": [refer(random, size), refer(random, size), {"type": "string"}]}),
        3 => {
            // The base is a plain object, so that no `allOf` contains itself.
            let base = reference((index / 9 * 9 + 4) % size.schemas);
            let mut own = object(random, size, 1);
            // The two parts have no property in common, because such a property would have
            // to be merged.
            rename(&mut own);
            json!({"description": "Put together.", "allOf": [base, own]})
        }
        _ => {
            let mut schema = object(random, size, size.depth);
            // The component refers to itself, like a list of children.
            let children = json!({"type": "array", "items": reference(index)});
            schema["properties"]["children"] = children;
            schema
        }
    }
}

fn rename(object: &mut Value) {
    let Value::Object(properties) = object["properties"].take() else {
        return;
    };
    let properties = properties.into_iter();
    object["properties"] = properties
        .map(|(key, value)| (format!("own_{key}"), value))
        .collect();
    for name in object["required"].as_array_mut().into_iter().flatten() {
        *name = format!("own_{}", name.as_str().unwrap_or_default()).into();
    }
}

fn object(random: &mut Random, size: Size, depth: usize) -> Value {
    let mut properties = Map::new();
    for _ in 0..=random.below(size.properties) {
        let key = format!("{}_{}", random.pick(&WORDS), random.pick(&WORDS));
        let value = schema(random, size, depth);
        properties.insert(key, value);
    }
    let required: Vec<&String> = properties.keys().step_by(3).collect();
    json!({
        "type": "object",
        "description": sentence(random),
        "required": required,
        "properties": properties,
    })
}

fn schema(random: &mut Random, size: Size, depth: usize) -> Value {
    match random.below(12) {
        0 => json!({"type": "integer", "format": "int64", "minimum": 1}),
        1 => json!({"type": "string", "format": "date-time", "readOnly": random.one_in(3)}),
        2 => json!({"type": "boolean", "default": false}),
        3 => json!({"type": "string", "nullable": true, "description": sentence(random)}),
        4 => json!({"type": "array", "maxItems": 100, "items": refer(random, size)}),
        5 => json!({"type": "object", "additionalProperties": {"type": "string"}}),
        6 => json!({"allOf": [refer(random, size)], "description": sentence(random)}),
        7 => refer(random, size),
        8 | 9 if depth > 0 => object(random, size, depth - 1),
        10 => json!({"type": "number", "multipleOf": 0.01, "maximum": random.below(1000)}),
        _ => {
            json!({"type": "string", "maxLength": random.below(500) + 1, "example": random.pick(&WORDS)})
        }
    }
}

fn sentence(random: &mut Random) -> String {
    let words: Vec<&str> = (0..random.below(12) + 3)
        .map(|_| random.pick(&WORDS))
        .collect();
    format!("The {}.", words.join(" "))
}

fn path_item(random: &mut Random, index: usize, size: Size) -> Value {
    let mut item = Map::new();
    item.insert(
        "parameters".to_owned(),
        json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}]),
    );
    for method in ["get", "post", "delete"] {
        if method == "get" || !random.one_in(3) {
            item.insert(method.to_owned(), operation(random, method, index, size));
        }
    }
    Value::Object(item)
}

fn operation(random: &mut Random, method: &str, index: usize, size: Size) -> Value {
    let mut parameters = Vec::new();
    for number in 0..random.below(6) {
        let name = format!("{}_{number}", random.pick(&WORDS));
        parameters.push(json!({
            "name": name, "in": "query", "description": sentence(random),
            "schema": {"type": "string", "maxLength": random.below(90) + 1},
        }));
    }
    let answer = object_or_reference(random, 3, size);
    let mut operation = json!({
        "operationId": format!("{method}_{index}"),
        "summary": sentence(random),
        "parameters": parameters,
        "responses": {
            "200": {"description": "Done.", "content": {"application/json": {
                "schema": answer, "example": {random.pick(&WORDS): sentence(random)},
            }}},
            "4XX": {"$ref": "#/components/responses/Error"},
        },
    });
    if method == "post" {
        let body = object_or_reference(random, 2, size);
        operation["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": body}}});
    }
    operation
}

/// Generates a document from which code can be generated, with exactly this many operations.
pub fn with_operations(operations: usize) -> Value {
    let size = Size {
        paths: operations,
        schemas: operations,
        properties: 14,
        depth: 1,
    };
    let mut document = generatable(document(1, size));
    let mut left = operations;
    let paths = document["paths"].as_object_mut().unwrap();
    paths.retain(|_, item| {
        let before = left;
        item.as_object_mut().unwrap().retain(|key, _| {
            let is_kept = key == "parameters" || left > 0;
            left -= usize::from(key != "parameters" && is_kept);
            is_kept
        });
        left < before
    });
    document
}

/// Replaces every component that is a `oneOf` with a plain object. The generator refuses a
/// `oneOf` with variants that can't be distinguished when a value is read.
pub fn generatable(mut document: Value) -> Value {
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    for schema in schemas.values_mut().filter(|one| one["oneOf"].is_array()) {
        *schema = json!({"type": "object", "properties": {"either": {"type": "string"}}});
    }
    document
}
