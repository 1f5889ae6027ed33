"""The kinds of files that a credential is saved as."""

from dataclasses import dataclass, field
from enum import StrEnum


class SaveAs(StrEnum):
    """Files for people and for other programs, by their endings."""

    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    HTML = "html"
    JSON = "json"
    JWT = "jwt"
    SD_JWT = "sdjwt"


@dataclass(frozen=True, slots=True)
class Saved:
    """A file to download."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
