"""Refusals of OpenID4VP messages.

The first half is what a wallet refuses in a request; `oauth_error` is the code of section 8.5 that says it
over the wire. What a verifier refuses in an answer stands in `passport.errors.openid4vp_response`.
"""

from typing import ClassVar

from passport.errors.base import Invalid


class RequestRefused(Invalid):
    """A request that a wallet does not answer; the person is told why, and nothing leaves."""

    code = "vp_request_refused"
    sentence = "This request to show something can not be answered."
    oauth_error: ClassVar[str] = "invalid_request"


class MalformedDcqlQuery(RequestRefused):
    code = "malformed_dcql_query"
    sentence = "What is asked is not in the form of a DCQL query (OpenID4VP 1.0, section 6)."


class DcqlTooMuchWork(RequestRefused):
    code = "dcql_too_much_work"
    sentence = "Answering what is asked would take too much work. Ask for less at once."
