"""The matrix of docs/evidence.md, played: each row is signed with real keys, verified and weighed.

The table in the document is the data. A row says what somebody signs, what it rests on and in what standing
it is; and what it then counts for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from passport.evidence import Link
from passport.json import JsonObject
from passport.trust import Recognition, RecognitionClass
from tests.simulators.chains import OTHER, SKILL, Trade, builds_on, claim, confirm, validate
from tests.simulators.parties import NOW, Party, recognise, status_entry

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
COLUMNS = ("act", "signed by", "method", "records", "assessor", "rests on", "months", "standing")
RESULTS = ("at most", "certain", "answer")
NONE = "–"
FILE = b"date,hours\n2026-01-05,8\n"
GUIDE = RecognitionClass(
    "reintegration-guide",
    Recognition.ADVISER,
    {"en": "Reintegration guide", "nl": "Re-integratiebegeleider"},
)
SHELTERED = RecognitionClass(
    "sheltered-workplace", Recognition.EMPLOYER, {"en": "Sheltered workplace", "nl": "Sociale werkplaats"}
)
LIST, AWAY = "https://lists.example/status/1", "https://lists.example/status/away"


@dataclass(frozen=True)
class Row:
    """One line of the table, by the words of its head."""

    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __str__(self) -> str:
        return ", ".join(self.cells[column] for column in COLUMNS if self.cells[column] != NONE)


def read_matrix() -> list[Row]:
    """The rows of the table whose head is COLUMNS and RESULTS."""
    head = "| " + " | ".join((*COLUMNS, *RESULTS)) + " |"
    lines = DOCUMENT.read_text(encoding="utf-8").partition(head + "\n")[2].splitlines()[1:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        rows.append(Row(dict(zip((*COLUMNS, *RESULTS), cells, strict=True))))
    return rows


@dataclass
class Stage(Trade):
    """Everybody whom a row may name."""

    company: Party = field(default_factory=lambda: Party("Work-placement company"))
    adviser: Party = field(default_factory=lambda: Party("Adviser"))
    guide: Party = field(default_factory=lambda: Party("Reintegration guide"))
    workplace: Party = field(default_factory=lambda: Party("Sheltered workplace"))
    stranger: Party = field(default_factory=lambda: Party("Stranger"))
    former: Party = field(default_factory=lambda: Party("Former employer"))
    elsewhere: Party = field(default_factory=lambda: Party("Employer for another skill"))
    colleague: Party = field(default_factory=lambda: Party("Colleague"))

    def __post_init__(self) -> None:
        self.own = Party.on_the_web("One-man company", "company.example", self.holder.signer)
        self.world.publish(self.own.did_document())
        self.recognising(
            recognise(self.company, Recognition.WORK_PLACEMENT_COMPANY),
            recognise(self.adviser, Recognition.ADVISER),
            recognise(self.guide, GUIDE),
            recognise(self.workplace, SHELTERED),
            recognise(self.former, Recognition.EMPLOYER, valid_until=NOW - timedelta(days=1)),
            recognise(self.elsewhere, Recognition.EMPLOYER, skills=frozenset({OTHER})),
            recognise(self.own, Recognition.EMPLOYER),
        )
        self.people: Mapping[str, Party] = {
            "holder": self.holder,
            "holder's company": self.own,
            "stranger": self.stranger,
            "employer": self.employer,
            "work-placement company": self.company,
            "adviser": self.adviser,
            "reintegration guide": self.guide,
            "sheltered workplace": self.workplace,
            "former employer": self.former,
            "employer for another skill": self.elsewhere,
            "school": self.school,
            "validator": self.validator,
        }

    def play(self, row: Row) -> Link:
        """Sign, verify and weigh what a row says; the link of its act."""
        signer = self.people[row["signed by"]]
        below = _Below(self, row)
        confirming = [below.confirmation] if below.confirmation is not None and below.shown else []
        badges = [below.claim] if below.claim is not None and not below.claim_hidden else []
        act = _ACTS[row["act"]](self, row, signer, below)
        endorsement = "EndorsementCredential" in act["type"]
        self.world.publish(
            signer.status_list(f"{LIST}/act", revoked=[1]),
            self.holder.status_list(f"{LIST}/claim", revoked=[1]),
            self.employer.status_list(f"{LIST}/confirmation", revoked=[1]),
        )
        (confirming if endorsement else badges).append(act)
        weighed = self.weigh(badges, confirming, files=_files(row, act))
        found = [each for each in weighed[SKILL].links if each.credential_id == act["id"]]
        assert len(found) == 1
        return found[0]


class _Below:
    """What the act of a row rests on."""

    def __init__(self, stage: Stage, row: Row) -> None:
        what, _, how = row["rests on"].partition(", ")
        self.what, self.how = what, how
        self.claim: JsonObject | None = None
        self.confirmation: JsonObject | None = None
        self.shown = how != "hidden"
        self.claim_hidden = what == "claim" and how == "hidden"
        self.named: list[JsonObject] = []
        if what == NONE:
            return
        whose = stage.colleague if how == "another's" else stage.holder
        members = _done(row) | (_standing(how, "claim") if what == "claim" else {})
        number = "urn:uuid:claim"
        self.claim = claim(whose, [SKILL], credential_id=number, **members)
        self.named = [builds_on(self.claim)]
        if how == "changed":
            self.claim = claim(whose, [SKILL, OTHER], credential_id=number, **members)
        elif how == "no digest":
            self.named = []
        if what == "confirmation":
            state = _standing(how, "confirmation")
            self.confirmation = confirm(stage.employer, self.claim, SKILL, **state)
            self.named = [builds_on(self.confirmation)]


def _done(row: Row) -> dict[str, Any]:
    """When it was done: so many months of thirty days and a half ago."""
    if row["months"] == NONE:
        return {}
    return {"activity_end": NOW - timedelta(days=int(row["months"]) * 30.5)}


def _standing(how: str, of: str) -> dict[str, Any]:
    if how == "expired":
        return {"at": NOW - timedelta(days=60), "valid_until": NOW - timedelta(days=1)}
    if how == "unknown":
        return {"status": [status_entry(AWAY, 1)]}
    return {"status": [status_entry(f"{LIST}/{of}", 1 if how == "revoked" else 2)]}


def _records(row: Row) -> dict[str, Any]:
    method = row["method"]
    genres = [] if method in {NONE, "diploma"} else [method]
    return {"genres": genres, "bound": row["records"] != "unbound", "files": [FILE] if genres else []}


def _badge(stage: Stage, row: Row, signer: Party, _below: _Below) -> JsonObject:
    kind = "Diploma" if row["method"] == "diploma" else None
    members = _records(row) | _done(row) | _standing(row["standing"], "act")
    return signer.issue(stage.holder, [SKILL], kind=kind, **members)


def _confirmation(_stage: Stage, row: Row, signer: Party, below: _Below) -> JsonObject:
    state = _standing(row["standing"], "act")
    subject = below.named[0]["id"] if below.what == "confirmation" else SKILL
    return confirm(signer, None, subject, on=below.named, **_records(row), **state)


def _validation(stage: Stage, row: Row, signer: Party, below: _Below) -> JsonObject:
    assessor = {
        "independent": stage.assessor.profile,
        "employer": stage.employer.profile,
        "employer's": {**stage.assessor.profile, "parentOrg": stage.employer.profile},
        "holder": stage.holder.profile,
    }.get(row["assessor"])
    members = _done(row) | _standing(row["standing"], "act")
    if row["act"] == "validation, not passed":
        members["results"] = [{"status": "Failed"}]
    elif row["act"] == "validation, no result":
        members["results"] = []
    if row["records"] != NONE:
        members["files"] = [FILE]
    return validate(
        signer,
        stage.holder,
        [SKILL],
        [],
        assessor=assessor,
        record=row["records"] != NONE,
        genre=row["method"],
        named=below.named,
        **members,
    )


_ACTS: Mapping[str, Callable[[Stage, Row, Party, _Below], JsonObject]] = {
    "badge": _badge,
    "confirmation": _confirmation,
    "validation": _validation,
    "validation, no result": _validation,
    "validation, not passed": _validation,
}


def _files(row: Row, act: JsonObject) -> dict[str, bytes | None]:
    shown: Mapping[str, bytes | None] = {"match": FILE, "changed": FILE + b"!", "unreachable": None}
    if row["records"] not in shown:
        return {}
    records: Sequence[JsonObject] = act["evidence"]
    return {records[0]["id"]: shown[row["records"]]}


def write(strength: Any) -> str:
    return NONE if strength is None else str(strength)


def result(link: Link) -> dict[str, str]:
    """What a link says, in the words of the table."""
    return {
        "at most": write(link.ceiling),
        "certain": write(link.certain),
        "answer": str(link.answer),
    }
