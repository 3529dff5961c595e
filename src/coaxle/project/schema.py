"""The JSON schema of project files, for editors and forms, made from the dataclasses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from coaxle.project.names import SLUG
from coaxle.project.project import Project
from coaxle.project.shapes import (
    Flag,
    Maybe,
    OneOf,
    Raw,
    Record,
    Row,
    Section,
    Shape,
    Text,
    Variants,
    Whole,
    record,
)
from coaxle.units import Name, Quantity, units_of, written_in

SHIPPED = Path(__file__).with_name("project.schema.json")
"""The schema as it is shipped; a test keeps it equal to :func:`schema`."""


def schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of a project file, or of a file that one includes."""
    definitions: dict[str, Any] = {}
    top = _record(record(Project), definitions)
    needed = top.pop("required")
    top["properties"] = {
        "coaxle": {"const": 1, "description": "Version of the format; a file with it is a project, one without a part"},
        "include": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Files beside this one, or library/NAME.yaml, which are shipped with coaxle",
        },
        **{key: each for key, each in top["properties"].items() if key != "coaxle"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "coaxle project file",
        **top,
        "if": {"required": ["coaxle"], "not": {"required": ["include"]}},
        "then": {"required": needed},
        "$defs": dict(sorted(definitions.items())),
    }


def _of(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of ``shape``; records go to ``definitions``."""
    match shape:
        case Quantity():
            return _quantity(shape)
        case Name(sections=sections):
            return {"type": "string", "description": f"the name of an entry of {' or '.join(sections)}"}
        case OneOf(values=values):
            return {"enum": list(values)}
        case Maybe(inner=inner):
            return {"anyOf": [_of(inner, definitions), {"type": "null"}]}
        case Row(item=item):
            return {"type": "array", "items": _of(item, definitions)}
        case Section():
            return _section(shape, definitions)
        case Variants(records=records):
            return {"oneOf": [_of(each, definitions) for each in records.values()]}
        case Record(type=kind):
            if kind.__name__ not in definitions:
                definitions[kind.__name__] = {}
                definitions[kind.__name__] = _record(shape, definitions)
            return {"$ref": f"#/$defs/{kind.__name__}"}
        case Raw():
            return {"type": "object", "description": "changes laid over what stands above"}
    kinds: dict[type, str] = {Text: "string", Flag: "boolean", Whole: "integer"}
    return {"type": kinds[type(shape)]}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    if quantity.dimension == "ratio":
        bounds: dict[str, float] = {}
        if abs(quantity.low) != float("inf"):
            bounds["minimum"] = quantity.low
        if quantity.high != float("inf"):
            bounds["maximum"] = quantity.high
        return {"type": ["number", "string"], **bounds, "description": written_in("ratio")}
    units = "|".join(re.escape(unit) for unit in units_of(quantity.dimension))
    sign = "[-+]?" if quantity.low < 0 else "[+]?"
    return {
        "type": "string",
        "pattern": rf"^\s*{sign}(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*({units})\s*$",
        "description": written_in(quantity.dimension),
    }


def _section(section: Section, definitions: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "additionalProperties": _of(section.value, definitions)}
    if isinstance(section.key, Whole):
        made["propertyNames"] = {"pattern": "^(0|[1-9][0-9]{0,8})$"}
    elif not isinstance(section.value, Text):
        made["propertyNames"] = {"pattern": f"^{SLUG.pattern}$"}
    return made


def _record(shape: Record, definitions: dict[str, Any]) -> dict[str, Any]:
    about = (shape.type.__doc__ or "").strip().split("\n\n")[0]
    return {
        "type": "object",
        "description": " ".join(about.split()),
        "properties": {name: _of(slot.shape, definitions) for name, slot in shape.slots.items()},
        "required": [name for name, slot in shape.slots.items() if slot.required],
        "additionalProperties": False,
    }
