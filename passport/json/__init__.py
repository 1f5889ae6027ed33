"""JSON in and out: strict when reading (RFC 8259), canonical when signing (RFC 8785).

`reading` and `writing` are Python and hold every rule. `native` does the usual document at C speed, where
orjson is installed: it never refuses anything, it leaves what is unusual to them.
"""

from passport.json.reading import parse_json, parse_object
from passport.json.values import JsonObject, JsonValue
from passport.json.writing import canonicalize, dump

__all__ = ["JsonObject", "JsonValue", "canonicalize", "dump", "parse_json", "parse_object"]
