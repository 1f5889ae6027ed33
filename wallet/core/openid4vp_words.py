"""What is asked of a credential, and what always leaves with it, by the names that a person knows.

A code for each; the texts hold `vp-part-<code>`. Way B names parts by the same kinds.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from passport.evidence.parts import Part, PartKind, kind_at
from passport.openid4vp.dcql import ClaimsPath
from wallet.core.plain_text import plain_name

_PATH = 120

OTHER = str(PartKind.OTHER)
"""What has no name here: its path says what it is."""
_ACHIEVEMENT = ("credentialSubject", "achievement")
_NAMED: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("iss",): str(PartKind.ISSUER),
        ("sub",): str(PartKind.PERSON),
        ("nbf",): str(PartKind.VALIDITY),
        ("exp",): str(PartKind.VALIDITY),
        ("credentialSubject", "licenseNumber"): "number",
        ("credentialSubject", "role"): "role",
        (*_ACHIEVEMENT, "description"): "description",
        (*_ACHIEVEMENT, "criteria"): "criteria",
    }
)
"""Claims of tokens (RFC 7519, section 4.1), and members of a badge that are no kind of part of their own."""
_PASSED = "passed"
_OF_RESULT = frozenset({"value", "achievedLevel"})
_RESULT_STATUS = "status"
_TOLD = (
    PartKind.SKILL,
    PartKind.RESULT,
    PartKind.EVIDENCE,
    PartKind.DATE,
    PartKind.ASSESSOR,
)
"""What a person may have wanted to keep; that a badge has a name and an issuer surprises nobody."""


def word_of(path: ClaimsPath) -> str:
    """What a claims path (OpenID4VP 1.0, section 7) asks for."""
    place = tuple(step for step in path if isinstance(step, str))
    for length in range(len(place), 0, -1):
        if place[:length] in _NAMED:
            return _NAMED[place[:length]]
    kind = kind_at(place)
    if kind is PartKind.RESULT and place[-1] == _RESULT_STATUS:
        return _PASSED
    return str(kind)


def path_in_words(path: ClaimsPath) -> str:
    """A path as a person may read it: names, without the steps through lists."""
    named = [plain_name(step) for step in path if isinstance(step, str)]
    return " / ".join(named)[:_PATH]


def words_of_fixed(parts: Iterable[Part]) -> tuple[str, ...]:
    """What leaves with every showing, since its issuer did not leave it to the holder; each word once."""
    found = (_fixed(part) for part in parts if not part.optional and part.kind in _TOLD)
    return tuple(dict.fromkeys(word for word in found if word))


def _fixed(part: Part) -> str:
    """Of a result of which a part can stay: whether it was passed, and what it says; not its type or name."""
    name = part.place[-1]
    if part.kind is not PartKind.RESULT or name.isdecimal() or name in _OF_RESULT:
        return str(part.kind)
    return _PASSED if name == _RESULT_STATUS else ""
