"""Which of the shown credentials meets which demand: a hint of the wallet's beside its answer, not inside it.

A Presentation Submission (DIF Presentation Exchange 2.0, section 6), as a response parameter of its own
beside `vp_token` (OpenID for Verifiable Presentations, draft 14, section 6.2). An input descriptor is a
demand, by its skill. Whoever reads it finds out for itself: a wrong or missing hint changes no answer.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

from passport import limits
from passport.errors import PassportError
from passport.errors.openid4vc import InvalidAuthorizationResponse
from passport.json import JsonObject, dump, parse_object

Hints = Mapping[str, tuple[int, ...]]
"""For each skill the places in the presentation of what meets the demand for it."""

FORM_TYPE = "application/x-www-form-urlencoded"
VP_TOKEN, SUBMISSION = "vp_token", "presentation_submission"
_MOST_DESCRIPTORS = 1_024
"""64 demands with the 16 credentials of a presentation each."""
_BOUNDS = limits.JsonLimits(size=524_288, array=_MOST_DESCRIPTORS, string=2_048)
_PATH = re.compile(r"\$\.verifiableCredential\[(0|[1-9][0-9]?)\]", re.ASCII)
NO_HINTS: Hints = MappingProxyType({})


def build_presentation_submission(
    *, submission_id: str, definition_id: str, hints: Hints, formats: Sequence[str]
) -> JsonObject:
    """Write what meets what.

    Args:
        submission_id: a new identifier.
        definition_id: the request that is answered.
        hints: by skill the places of the credentials.
        formats: the format of each credential in the presentation, by its place.
    """
    return {
        "id": submission_id,
        "definition_id": definition_id,
        "descriptor_map": [
            {
                "id": skill,
                "format": "ldp_vp",
                "path": "$",
                "path_nested": {
                    "id": skill,
                    "format": formats[place],
                    "path": f"$.verifiableCredential[{place}]",
                },
            }
            for skill, places in hints.items()
            for place in places
        ],
    }


def write_response(presentation: bytes, submission: JsonObject) -> bytes:
    """The parameters of the answer as a form (OpenID4VP, direct_post), the presentation as it was signed."""
    return urlencode(
        {VP_TOKEN: presentation.decode("utf-8"), SUBMISSION: dump(submission).decode("utf-8")}
    ).encode("ascii")


def read_response(body: bytes, *, definition_id: str) -> tuple[bytes, Hints]:
    """The presentation in an answer, as it was signed, and the hints beside it.

    Raises:
        InvalidAuthorizationResponse: no form, or not one `vp_token` in it.
    """
    try:
        members = parse_qsl(
            body.decode("ascii"),
            strict_parsing=True,
            errors="strict",
            max_num_fields=8,
            keep_blank_values=True,
        )
    except ValueError:
        raise InvalidAuthorizationResponse from None
    tokens = [value for name, value in members if name == VP_TOKEN]
    if len(tokens) != 1:
        raise InvalidAuthorizationResponse
    submissions = [value for name, value in members if name == SUBMISSION]
    hints = read_hints(submissions[0], definition_id=definition_id) if len(submissions) == 1 else NO_HINTS
    return tokens[0].encode("utf-8"), hints


def read_hints(submission: str, *, definition_id: str) -> Hints:
    """What a submission says; nothing where it is for another request or makes no sense."""
    try:
        value = parse_object(submission.encode("utf-8", "replace"), _BOUNDS)
    except PassportError:
        return NO_HINTS
    descriptors = value.get("descriptor_map")
    if value.get("definition_id") != definition_id or not isinstance(descriptors, list):
        return NO_HINTS
    found: dict[str, dict[int, None]] = {}
    for each in descriptors:
        skill, place = _descriptor(each)
        if skill is not None and place is not None:
            found.setdefault(skill, {})[place] = None
    return {skill: tuple(places) for skill, places in found.items()}


def _descriptor(value: Any) -> tuple[str | None, int | None]:
    nested = value.get("path_nested") if isinstance(value, dict) else None
    if not isinstance(nested, dict):
        return None, None
    skill, path = value.get("id"), nested.get("path")
    named = _PATH.fullmatch(path) if isinstance(path, str) else None
    place = None if named is None else int(named[1])
    if not isinstance(skill, str) or place is None or place >= limits.DOCUMENT.credentials:
        return None, None
    return skill, place
