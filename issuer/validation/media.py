"""What a file says it is: enough of a look to refuse an archive that calls itself a table."""

from collections.abc import Callable, Mapping

from issuer.validation.errors import FileNotOfItsType
from passport.errors import PassportError
from passport.json import parse_json
from passport.limits import PUBLISHED

_MAY_STAND = frozenset("\t\n\r\f")


def check_media(data: bytes, media_type: str, member: str) -> None:
    """Raises FileNotOfItsType, with our own name of the member."""
    check = _CHECKS.get(media_type)
    if check is None or not data or not check(data):
        raise FileNotOfItsType(field=member)


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(marks)


def _text(data: bytes) -> bool:
    """UTF-8 without control characters: no archive and no program looks like that."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(character >= " " or character in _MAY_STAND for character in text)


def _json(data: bytes) -> bool:
    try:
        parse_json(data, PUBLISHED)
    except PassportError:
        return False
    return True


_CHECKS: Mapping[str, Callable[[bytes], bool]] = {
    "application/pdf": _starts(b"%PDF-"),
    "image/png": _starts(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _starts(b"\xff\xd8\xff"),
    "image/webp": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
    "text/plain": _text,
    "text/csv": _text,
    "application/json": _json,
    "application/ld+json": _json,
}
MEDIA_TYPES = tuple(_CHECKS)
