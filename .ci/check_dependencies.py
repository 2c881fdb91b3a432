"""Checks the licences and the Rust versions of all dependencies.

Reads the output of `cargo metadata`, so it needs no network and no database.
"""

import json
import re
import sys

# Licences that ask for nothing but a notice.
ALLOWED = {
    "Apache-2.0",
    "BSD-3-Clause",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
}

# Weak copyleft, accepted by name: used unchanged, with public source, by
# maintainers only.
EXCEPTIONS = {
    "progenitor": {"MPL-2.0"},
    "progenitor-impl": {"MPL-2.0"},
}


def acceptable(expression, allowed):
    """Evaluates an SPDX expression: `OR` needs one side, `AND` both."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        result = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            result = both() or result
        return result

    def both():
        result = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            result = one() and result
        return result

    def one():
        token = tokens.pop(0)
        if token == "(":
            result = either()
            tokens.pop(0)
            return result
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in allowed

    return either()


def version(text):
    return tuple(int(part) for part in (text + ".0.0").split(".")[:3])


def shipped(metadata):
    """Ids of everything a user of our published crates builds."""
    ours = {p["id"] for p in metadata["packages"] if p["source"] is None}
    private = {p["id"] for p in metadata["packages"] if p["publish"] == []}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    queue, seen = list(ours - private), set()
    while queue:
        id_ = queue.pop()
        if id_ in seen:
            continue
        seen.add(id_)
        for dependency in nodes[id_]["deps"]:
            if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"]):
                queue.append(dependency["pkg"])
    return ours, seen


def main(path):
    with open(path, encoding="utf-8") as file:
        metadata = json.load(file)
    ours, users = shipped(metadata)
    packages = {package["id"]: package for package in metadata["packages"]}
    floor = next(packages[id_]["rust_version"] for id_ in ours if packages[id_]["rust_version"])
    problems = []
    for id_, package in packages.items():
        if id_ in ours:
            continue
        name = f"{package['name']} {package['version']}"
        allowed = ALLOWED | EXCEPTIONS.get(package["name"], set())
        if not package["license"] or not acceptable(package["license"], allowed):
            problems.append(f"{name}: the licence {package['license']} is not allowed")
        needs = package["rust_version"]
        if id_ in users and needs and version(needs) > version(floor):
            problems.append(f"{name}: needs Rust {needs}, we promise {floor}")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(packages) - len(ours)} dependencies checked, {len(users - ours)} of them shipped")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
