"""Why a document could not be fetched. All are Indeterminate: nothing is known about what it would say."""

from passport.errors.documents import NotFetched


class AddressRefused(NotFetched):
    code = "address_refused"
    sentence = "The address is not one that may be fetched: https, a public host name, nothing else."


class HostUnknown(NotFetched):
    code = "host_unknown"
    sentence = "The host name of a document could not be found."


class AddressNotPublic(AddressRefused):
    code = "address_not_public"
    sentence = "The host name leads to an address that is not on the public internet."


class Unreachable(NotFetched):
    code = "unreachable"
    sentence = "The server of a document could not be reached safely."


class FetchTimedOut(NotFetched):
    code = "fetch_timed_out"
    sentence = "The server of a document took too long to answer."


class Redirected(NotFetched):
    code = "redirected"
    sentence = "The document is somewhere else: its server redirects, which is not followed."


class UnexpectedStatus(NotFetched):
    code = "unexpected_status"
    sentence = "The server of a document did not give it."


class UnexpectedContentType(NotFetched):
    code = "unexpected_content_type"
    sentence = "The server sent something of another kind than was asked for."


class FetchedTooLarge(NotFetched):
    code = "fetched_too_large"
    sentence = "The document is larger than what is fetched."
