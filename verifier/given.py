"""Whatever somebody shows or hands over, recognised: an answer, a presentation, a link, files."""

import asyncio

from passport.errors import PassportError
from passport.json import parse_object
from passport.share_link import looks_like_link
from passport.share_link.limits import SHARE_LINK
from verifier.file_check import Shown, read_files
from verifier.records import Employer, Report
from verifier.service import Verifier

NamedFile = tuple[str, bytes]


async def check_given(
    service: Verifier, employer: Employer, files: list[NamedFile], text: str, profile: str | None
) -> Report:
    """Find out what it is, check it as that, and make its report.

    An answer to an open question of this employer is taken as that answer (way B), whatever profile was
    chosen beside it; every other presentation as one that is shown unasked (way A).

    Raises:
        PassportError: as read_files and the checks of `service`.
    """
    if len(files) == 1 and len(files[0][1]) <= SHARE_LINK.address and not text:
        text = _link_in(files[0][1])  # a program sends a link as the body
    shown = await asyncio.to_thread(read_files, files, text)
    asked = None if profile is None else await service.profiles.get(employer.id, profile)
    if shown.link is not None:
        return await service.link(shown.link, employer, asked)
    if not shown.presentation:
        return await service.file(shown.sources, employer, asked, printed=shown.printed)
    question = await _question(service, employer, shown)
    if question is not None:
        return await service.answer(question, shown.sources[0], employer)
    return await service.shown(shown.sources[0], employer, asked)


async def _question(service: Verifier, employer: Employer, shown: Shown) -> str | None:
    """The open request whose challenge it carries. The check itself decides whether it answers that."""
    challenge = challenge_in(shown.sources[0])
    if challenge is None:
        return None
    return await service.requests.waiting_for(employer, challenge)


def challenge_in(source: bytes) -> str | None:
    """The challenge that a presentation was made for, as it says itself; nothing of it is verified."""
    try:
        proof = parse_object(source).get("proof")
    except PassportError:
        return None  # a token: those answer over OpenID4VP
    for each in proof if isinstance(proof, list) else [proof]:
        if isinstance(each, dict) and isinstance(challenge := each.get("challenge"), str):
            return challenge
    return None


def _link_in(data: bytes) -> str:
    found = data.decode("ascii", "replace")
    return found if looks_like_link(found) else ""
