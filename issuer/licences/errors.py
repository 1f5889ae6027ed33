"""Refusals of renewals."""

from passport.errors import Conflict, Invalid


class NotALicence(Invalid):
    code = "not_a_licence"
    sentence = "This is not a licence or certificate with an end. Issue a new credential instead."


class RenewalTooShort(Invalid):
    code = "renewal_too_short"
    sentence = "The new end must be later than the old one and lie in the future."


class LicenceRevoked(Conflict):
    code = "licence_revoked"
    sentence = "This licence is revoked. It can't be renewed; issue a new one."
