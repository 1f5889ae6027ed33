"""Refusals of certificates and their chains (RFC 5280), whoever shows them."""

from passport.errors.base import Indeterminate, Invalid


class ChainRefused(Invalid):
    code = "certificate_chain_refused"
    sentence = "A certificate of who signed does not hold: it is expired, malformed or not for this."


class CertificateOfAnother(Invalid):
    code = "certificate_of_another"
    sentence = "The certificate is for another address than the one that is named as issuer."


class CertificateNamesAnother(Indeterminate):
    code = "certificate_names_another"
    sentence = "The certificate does not hold the name of the issuer, so it can't be told who signed."


class AuthorityUnknown(Indeterminate):
    code = "certificate_authority_unknown"
    sentence = "The certificate leads to no authority that is trusted here, so it can't be told who signed."
