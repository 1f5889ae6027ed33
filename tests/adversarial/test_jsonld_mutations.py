"""Badges changed at random: refused with a typed error, or canonicalised exactly as PyLD would.

What is accepted must not depend on our keeping of contexts, our leaves, our quads: PyLD, which keeps nothing
of that, is the measure. The seed is fixed; `MUTATIONS` in the environment asks for more.
"""

import copy
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

import contexts
from passport.errors import PassportError
from passport.jsonld.canonical import canonicalize
from passport.jsonld.vocabulary import vocabulary

TERMS = sorted(vocabulary(contexts.shipped()).properties | vocabulary(contexts.shipped()).classes)
NAMES = [*TERMS, "@id", "@type", "@context", "@graph", "x", "ID"]
VALUES: list[Any] = [
    *(
        "x",
        "",
        "urn:x",
        "did:web:a",
        "_:b",
        "https://a/b c",
        "cred:x",
        "xsd:string",
        "@id",
        "id",
        '"\\',
        "<>",
    ),
    *(
        "Achievement",
        "Profile",
        "data:,x",
        "urn:x\n",
        "\u2028",
        "2031-01-15T09:00:00Z",
        1,
        0,
        -1,
        1.0,
        1.5,
        1e21,
    ),
    *(True, False, None, [], {}, [["x"]], ["x", "x"], {"id": "urn:x"}, {"id": "urn:x", "type": "Profile"}),
    *({"@value": "x"}, {"@id": "urn:x"}),
]
ROUNDS = int(os.environ.get("MUTATIONS", "400"))
Spot = tuple[Any, Any]


def spots(value: Any) -> list[Spot]:
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [spot for key, member in list(members) for spot in [(value, key), *spots(member)]]


def mutate(document: dict[str, Any], chance: random.Random) -> None:
    holder, key = chance.choice(spots(document))
    other, other_key = chance.choice(spots(document))
    match chance.randrange(6):
        case 0:
            holder[key] = copy.deepcopy(chance.choice(VALUES))
        case 1 if isinstance(holder, dict):
            holder[chance.choice(NAMES)] = holder.pop(key)
        case 2 if isinstance(holder, dict):
            holder[chance.choice(NAMES)] = copy.deepcopy(chance.choice(VALUES))
        case 3:
            holder.pop(key)
        case 4:
            holder[key] = [holder[key]]
        case _:
            holder[key] = copy.deepcopy(other[other_key])


def by_pyld(document: dict[str, Any]) -> str:
    def load(url: str, _options: Any) -> dict[str, Any]:
        found = contexts.document(url)
        return {"contextUrl": None, "documentUrl": url, "document": found, "contentType": ""}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return jsonld.normalize(document, options)


@pytest.mark.parametrize("name", ["basic", "realistic"])
def test_a_changed_badge_is_refused_or_read_as_pyld_reads_it(samples: Path, name: str) -> None:
    genuine = json.loads((samples / f"{name}.json").read_text())
    chance = random.Random(name)
    accepted = 0
    for _ in range(ROUNDS):
        changed = copy.deepcopy(genuine)
        for _ in range(chance.choice((1, 1, 2, 3))):
            mutate(changed, chance)
        try:
            found = canonicalize(changed)
        except PassportError:
            continue
        accepted += 1
        assert set(found.splitlines()) == set(by_pyld(changed).splitlines())
    assert 0 < accepted < ROUNDS
