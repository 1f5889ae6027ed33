"""Credentials for the comparison: honest ones of many shapes, and what can be done to them afterwards."""

import copy
import random

from badges import METHOD, NOW, SIGNER, unsigned

from passport.proofs import add_proof

OTHER = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
WORDS = (
    "lasser",
    "naïve café",
    "漢字かな",
    "emoji 🛠️",
    'a "quote"',
    "back\\slash",
    "line\nbreak",
    "tab\there",
    "\u007f",
)


def signed(badge):
    return add_proof(
        badge, signer=SIGNER, verification_method=METHOD, created=NOW, cryptosuite="eddsa-rdfc-2022"
    )


def honest(count, random_):
    """Signed badges: two samples, with words and parts of many kinds."""
    for number in range(count):
        badge = copy.deepcopy(unsigned("realistic" if number % 2 else "basic", number + 1)[number])
        badge["name"] = random_.choice(WORDS)
        achievement = badge["credentialSubject"]["achievement"]
        achievement["description"] = " ".join(random_.choices(WORDS, k=3))
        achievement["tag"] = random_.sample(
            ("welding", "ijzer", "safety", "VCA", "Ünïcode"), random_.randint(1, 4)
        )
        if random_.random() < 0.3:
            badge["validUntil"] = "2031-01-01T00:00:00Z"
        yield "honest", signed(badge)


def leaves(value, path=()):
    """Where every string, number and boolean is."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from leaves(member, (*path, key))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from leaves(member, (*path, place))
    else:
        yield path


def at(document, path):
    for step in path[:-1]:
        document = document[step]
    return document, path[-1]


def changed(document, random_):
    """One change to a signed badge, and what kind of change it is."""
    found = copy.deepcopy(document)
    kind = random_.choice(CHANGES)
    KINDS[kind](found, random_)
    return kind, found


def _leaf(document, random_):
    where, key = at(document, random_.choice([path for path in leaves(document) if path[0] != "@context"]))
    value = where[key]
    where[key] = (
        f"{value}x" if isinstance(value, str) else not value if isinstance(value, bool) else value + 1
    )


def _remove(document, random_):
    path = random_.choice([path for path in leaves(document) if path[0] != "@context"])
    where, key = at(document, path)
    del where[key]


def _member(document, random_):
    where, _ = at(document, random_.choice([path for path in leaves(document) if len(path) > 1]))
    if isinstance(where, dict):
        where[random_.choice(("notATerm", "name", "description", "@language", "@id"))] = "added"
    else:
        where.append("added")


def _issuer(document, _random):
    issuer = document["issuer"]
    document["issuer"] = OTHER if isinstance(issuer, str) else {**issuer, "id": OTHER}


def _proof(document, random_):
    proof = document["proof"]
    name = random_.choice(
        ("created", "proofPurpose", "verificationMethod", "cryptosuite", "type", "proofValue")
    )
    proof[name] = {"proofPurpose": "authentication", "created": "2026-11-21T12:00:00Z"}.get(
        name, proof[name] + "x"
    )


def _no_proof(document, random_):
    random_.choice((lambda: document.pop("proof"), lambda: document.update(proof=[])))()


def _context(document, random_):
    contexts = document["@context"]
    random_.choice(
        (contexts.reverse, contexts.pop, lambda: contexts.append({"@vocab": "https://x.example/"}))
    )()


def _order(document, _random):
    items = list(document.items())
    document.clear()
    document.update(reversed(items))


def _listed(document, random_):
    """One item as a list: JSON-LD's second spelling."""
    where, key = at(
        document, random_.choice([path for path in leaves(document) if path[0] not in {"@context", "proof"}])
    )
    where[key] = [where[key]]


KINDS = {
    "a leaf changed": _leaf,
    "a leaf removed": _remove,
    "a member added": _member,
    "another issuer": _issuer,
    "the proof changed": _proof,
    "no proof": _no_proof,
    "the contexts changed": _context,
    "members in another order": _order,
    "a value as a list of one": _listed,
}
CHANGES = tuple(KINDS)


def cases(count, seed):
    """Pairs of a kind and a document: half of them honest, half of them changed."""
    random_ = random.Random(seed)
    made = list(honest(count // 2, random_))
    return made + [changed(random_.choice(made)[1], random_) for _ in range(count - len(made))]
