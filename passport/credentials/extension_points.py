"""The members by which credentials are extended, and what VC Data Model 2.0 asks of each (section 5.10).

A value without a type means something else to everybody who reads it.
"""

from collections.abc import Mapping
from typing import Any, Final

from passport import limits
from passport.credentials.reading import objects, optional_text, optional_url, types, url
from passport.json import JsonObject

EXTENSION_POINTS: Final = (
    "confidenceMethod",
    "credentialSchema",
    "credentialStatus",
    "evidence",
    "refreshService",
    "renderMethod",
    "termsOfUse",
)


def check_extension_points(document: Mapping[str, Any]) -> None:
    """Check that each of them is an object or several, with a type, and an id that is a URL where it has one.

    Raises:
        MissingMember, MalformedMember, NotAUrl, TooManyItems
    """
    for member in EXTENSION_POINTS:
        objects(document, member, _check_typed, limits.CREDENTIAL.array)
    objects(document, "credentialSchema", _check_schema, limits.CREDENTIAL.array)


def _check_typed(value: JsonObject) -> None:
    types(value)
    optional_url(value, "id")


def _check_schema(value: JsonObject) -> None:
    """Section 4.11: the id is the address of the schema, and its digest, if it has one, is a text."""
    url(value, "id")
    optional_text(value, "digestSRI")
    optional_text(value, "digestMultibase")
