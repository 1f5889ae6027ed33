"""What a wallet answers: presentations for one nonce and one client, and the form that takes them there.

OpenID4VP 1.0, section 8 and appendix B. Signing is by the key that a credential is bound to; sending is the
host's, after the person agreed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from passport.credentials.build import presentation
from passport.credentials.vocabulary import CREDENTIALS_V1, VERIFIABLE_PRESENTATION
from passport.errors.openid4vp import SuiteNotTaken
from passport.jose import jwe, jws
from passport.jose.claims import numeric_date
from passport.json import JsonObject, dump
from passport.keys import KeyType, Signer
from passport.openid4vp.client_metadata import ClientMetadata
from passport.openid4vp.dcql_match import LDP_VC
from passport.openid4vp.request_parameters import AuthorizationRequest, ResponseMode
from passport.proofs import add_proof

FORM_TYPE = "application/x-www-form-urlencoded"
SUITES = {
    KeyType.ED25519: ("eddsa-rdfc-2022", "eddsa-jcs-2022"),
    KeyType.P256: ("ecdsa-rdfc-2019", "ecdsa-jcs-2019"),
}
"""What a holder's key may sign a presentation with; the first is what most verifiers know."""
ALGORITHMS = {KeyType.ED25519: ("EdDSA", "Ed25519"), KeyType.P256: ("ES256",)}
"""The names that a verifier may have for what a key signs tokens with."""
Presentation = str | JsonObject


def takes_any(metadata: ClientMetadata, format_name: str, member: str, names: Sequence[str]) -> bool:
    """Whether a verifier takes one of these algorithms or suites; where it lists none, it takes any."""
    formats = metadata.vp_formats_supported
    if formats and format_name not in formats:
        return False
    listed = formats.get(format_name, {}).get(member)
    return not listed or any(name in listed for name in names)


def suite_for(metadata: ClientMetadata, key_type: KeyType) -> str:
    """What to sign a presentation with; raises SuiteNotTaken."""
    for suite in SUITES[key_type]:
        if takes_any(metadata, LDP_VC, "cryptosuite_values", (suite,)):
            return suite
    raise SuiteNotTaken


def ldp_presentation(
    credential: JsonObject,
    *,
    request: AuthorizationRequest,
    holder: str,
    verification_method: str,
    signer: Signer,
    presentation_id: str,
    now: datetime,
    expires: datetime,
) -> JsonObject:
    """A presentation in JSON, by Data Integrity (appendix B.1.3.2), for the nonce and the client.

    Raises SuiteNotTaken.
    """
    unsigned = presentation(holder=holder, credentials=[credential], presentation_id=presentation_id)
    return add_proof(
        unsigned,
        signer=signer,
        verification_method=verification_method,
        created=now,
        cryptosuite=suite_for(request.metadata, signer.public_key.type),
        proof_purpose="authentication",
        expires=expires,
        challenge=request.nonce,
        domain=str(request.client_id),
    )


def jwt_presentation(
    credential: str,
    *,
    request: AuthorizationRequest,
    holder: str,
    verification_method: str,
    signer: Signer,
    presentation_id: str,
    now: datetime,
    expires: datetime,
) -> str:
    """A presentation as a JWT with a `vp` claim (appendix B.1.3.1; VC Data Model 1.1, section 6.3.1)."""
    claims: JsonObject = {
        "iss": holder,
        "jti": presentation_id,
        "aud": str(request.client_id),
        "nonce": request.nonce,
        "nbf": numeric_date(now),
        "iat": numeric_date(now),
        "exp": numeric_date(expires),
        "vp": {
            "@context": [CREDENTIALS_V1],
            "type": [VERIFIABLE_PRESENTATION],
            "verifiableCredential": [credential],
        },
    }
    return jws.sign(dump(claims), signer=signer, header={"typ": "JWT", "kid": verification_method})


def write_vp_response(request: AuthorizationRequest, vp_token: Mapping[str, Sequence[Presentation]]) -> bytes:
    """The body of a direct_post, or of a direct_post.jwt encrypted for the key in the request (8.2, 8.3).

    Raises:
        NoKeyToEncryptFor: it must be encrypted, and no key of the request's will do.
    """
    answer: JsonObject = {"vp_token": {name: list(shown) for name, shown in vp_token.items()}}
    if request.state is not None:
        answer["state"] = request.state
    if request.response_mode is ResponseMode.DIRECT_POST:
        return _form({**answer, "vp_token": dump(answer["vp_token"]).decode("utf-8")})
    key, enc = request.metadata.encryption()
    header = {"kid": key["kid"]} if isinstance(key.get("kid"), str) else {}
    return _form({"response": jwe.encrypt(dump(answer), recipient=key, enc=enc, header=header)})


def write_vp_error(request: AuthorizationRequest, error: str) -> bytes:
    """The body that says no, in a word of section 8.5; nothing in it needs to be encrypted."""
    return _form({"error": error, **({} if request.state is None else {"state": request.state})})


def _form(members: Mapping[str, str]) -> bytes:
    return urlencode(members).encode("ascii")
