"""What stands behind each skill of a case, side by side: who says it, in which words, with which files."""

from collections.abc import Mapping
from dataclasses import dataclass

from issuer.validation.checking import Examined
from issuer.validation.content import Opened
from issuer.validation.records import FileEntry
from passport.answers import Answer
from passport.credentials import Evidence
from passport.evidence.report import write_skill
from passport.json import JsonObject


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence, with its file where that was sent."""

    name: str
    genre: str | None
    narrative: str | None
    file: FileEntry | None
    file_name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One signed document about a skill."""

    kind: str
    """claim, confirmation or credential."""
    signer: str
    name: str
    text: str | None
    standing: Answer
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """One skill: what was weighed, as the report has it, and what was weighed of it."""

    proof: JsonObject | None
    statements: tuple[Statement, ...]


def dossier(held: Opened, examined: Examined) -> list[Behind]:
    """For each skill of the case, in its order."""
    files = {each.evidence: each for each in held.case.files}
    names = held.content()["names"]
    return [_behind(each.skill, held.case.holder, examined, files, names) for each in held.case.skills]


def _behind(
    skill: str, holder: str, examined: Examined, files: Mapping[str, FileEntry], names: Mapping[str, str]
) -> Behind:
    found, ids = [], set()
    for verified in examined.credentials:
        credential = verified.credential
        if skill not in {each.target_url for each in credential.subject.achievement.alignments}:
            continue
        ids.add(credential.id)
        own = credential.issuer.id == holder
        found.append(
            Statement(
                kind="claim" if own else "credential",
                signer=credential.issuer.id if own else credential.issuer.name or credential.issuer.id,
                name=credential.subject.achievement.name,
                text=credential.subject.achievement.description,
                standing=verified.standing,
                pieces=_pieces(credential.evidence, files, names),
            )
        )
    for confirmed in examined.endorsements:
        endorsement = confirmed.endorsement
        if endorsement.subject_id in {skill, *ids}:
            found.append(
                Statement(
                    kind="confirmation",
                    signer=endorsement.issuer.name or endorsement.issuer.id,
                    name="",
                    text=endorsement.comment,
                    standing=confirmed.standing,
                    pieces=_pieces(endorsement.evidence, files, names),
                )
            )
    weighed = examined.skills.get(skill)
    return Behind(None if weighed is None else write_skill(weighed), tuple(found))


def _pieces(
    evidence: tuple[Evidence, ...], files: Mapping[str, FileEntry], names: Mapping[str, str]
) -> tuple[Piece, ...]:
    pieces = []
    for each in evidence:
        file = files.get(each.id or "")
        name = "" if file is None else names.get(file.id, "")
        pieces.append(Piece(each.name or "", each.genre, each.narrative, file, name))
    return tuple(pieces)
