"""Writes carnet/_operations.py from the operation table: records, choices and one method an operation.

usage: generate.py [--check]
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import keyword
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE / "carnet" / "_operations.py"

Schema = dict[str, Any]


def identifier(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) or name in {"self"} else name


def pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


class Types:
    """Every named type of the table, in an order in which each follows what it is made of."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}
        self.out: list[str] = []
        self.done: dict[str, str] = {}  # name -> "record", "words", "choice" or "plain"

    def collect(self, schema: Schema) -> str:
        """Takes in a root schema with its definitions; returns its name."""
        for name, definition in schema.get("$defs", {}).items():
            self.put(name, definition)
        root = {k: v for k, v in schema.items() if k not in ("$defs", "$schema", "title")}
        self.put(schema["title"], root)
        return schema["title"]

    def put(self, name: str, schema: Schema) -> None:
        if self.schemas.setdefault(name, schema) != schema:
            raise SystemExit(f"two types are called {name}")

    def type_of(self, schema: Schema) -> str:
        """The annotation of a schema; emits named types on the way."""
        if "$ref" in schema:
            return self.named(schema["$ref"].rsplit("/", 1)[1])
        if "anyOf" in schema:
            return " | ".join(dict.fromkeys(self.type_of(s) for s in schema["anyOf"]))
        if "const" in schema:
            return f"Literal[{schema['const']!r}]"
        kind = schema.get("type")
        if isinstance(kind, list):
            return " | ".join(self.type_of({**schema, "type": one}) for one in kind)
        if kind == "array":
            return f"Sequence[{self.type_of(schema['items'])}]"
        if kind == "object" and "additionalProperties" in schema and "properties" not in schema:
            return f"Mapping[str, {self.type_of(schema['additionalProperties'])}]"
        formats = {"date": "date", "date-time": "datetime", "decimal": "Decimal"}
        plain = {"string": "str", "integer": "int", "boolean": "bool", "null": "None"}
        if kind == "string":
            return formats.get(schema.get("format", ""), "str")
        if kind in plain:
            return plain[kind]
        raise SystemExit(f"cannot express {schema}")

    def reader(self, schema: Schema, value: str) -> str:
        """An expression that makes the Python value of a reply's part."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            self.named(name)
            kind = self.done[name]
            if kind == "record":
                return f"{name}._read({value})"
            if kind == "choice":
                return f"_read_{name}({value})"
            return self.reader(self.schemas[name], value)
        parts = [s for s in schema.get("anyOf", []) if s.get("type") != "null"]
        if parts:
            inner = self.reader(parts[0], value)
            return inner if inner == value else f"None if {value} is None else {inner}"
        kind = schema.get("type")
        optional = isinstance(kind, list)
        if optional:
            kind = next(one for one in kind if one != "null")
        if kind == "array":
            inner = self.reader(schema["items"], "e")
            read = f"tuple({value})" if inner == "e" else f"tuple({inner} for e in {value})"
        else:
            formats = {"date": "date.fromisoformat({})", "date-time": "read_instant({})", "decimal": "Decimal({})"}
            read = formats.get(schema.get("format", ""), "{}").format(value)
        return f"None if {value} is None else {read}" if optional and read != value else read

    def named(self, name: str) -> str:
        if name in self.done:
            return name
        schema = self.schemas[name]
        doc = schema.get("description", name)
        variants = schema.get("oneOf")
        if variants is None and "enum" in schema:
            variants = [{"const": word} for word in schema["enum"]]
        if variants is not None:
            data = [v for v in variants if "properties" in v]
            self.done[name] = "choice" if data else "words"
            members = []
            for variant in variants:
                if variant in data:
                    members.append(self.variant(name, variant))
                else:
                    members.extend(f"Literal[{w!r}]" for w in variant.get("enum", [variant.get("const")]))
            union = " | ".join(members) if data else "Literal[" + ", ".join(m[8:-1] for m in members) + "]"
            self.out.append(f"{name}: TypeAlias = {union}\n\"\"\"{doc}\"\"\"\n")
            if data:
                self.choice_reader(name, data)
        elif schema.get("type") == "object" and ("properties" in schema or schema.get("additionalProperties") is False):
            self.done[name] = "record"
            self.record(name, schema, doc)
        else:
            self.done[name] = "plain"
            self.out.append(f"{name}: TypeAlias = {self.type_of(schema)}\n\"\"\"{doc}\"\"\"\n")
        return name

    def fields(self, schema: Schema) -> list[tuple[str, str, Schema, str, bool]]:
        """(name in JSON, name in Python, schema, annotation, required), required ones first."""
        required = set(schema.get("required", []))
        found = []
        for name, inner in schema.get("properties", {}).items():
            annotation = self.type_of(inner)
            if name not in required and "None" not in annotation.split(" | "):
                annotation += " | None"
            found.append((name, identifier(name), inner, annotation, name in required))
        return sorted(found, key=lambda f: not f[4])

    def record(self, name: str, schema: Schema, doc: str, extra: str = "") -> None:
        fields = self.fields(schema)
        lines = ["@dataclass(frozen=True)", f"class {name}:", f'    """{doc}"""', ""]
        if extra:
            lines.append(f"    {extra}")
        for json_name, python_name, inner, annotation, required in fields:
            metadata = f'metadata={{"json": "{json_name}"}}' if json_name != python_name else ""
            default = "" if required else "default=None"
            tail = f" = field({', '.join(p for p in (default, metadata) if p)})" if metadata else ("" if required else " = None")
            lines.append(f"    {python_name}: {annotation}{tail}")
            if inner.get("description"):
                lines.append(f'    """{inner["description"]}"""')
        lines += ["", "    @classmethod", f"    def _read(cls, d: Any) -> {name}:", "        return cls("]
        for json_name, python_name, inner, _, required in fields:
            value = f'd["{json_name}"]' if required else f'd.get("{json_name}")'
            read = self.reader(inner, value)
            if not required and read != value and not read.startswith("None if"):
                read = f"None if {value} is None else {read}"
            lines.append(f"            {python_name}={read},")
        lines += ["        )", ""]
        self.out.append("\n".join(lines))

    def variant(self, name: str, variant: Schema) -> str:
        (word, inner), = variant["properties"].items()
        class_name = name + pascal(word)
        doc = variant.get("description", class_name)
        if "properties" in inner:
            self.record(class_name, inner, doc, f'_choice: ClassVar[str] = "{word}"\n    _newtype: ClassVar[bool] = False')
        else:
            self.record(class_name, {"properties": {"value": inner}, "required": ["value"]}, doc,
                        f'_choice: ClassVar[str] = "{word}"\n    _newtype: ClassVar[bool] = True')
        return class_name

    def choice_reader(self, name: str, data: list[Schema]) -> None:
        lines = [f"def _read_{name}(d: Any) -> {name}:", "    if isinstance(d, str):", "        return d  # type: ignore[return-value]",
                 "    (word, inner), = d.items()"]
        for variant in data:
            (word, inner), = variant["properties"].items()
            value = "inner" if "properties" in inner else '{"value": inner}'
            lines += [f'    if word == "{word}":', f"        return {name}{pascal(word)}._read({value})"]
        lines += ["    raise ValueError(word)", ""]
        self.out.append("\n".join(lines))


def generate(operations: list[Schema], call: Schema, options: Schema) -> str:
    types = Types()
    for schema in (call, options):
        types.named(types.collect(schema))
    methods = []
    for operation in operations:
        request, reply = types.collect(operation["request"]), types.collect(operation["reply"])
        types.named(reply)
        parameters, arguments = [], []
        for json_name, python_name, _, annotation, required in types.fields(types.schemas[request]):
            parameters.append(f"{python_name}: {annotation}{'' if required else ' = None'}")
            arguments.append(f'"{json_name}": {python_name}')
        parameters.append("call: Call | None = None")
        methods.append(
            f"    def {operation['name'].replace('.', '_')}(\n        self,\n        *,\n"
            + "".join(f"        {p},\n" for p in parameters)
            + f"    ) -> {reply}:\n"
            + f'        """{operation["summary"]}"""\n'
            + f'        return {reply}._read(self._execute("{operation["name"]}", {{{", ".join(arguments)}}}, call))\n'
        )
    return (
        '"""Records, choices and operations. Made by generate.py from the operation table; do not edit."""\n\n'
        "from __future__ import annotations\n\n"
        "from collections.abc import Mapping, Sequence\n"
        "from dataclasses import dataclass, field\n"
        "from datetime import date, datetime\n"
        "from decimal import Decimal\n"
        "from typing import Any, ClassVar, Literal, TypeAlias\n\n"
        "from carnet._values import read_instant\n\n\n"
        + "\n\n".join(types.out)
        + "\n\nclass Operations:\n"
        + '    """One method an operation. Every argument is given by name."""\n\n'
        + "    def _execute(self, op: str, args: dict[str, Any], call: Call | None) -> Any:\n"
        + "        raise NotImplementedError\n\n"
        + "\n".join(methods)
    )


def native() -> Any:
    """The native half by itself: the package needs the file that is made here."""
    path = str(HERE / "carnet" / "_native.abi3.so")
    loader = importlib.machinery.ExtensionFileLoader("_native", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("_native", loader))
    loader.exec_module(module)
    return module


def main() -> int:
    made = generate(**json.loads(native().schemas()))
    if "--check" in sys.argv:
        return 0 if TARGET.read_text() == made else 1
    TARGET.write_text(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
