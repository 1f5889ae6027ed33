"""From error to HTTP: one table, RFC 9457 problem documents, and nothing of what a stranger sent."""

from typing import Any

from passport.errors import PassportError
from passport.http_status import STATUS, headers_of, status_of
from passport.texts import Catalogue, Language, sentence_of

__all__ = ["MEDIA_TYPE", "STATUS", "TYPE_PREFIX", "headers_of", "problem", "sentence_of", "status_of"]

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:skills-passport:problem:"


def problem(
    error: PassportError, language: Language, request_id: str, catalogue: Catalogue | None = None
) -> dict[str, Any]:
    """The problem document (RFC 9457, section 3).

    `code` is stable and for programs, `title` is for people, `instance` names this occurrence in our log.
    """
    document: dict[str, Any] = {
        "type": TYPE_PREFIX + error.code,
        "title": sentence_of(error, language, catalogue),
        "status": int(status_of(error)),
        "code": error.code,
        "instance": f"urn:uuid:{request_id}",
    }
    if error.details:
        document["details"] = dict(error.details)
    return document
