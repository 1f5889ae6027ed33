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


MEDIA_TYPES = {
    SaveAs.PDF: "application/pdf",
    SaveAs.PNG: "image/png",
    SaveAs.SVG: "image/svg+xml",
    SaveAs.HTML: "text/html; charset=utf-8",
    SaveAs.JSON: "application/vc",
    SaveAs.JWT: "application/vc+jwt",
    SaveAs.SD_JWT: "application/vc+sd-jwt",
}


@dataclass(frozen=True, slots=True)
class Saved:
    """A file to download."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
