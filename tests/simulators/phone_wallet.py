"""A wallet with something of everything in it, and strangers' texts in every field, as a backup for a phone.

Some badges have a name, a role and so on that a stranger wrote; one has all that a badge can have, a text in each
of its leaves.
"""

import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path

from matching.bundle import load_bundle
from passport.json import JsonObject, dump
from tests.simulators.every_leaf import PAYLOADS, Leaves
from tests.simulators.full_badge import ISSUED_AS, full_badge
from tests.simulators.hostile_texts import TEXTS
from tests.simulators.house import House
from tests.simulators.parties import ESCO, Party, World
from tests.simulators.phone_host import Cryptography
from wallet.core.accept import examine, keep
from wallet.core.wallet import Wallet
from wallet.desk.backup import seal_backup
from wallet.phone.age import PhoneAge

PASSPHRASE = "zin van de reservekopie"
_FIELDS, _SHOWN = 8, 6
"""Of a badge that a stranger fills; and the first of them, which stand on its page in any case."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person takes to their new phone."""

    did: str
    sealed: bytes
    """The backup, with the key."""
    badges: tuple[str, ...]
    """Records of the badges that strangers filled."""
    whole: dict[str, Leaves]
    """And of those of which they filled every leaf."""

    @property
    def file(self) -> dict[str, object]:
        return {"name": "backup.age", "mimeType": "application/octet-stream", "buffer": self.sealed}


def filled(folder: Path, *, every: bool = False) -> Filled:
    """`every`: each text of strangers in each field and leaf, and not each of them once."""
    house = House(folder)
    house.made()
    house.take()
    badges = [
        _kept(house, [TEXTS[place % len(TEXTS)] for place in places]) for places in _places(every=every)
    ]
    whole = dict(_whole(house, Leaves(turn)) for turn in range(len(PAYLOADS) if every else 1))
    taxonomy = load_bundle()
    welder = taxonomy.search_occupations("welder", "en", top=1)[0].iri
    for path, fields in {
        "/plan": {"occupation": welder},
        "/plan/catalogues/example": {},
        "/market/example": {},
        "/match/choose": {"iri": welder},
        "/intake/past": {"kind": "work", "occupation": welder, "since": "2001", "until": "2009"},
        "/intake/wishes": {"hours": "32", "note": TEXTS[2]},
        "/checkup/new": {"fits": "4", "own": TEXTS[0]},
        "/assess": {"skill": taxonomy.skills.iris[0]},
    }.items():
        answer = house.ask("POST", path, data=fields)
        assert answer.status_code < 400, (path, answer.status_code, answer.text[-2_000:])
    age = PhoneAge(Cryptography(), secrets.token_bytes)
    with house.desk.wallet() as wallet:
        return Filled(wallet.did, seal_backup(age, wallet, PASSPHRASE, with_seed=True), tuple(badges), whole)


def _places(*, every: bool) -> list[range]:
    step = 1 if every else _SHOWN
    return [range(begin, begin + _FIELDS) for begin in range(0, len(TEXTS), step)]


def _kept(house: House, said: list[str]) -> str:
    name, description, criteria, skill, role, source, profile, title = said
    with house.desk.wallet() as wallet:
        document = Party(profile).issue(
            wallet.did,
            {f"{ESCO}{secrets.token_hex(4)}": skill},
            kind="MicroCredential",
            genres=["examination"],
            role=role,
            source={"id": "https://school.example/assessor", "name": source},
            achievement={"name": name, "description": description, "criteria": {"narrative": criteria}},
            name=title,
        )
        return _received(house, wallet, document)


def _whole(house: House, leaves: Leaves) -> tuple[str, Leaves]:
    school = Party(f"A school {leaves.turn}")
    with house.desk.wallet() as wallet:
        document = leaves.filled(full_badge(school, wallet.did), but=ISSUED_AS)
        document["id"] = uuid.uuid4().urn
        return _received(house, wallet, school.sign(document)), leaves


def _received(house: House, wallet: Wallet, document: JsonObject) -> str:
    one = examine(dump(document), World(now=house.time.now).cache, wallet)
    keep(wallet, (one,))
    return one.id
