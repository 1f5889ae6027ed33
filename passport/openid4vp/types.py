"""The types of a W3C credential as a DCQL query may name them (OpenID4VP 1.0, appendix B.1.1)."""

from contexts import shipped
from passport.errors import PassportError
from passport.json import JsonObject
from passport.jsonld.processor import BASE, expander


def types_of(document: JsonObject) -> frozenset[str]:
    """The types as they are written, and as the document's contexts expand them.

    A type that no context defines stays as it is. Of a document with contexts that we don't have only the
    written types are known.
    """
    listed = document.get("type")
    written = [each for each in (listed if isinstance(listed, list) else [listed]) if isinstance(each, str)]
    try:
        found = expander(shipped()).expand({"@context": document.get("@context"), "type": written})
    except PassportError:
        return frozenset(written)
    expanded = (str(each) for node in found for each in node.get("@type", ()))
    return frozenset(written) | {each.removeprefix(BASE) for each in expanded}
