"""The kinds of files that a credential is saved as."""

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
