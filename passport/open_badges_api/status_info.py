"""Imsx_StatusInfo: how this API says that something was refused, or is still being done (section B.3)."""

from dataclasses import dataclass
from enum import StrEnum

from passport.json import JsonObject

_SYSTEM = "skills-passport"


class CodeMajor(StrEnum):
    """Section B.3.2."""

    FAILURE = "failure"
    PROCESSING = "processing"
    SUCCESS = "success"
    UNSUPPORTED = "unsupported"


class Severity(StrEnum):
    """Section B.3.3."""

    ERROR = "error"
    STATUS = "status"
    WARNING = "warning"


class CodeMinor(StrEnum):
    """Section B.3.6, those that we say."""

    FORBIDDEN = "forbidden"
    FULLSUCCESS = "fullsuccess"
    INTERNAL_SERVER_ERROR = "internal_server_error"
    INVALID_DATA = "invalid_data"
    INVALID_QUERY_PARAMETER = "invalid_query_parameter"
    NOT_ACCEPTABLE = "not_acceptable"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    NOT_MODIFIED = "not_modified"
    SERVER_BUSY = "server_busy"
    UNAUTHORIZED = "unauthorizedrequest"
    UNKNOWN = "unknown"


_OF_STATUS = {
    202: (CodeMajor.PROCESSING, Severity.STATUS, CodeMinor.FULLSUCCESS),
    304: (CodeMajor.SUCCESS, Severity.STATUS, CodeMinor.NOT_MODIFIED),
    400: (CodeMajor.FAILURE, Severity.ERROR, CodeMinor.INVALID_DATA),
    401: (CodeMajor.FAILURE, Severity.ERROR, CodeMinor.UNAUTHORIZED),
    403: (CodeMajor.FAILURE, Severity.ERROR, CodeMinor.FORBIDDEN),
    404: (CodeMajor.FAILURE, Severity.STATUS, CodeMinor.NOT_FOUND),
    405: (CodeMajor.UNSUPPORTED, Severity.ERROR, CodeMinor.NOT_ALLOWED),
    429: (CodeMajor.FAILURE, Severity.ERROR, CodeMinor.SERVER_BUSY),
    500: (CodeMajor.FAILURE, Severity.ERROR, CodeMinor.INTERNAL_SERVER_ERROR),
    503: (CodeMajor.FAILURE, Severity.ERROR, CodeMinor.SERVER_BUSY),
}
_OTHERS = (CodeMajor.FAILURE, Severity.ERROR, CodeMinor.UNKNOWN)


@dataclass(frozen=True, slots=True)
class StatusInfo:
    """`description` is our sentence and never a stranger's."""

    code_major: CodeMajor
    severity: Severity
    description: str
    code_minor: CodeMinor

    def to_json(self) -> JsonObject:
        field = {"imsx_codeMinorFieldName": _SYSTEM, "imsx_codeMinorFieldValue": str(self.code_minor)}
        return {
            "imsx_codeMajor": str(self.code_major),
            "imsx_severity": str(self.severity),
            "imsx_description": self.description,
            "imsx_codeMinor": {"imsx_codeMinorField": [field]},
        }


def status_info(status: int, description: str, *, of_query: bool = False) -> StatusInfo:
    """What belongs with an HTTP status; `of_query` where a parameter of the query is wrong."""
    major, severity, minor = _OF_STATUS.get(status, _OTHERS)
    return StatusInfo(major, severity, description, CodeMinor.INVALID_QUERY_PARAMETER if of_query else minor)
