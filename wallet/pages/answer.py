"""What a page answers: a status, a body, a media type and headers, for any host to send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import quote

HTML = "text/html; charset=utf-8"
_NONE: Mapping[str, str] = MappingProxyType({})
_SAFE_IN_ADDRESS = ":/%#?=@[]!$&'()*+,;"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. A host sends `body` as it is, and `media_type` as Content-Type where there is one."""

    body: bytes = field(default=b"", repr=False)
    status: int = HTTPStatus.OK
    media_type: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: _NONE)

    @property
    def html(self) -> str:
        """The page as text; empty where this is no page."""
        return self.body.decode() if self.media_type == HTML else ""

    @property
    def location(self) -> str | None:
        """Where a redirect leads: always asked for with GET."""
        return self.headers.get("Location")

    @property
    def refresh(self) -> tuple[int, str] | None:
        """After how many seconds a page goes on by itself, and where to; empty is the same page."""
        seconds, _, url = self.headers.get("Refresh", "").partition("; url=")
        return (int(seconds), url) if seconds else None


def redirect(address: str) -> Answer:
    """See other (RFC 9110, 15.4.4): the form was dealt with, and its answer is a page of its own."""
    return Answer(status=HTTPStatus.SEE_OTHER, headers={"Location": quote(address, safe=_SAFE_IN_ADDRESS)})


def nothing() -> Answer:
    """No content: the page that asked stays."""
    return Answer(status=HTTPStatus.NO_CONTENT)


def as_file(data: bytes, media_type: str, headers: Mapping[str, str] = _NONE) -> Answer:
    """A picture, or a file to be saved: `headers` are then those of `passport.attachment`."""
    return Answer(data, media_type=media_type, headers=headers)
