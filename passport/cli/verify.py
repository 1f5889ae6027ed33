"""`passport verify`: is this genuine, still in force, and how strong is it as evidence?"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from passport.answers import Answer, Check, together
from passport.cli.sources import AllowLoopback, Offline, Publisher, Trust, read_trust, with_documents
from passport.clock import utc_now
from passport.documents import Documents
from passport.errors import PassportError
from passport.evidence import SkillEvidence, weigh
from passport.json import parse_object
from passport.limits import PRESENTATION
from passport.qr_text import unpack
from passport.terminal import MARKS, AsJson, console, emit, errors, one_line, read_file
from passport.texts import Language, render_reason, shared
from passport.trust import TrustStore
from passport.verification import (
    Context,
    VerifiedCredential,
    verify_credential,
    verify_presentation,
)

_WORD = {Answer.YES: "good", Answer.NO: "not good", Answer.CANNOT_TELL: "cannot tell"}
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}


def verify(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="Credentials, presentations.")
    ],
    trust: Trust = None,
    publisher: Publisher = None,
    *,
    challenge: Annotated[
        str | None, typer.Option(help="The challenge that a presentation must answer.")
    ] = None,
    domain: Annotated[str | None, typer.Option(help="The domain that a presentation must be for.")] = None,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Verify credentials and presentations: JSON files, or pictures of QR codes."""
    store = read_trust(trust, publisher, offline=offline, allow_loopback=allow_loopback)
    found: list[dict[str, Any]] = []
    for path in track(files, "Verifying", console=errors, disable=len(files) < 2 or not errors.is_terminal):  # noqa: PLR2004
        try:
            document = _read(path)
            found.append(
                with_documents(
                    lambda documents, document=document: _examine(  # type: ignore[misc]
                        document, documents, store, challenge=challenge, domain=domain
                    ),
                    offline=offline,
                    allow_loopback=allow_loopback,
                )
            )
        except PassportError as error:
            found.append({"answer": Answer.NO, "error": {"code": error.code, "message": str(error)}})
        found[-1] = {"file": path.name, **found[-1]}
    emit(found, as_json=as_json, show=lambda: _print(found))
    if any(each["answer"] is not Answer.YES for each in found):
        raise typer.Exit(1)


def _read(path: Path) -> bytes:
    data = read_file(path, 8 * PRESENTATION.size)
    if path.suffix.lower() not in _PICTURES:
        return data
    from passport.web.qr import read_image

    return unpack(read_image(data))


def _examine(
    source: bytes,
    documents: Documents,
    store: TrustStore,
    *,
    challenge: str | None,
    domain: str | None,
) -> dict[str, Any]:
    now = utc_now()
    context = Context(documents, now)
    types = parse_object(source, PRESENTATION).get("type", ())
    if "VerifiablePresentation" in ([types] if isinstance(types, str) else types):
        shown = verify_presentation(source, context, expected_challenge=challenge, expected_domain=domain)
        genuine = shown.presentation.credentials if shown.presentation else ()
        checks = [*shown.checks, *(check for report in shown.credentials for check in report.checks)]
        return _result("presentation", checks, genuine, store)
    report = verify_credential(source, context)
    return _result("credential", report.checks, [report.credential] if report.credential else [], store)


def _result(
    kind: str, checks: Sequence[Check], genuine: Sequence[VerifiedCredential], store: TrustStore
) -> dict[str, Any]:
    return {
        "kind": kind,
        "answer": together(check.answer for check in checks),
        "names": [each.credential.name or each.credential.subject.achievement.name for each in genuine],
        "issuers": [each.credential.issuer.id for each in genuine],
        "checks": [
            {
                "number": check.number,
                "code": check.code,
                "answer": check.answer,
                "reason": check.reason.code,
                "text": _sentence(check),
            }
            for check in checks
        ],
        "skills": [_skill(skill) for skill in weigh(genuine, trust=store, now=utc_now())] if genuine else [],
    }


def _sentence(check: Check) -> str:
    """What was found; where all is in order, what was looked at."""
    if check.reason.code == "in_order":
        return shared().say(check.code, Language.EN)
    return render_reason(check.reason, Language.EN)


def _skill(skill: SkillEvidence) -> dict[str, Any]:
    return {
        "skill": skill.skill,
        "label": skill.label,
        "strength": skill.strength,
        "answer": skill.answer,
        "reasons": [render_reason(reason, Language.EN) for reason in skill.reasons],
    }


def _print(found: Sequence[Mapping[str, Any]]) -> None:
    for each in found:
        console.print()
        console.print(MARKS[each["answer"]], f"{_WORD[each['answer']]}  {one_line(each['file'])}")
        if "error" in each:
            console.print(f"  {each['error']['message']}", soft_wrap=True)
            continue
        for name, issuer in zip(each["names"], each["issuers"], strict=True):
            console.print(f"  {one_line(name)}, from {one_line(issuer)}", soft_wrap=True)
        for check in each["checks"]:
            console.print(" ", MARKS[check["answer"]], f"{check['number']}. {check['text']}", soft_wrap=True)
        for skill in () if each["answer"] is Answer.NO else each["skills"]:
            console.print(f"  {skill['strength']:9} {one_line(skill['label'])}", soft_wrap=True)
