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


class MalformedRequestLink(RequestRefused):
    code = "malformed_vp_request_link"
    sentence = "This is not a link of somebody who asks to see something (openid4vp://…)."


class MalformedVpRequest(RequestRefused):
    code = "malformed_vp_request"
    sentence = "The request is not in the form that OpenID4VP 1.0 asks for."


class UnsupportedClientIdPrefix(RequestRefused):
    code = "unsupported_client_id_prefix"
    sentence = "Who asks names itself in a way that this wallet can't check."


class MalformedClientId(RequestRefused):
    code = "malformed_client_id"
    sentence = "The name of who asks is not in the form that its kind of name must have."


class ClientIdMismatch(RequestRefused):
    code = "client_id_mismatch"
    sentence = "The link names somebody else than the request that was fetched."


class RequestNotSigned(RequestRefused):
    code = "vp_request_not_signed"
    sentence = "Who asks must sign the request, and did not."


class RequestSignedInVain(RequestRefused):
    code = "vp_request_signed_in_vain"
    sentence = "The request is signed, but nothing says whose signature that must be."


class RequestKeyMismatch(RequestRefused):
    code = "vp_request_key_mismatch"
    sentence = "The request is signed with a key that is not of who asks."


class CertificateRefused(RequestRefused):
    code = "certificate_refused"
    sentence = "The certificate of who asks does not hold: it is expired, malformed or not for this."


class CertificateNameMismatch(RequestRefused):
    code = "certificate_name_mismatch"
    sentence = "The certificate is of somebody else than who asks."


class ResponseUriNotOfClient(RequestRefused):
    code = "response_uri_not_of_client"
    sentence = "The answer would go to somebody else than who asks."


class NonceTooWeak(RequestRefused):
    code = "vp_nonce_too_weak"
    sentence = (
        "The request has no number of its own, or one that is too short: its answer could be used again."
    )


class RequestForAnotherWallet(RequestRefused):
    code = "vp_request_for_another_wallet"
    sentence = "The request is made for somebody else than a wallet."


class RequestOutdated(RequestRefused):
    code = "vp_request_outdated"
    sentence = "The request has expired, or is dated in the future. Ask for a new one."


class RequestGone(RequestRefused):
    code = "vp_request_gone"
    sentence = (
        "Who asks has this request no longer: it was answered already, or it took too long. "
        "Ask for a new one."
    )


class UnsupportedResponseType(RequestRefused):
    code = "unsupported_vp_response_type"
    sentence = "The request asks for another kind of answer than a presentation."
    oauth_error = "unsupported_response_type"


class UnsupportedResponseMode(RequestRefused):
    code = "unsupported_vp_response_mode"
    sentence = "The request wants its answer on a road that this wallet doesn't take."


class TransactionDataRefused(RequestRefused):
    code = "transaction_data_refused"
    sentence = "The request asks to sign for a transaction. This wallet does not do that."
    oauth_error = "invalid_transaction_data"


class UnsupportedRequestUriMethod(RequestRefused):
    code = "unsupported_request_uri_method"
    sentence = "The link says to fetch the request in a way that does not exist."
    oauth_error = "invalid_request_uri_method"


class WalletNonceMismatch(RequestRefused):
    code = "wallet_nonce_mismatch"
    sentence = "The request is not the one that was asked for just now."


class ScopeRefused(RequestRefused):
    code = "vp_scope_refused"
    sentence = "The request asks by a name for what it wants, which this wallet does not know."
    oauth_error = "invalid_scope"


class RequestReplayed(RequestRefused):
    code = "vp_request_replayed"
    sentence = "The same request was put before with other words. Ask for a new one."


class SuiteNotTaken(RequestRefused):
    code = "vp_suite_not_taken"
    sentence = "Who asks can't check signatures of the kind that this wallet makes."
    oauth_error = "vp_formats_not_supported"
