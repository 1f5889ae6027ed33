"""Sign what is recorded, in one of its forms. From one unsigned credential come all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from issuer.addresses import Addresses
from issuer.issuance.forms import IssuedForm
from issuer.issuance.records import Issuance
from issuer.status.records import list_place, token_list_number
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.jose import vc_jwt
from passport.json import JsonObject, dump, parse_object
from passport.keys import KeyType, PublicKey, Signer
from passport.proofs import add_proof
from passport.sd_jwt import credential as sd_jwt
from passport.sd_jwt.disclosable import disclosable_pointers, mandatory_pointers

KEY_TYPES = {
    IssuedForm.LDP_VC: KeyType.ED25519,
    IssuedForm.ECDSA_SD: KeyType.P256,
    IssuedForm.JWT_VC: KeyType.P256,
    IssuedForm.VC_SD_JWT: KeyType.P256,
    IssuedForm.DC_SD_JWT: KeyType.P256,
}
"""ES256 is what every wallet for tokens must verify (High Assurance Interoperability Profile 1.0)."""


@dataclass(frozen=True, slots=True)
class SigningWith:
    """A key of the organisation, opened, and the moment."""

    signer: Signer
    verification_method: str
    now: datetime
    certificates: Sequence[str] = ()
    """Of the key, for forms whose verifiers may go by certificates."""


def sign_form(
    form: IssuedForm, recorded: Issuance, unsigned: bytes, key: SigningWith, addresses: Addresses
) -> bytes:
    """The credential in a form, as the bytes that are stored and delivered."""
    return _SIGN[form](recorded, parse_object(unsigned), key, addresses)


def holder_key(subject: str) -> PublicKey:
    """The key that a holder proves with: the DID holds it, nothing is fetched (see check_subject)."""
    document = resolve_did(subject, DocumentCache())
    allowed = document.relationships["authentication"]
    return next(method.public_key for method in document.methods if method.id in allowed)


def _ldp_vc(_: Issuance, unsigned: JsonObject, key: SigningWith, __: Addresses) -> bytes:
    return dump(
        add_proof(unsigned, signer=key.signer, verification_method=key.verification_method, created=key.now)
    )


def _ecdsa_sd(_: Issuance, unsigned: JsonObject, key: SigningWith, __: Addresses) -> bytes:
    signed = add_proof(
        unsigned,
        signer=key.signer,
        verification_method=key.verification_method,
        created=key.now,
        cryptosuite="ecdsa-sd-2023",
        mandatory_pointers=mandatory_pointers(unsigned),
    )
    return dump(signed)


def _jwt_vc(_: Issuance, unsigned: JsonObject, key: SigningWith, __: Addresses) -> bytes:
    token = vc_jwt.sign_credential(
        unsigned, signer=key.signer, verification_method=key.verification_method, issued_at=key.now
    )
    return token.encode("ascii")


def _vc_sd_jwt(recorded: Issuance, unsigned: JsonObject, key: SigningWith, _: Addresses) -> bytes:
    token = sd_jwt.sign_vc(
        unsigned,
        disclosable=disclosable_pointers(unsigned),
        signer=key.signer,
        verification_method=key.verification_method,
        holder_key=holder_key(recorded.subject),
        issued_at=key.now,
    )
    return token.encode("ascii")


def _dc_sd_jwt(recorded: Issuance, unsigned: JsonObject, key: SigningWith, addresses: Addresses) -> bytes:
    token = sd_jwt.sign_dc(
        unsigned,
        vct=addresses.credential_type(recorded.organisation, recorded.achievement),
        disclosable=disclosable_pointers(unsigned),
        signer=key.signer,
        verification_method=key.verification_method,
        holder_key=holder_key(recorded.subject),
        status=_status(recorded, addresses),
        issued_at=key.now,
        certificates=key.certificates,
    )
    return token.encode("ascii")


def _status(recorded: Issuance, addresses: Addresses) -> JsonObject:
    """The Token Status List with the same places as the bitstrings (section 6.2)."""
    uri = addresses.token_status(recorded.organisation, token_list_number(recorded.status_index))
    return {"status_list": {"idx": list_place(recorded.status_index), "uri": uri}}


_SIGN: Mapping[IssuedForm, Callable[[Issuance, JsonObject, SigningWith, Addresses], bytes]] = {
    IssuedForm.LDP_VC: _ldp_vc,
    IssuedForm.ECDSA_SD: _ecdsa_sd,
    IssuedForm.JWT_VC: _jwt_vc,
    IssuedForm.VC_SD_JWT: _vc_sd_jwt,
    IssuedForm.DC_SD_JWT: _dc_sd_jwt,
}
