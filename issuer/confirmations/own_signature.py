"""A supervisor who proved a wallet may sign with it: exactly what was shown, and nothing else.

The organisation then signs nothing. What such a word counts for depends on what the supervisor is recognised
for, and only the supervisor could ever take it back.
"""

from issuer.confirmations.build import Basis, Unsigned, supervisor_profile, unsigned_endorsement
from issuer.confirmations.errors import OwnSignatureRefused
from issuer.service import Service
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.json import JsonObject, canonicalize, dump, parse_json
from passport.limits import PRESENTATION
from passport.verification import Context, verify_endorsement

_PROOF = "proof"


def to_be_signed(service: Service, basis: Basis, did: str) -> list[Unsigned]:
    """The documents that the wallet `did` would sign, as they are shown."""
    return [
        unsigned_endorsement(service, basis, number, issuer=supervisor_profile(did), status=())
        for number in basis.statement.confirmed
    ]


def check_own_signatures(service: Service, basis: Basis, did: str, source: str) -> list[JsonObject]:
    """What was pasted: one signed document for each that was shown, in any order, as a list or one alone.

    Raises:
        OwnSignatureRefused: one too few or too many, another content than was shown, another signer, or a
            signature that does not hold.
    """
    shown = {unsigned.document["id"]: unsigned.document for unsigned in to_be_signed(service, basis, did)}
    signed = _read(source)
    given = {str(document.get("id")): document for document in signed}
    if given.keys() != shown.keys() or len(signed) != len(shown):
        raise OwnSignatureRefused
    context = Context(DocumentCache(), service.clock())
    for name, document in given.items():
        content = {member: value for member, value in document.items() if member != _PROOF}
        if canonicalize(content) != canonicalize(shown[name]):
            raise OwnSignatureRefused
        if verify_endorsement(dump(document), context).endorsement is None:
            raise OwnSignatureRefused
    return signed


def _read(source: str) -> list[JsonObject]:
    try:
        found = parse_json(source.encode(), PRESENTATION)
    except PassportError:
        raise OwnSignatureRefused from None
    listed = found if isinstance(found, list) else [found]
    documents = [each for each in listed if isinstance(each, dict)]
    if len(documents) != len(listed):
        raise OwnSignatureRefused
    return documents
