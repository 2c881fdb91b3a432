"""Checks spec/gorgias.yaml with tools that share no code with ours.

The document must be valid OpenAPI, every example must satisfy the schema of the
place it is used in (formats included), and every ledger id cited in a comment
must have its entry.
"""

import pathlib
import re
import sys

import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

ROOT = pathlib.Path(sys.argv[1])
DOCUMENT = ROOT / "spec" / "gorgias.yaml"
LEDGER = ROOT / "spec" / "ledger.md"


class Loader(yaml.SafeLoader):
    """Reads timestamps as the strings they are in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def resolve(document, node):
    """Follows a reference into the document."""
    while "$ref" in node:
        target = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def media_types(node):
    """Yields every media type object below a node that holds no schema."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "content":
                yield from value.values()
            else:
                yield from media_types(value)
    elif isinstance(node, list):
        for value in node:
            yield from media_types(value)


def absolute(node):
    """A schema whose references lead into the document from outside of it."""
    if isinstance(node, dict):
        return {
            key: "urn:document" + value if key == "$ref" else absolute(value)
            for key, value in node.items()
        }
    return [absolute(value) for value in node] if isinstance(node, list) else node


def example_problems(document):
    """Checks each named example against the schema it illustrates."""
    registry = Registry().with_resource(
        "urn:document", Resource.from_contents(document, default_specification=DRAFT4)
    )
    checked = set()
    places = [document["paths"], document["components"]["responses"]]
    for media_type in media_types(places):
        for name, example in media_type.get("examples", {}).items():
            target = example.get("$ref", name)
            validator = OAS30Validator(
                absolute(media_type["schema"]),
                registry=registry,
                format_checker=oas30_format_checker,
            )
            for error in validator.iter_errors(resolve(document, example)["value"]):
                yield f"{target}: {error.json_path}: {error.message}"
            checked.add(target)
    for name in document["components"]["examples"]:
        if f"#/components/examples/{name}" not in checked:
            yield f"example {name} is used nowhere"
    print(f"{len(checked)} examples checked")


def ledger_problems(text, ledger):
    """Checks that citations and ledger entries match, both ways."""
    comments = "\n".join(re.findall(r"(?:^|\s)#.*", text))
    cited = set(re.findall(r"\bL\d+\b", comments))
    entries = set(re.findall(r"^\| (L\d+) \|", ledger, re.MULTILINE))
    for id_ in sorted(cited - entries):
        yield f"{id_} is cited, but the ledger has no such entry"
    for id_ in sorted(entries - cited):
        yield f"{id_} is in the ledger, but cited nowhere"
    print(f"{len(entries)} ledger entries checked")


def main():
    text = DOCUMENT.read_text(encoding="utf-8")
    document = yaml.load(text, Loader)
    validate(document)
    print("the document is valid OpenAPI 3.0")
    problems = [
        *example_problems(document),
        *ledger_problems(text, LEDGER.read_text(encoding="utf-8")),
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
