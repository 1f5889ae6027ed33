"""`passport endorse`: confirm skills of somebody's claim with a key file, one endorsement for each skill."""

import mimetypes
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from passport.certificate_chains import authorities as read_authorities
from passport.cli.digest import described
from passport.cli.sources import AllowLoopback, Authorities, Offline, with_documents
from passport.cli.written import Written, writer
from passport.clock import utc_now
from passport.credentials import Credential
from passport.credentials.build import endorsement_credential, related_resource
from passport.dids.did_key import create_did_key, key_method_id
from passport.encoding import digest_multibase
from passport.errors import Invalid
from passport.evidence import Method
from passport.json import JsonObject, dump
from passport.key_files import load_key_file
from passport.proofs import SUITES, add_proof
from passport.terminal import AsJson, File, console, emit, read_file
from passport.verification import Context, verify_credential
from passport.workers.signing import SELECTIVE

SUITES_OF_WHOLE = tuple(suite for suite in SUITES if suite != SELECTIVE)
"""Of a confirmation nothing may be left out, so it is signed as a whole."""
GENRES = (Method.WORK_RECORD, Method.OBSERVATION)
"""What somebody who saw the work can say. What an assessor finds is a badge of their own."""
_SPACE = "urn:uuid:"


class SkillNotInClaim(Invalid):
    code = "skill_not_in_claim"
    sentence = "The claim does not name that skill. Give --skill an identifier that stands in it."


def _suite(cryptosuite: str) -> str:
    if cryptosuite not in SUITES_OF_WHOLE:
        raise typer.BadParameter(f"Choose one of {', '.join(SUITES_OF_WHOLE)}.")
    return cryptosuite


def _genre(genre: str) -> str:
    if genre not in GENRES:
        raise typer.BadParameter(f"Choose one of {', '.join(GENRES)}.")
    return genre


def endorse(  # noqa: PLR0917 - options of a command
    claim: File,
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="The signer's key file.")],
    skill: Annotated[
        list[str] | None,
        typer.Option("--skill", help="A skill of the claim to confirm; without any, the claim as a whole."),
    ] = None,
    record: Annotated[
        list[Path] | None,
        typer.Option("--record", exists=True, dir_okay=False, help="A record to bind, such as a time sheet."),
    ] = None,
    genre: Annotated[
        str, typer.Option(callback=_genre, help=f"What the records are: {', '.join(GENRES)}.")
    ] = Method.WORK_RECORD.value,
    comment: Annotated[str | None, typer.Option(help="What the confirmer says about the work.")] = None,
    name: Annotated[str, typer.Option(help="What the confirmer is called.")] = "",
    method: Annotated[str, typer.Option(help="Verification method, for a confirmer with did:web.")] = "",
    cryptosuite: Annotated[
        str, typer.Option(callback=_suite, help=f"How to sign: {', '.join(SUITES_OF_WHOLE)}.")
    ] = "eddsa-rdfc-2022",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write: a file, .jsonl, a folder for several."),
    ] = None,
    *,
    unsigned: Annotated[
        bool,
        typer.Option("--unsigned", help="Do not sign; `passport issue` can, later."),
    ] = False,
    authorities: Authorities = None,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Make EndorsementCredentials that confirm skills of a signed claim, and sign them."""
    signer = load_key_file(key)
    key_id = method or key_method_id(create_did_key(signer.public_key))
    source = read_file(claim)
    now, certificates = utc_now(), read_authorities(authorities)
    confirmed = with_documents(
        lambda documents: verify_credential(source, Context(documents, now, certificates=certificates)),
        offline=offline,
        allow_loopback=allow_loopback,
    ).require()
    issuer: JsonObject = {"id": key_id.partition("#")[0], "type": ["Profile"]}
    if name:
        issuer["name"] = name
    subjects = _subjects(confirmed.credential, skill or ())
    target = writer(output, one=len(subjects) == 1)
    with target:
        for number, subject in enumerate(subjects, 1):
            identifier = f"{_SPACE}{uuid.uuid4()}"
            evidence, bound = _records(identifier, record or (), genre)
            document = endorsement_credential(
                credential_id=identifier,
                name="Confirmation",
                issuer=issuer,
                subject_id=subject,
                valid_from=now,
                comment=comment,
                evidence=evidence,
                related_resources=[_basis(source), *bound],
            )
            if not unsigned:
                document = add_proof(
                    document, signer=signer, verification_method=key_id, created=now, cryptosuite=cryptosuite
                )
            target.add(f"confirmation-{number}", dump(document))
    _tell(target, subjects, output, as_json=as_json)


def _subjects(claim: Credential, skills: Sequence[str]) -> tuple[str, ...]:
    """What is confirmed: each skill by itself, in the order that was given, or the claim as a whole."""
    named = {alignment.target_url for alignment in claim.subject.achievement.alignments}
    if not named.issuperset(skills):
        raise SkillNotInClaim
    return tuple(dict.fromkeys(skills)) or (claim.id,)


def _basis(source: bytes) -> JsonObject:
    """The claim by its digest: without it a confirmation confirms nothing."""
    found = described(source)
    return {member: found[member] for member in ("id", "digestMultibase", "mediaType")}


def _records(identifier: str, paths: Sequence[Path], genre: str) -> tuple[list[JsonObject], list[JsonObject]]:
    """An evidence item and a bound resource for each file; without files a bare statement, which is soft.

    A file's own name may hold a person's: it is not written.
    """
    evidence: list[JsonObject] = []
    bound: list[JsonObject] = []
    for number, path in enumerate(paths, 1):
        place = f"{identifier}/record/{number}"
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        evidence.append({"id": place, "name": f"Record {number}", "genre": genre})
        digest = digest_multibase(read_file(path))
        bound.append(related_resource(resource_id=place, digest=digest, media_type=media_type))
    return evidence or [{"name": "Statement", "genre": genre}], bound


def _tell(target: Written, subjects: Sequence[str], output: Path | None, *, as_json: bool) -> None:
    if output is None:
        return
    told = {"output": str(output), "made": target.count, "confirms": list(subjects)}
    emit(told, as_json=as_json, show=lambda: console.print(f"Made: {target.count} to {output}"))
