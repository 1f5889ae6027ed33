"""The contexts that the public suites name beside ours.

The two of the W3C for examples are one line each. They define every term, so a misspelt one is not noticed:
the product knows neither.
"""

from collections.abc import Mapping
from functools import cache

from contexts import Contexts, shipped
from passport.json import dump

_VOCABULARIES = {
    "https://www.w3.org/ns/credentials/examples/v2": "https://www.w3.org/ns/credentials/examples#",
    "https://www.w3.org/ns/credentials/undefined-terms/v2": (
        "https://www.w3.org/ns/credentials/undefined-terms#"
    ),
}


@cache
def pinned() -> Contexts:
    """Ours and those two."""
    return with_more({})


def with_more(documents: Mapping[str, bytes]) -> Contexts:
    """Those and more, by address; raises ValueError for an address that is pinned."""
    examples = {
        address: dump({"@context": {"@vocab": vocabulary}}) for address, vocabulary in _VOCABULARIES.items()
    }
    return shipped().with_documents(examples).with_documents(documents)
