"""One badge in every form, by a school with a P-256 key, for a worker who shows it in every way."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from passport.credentials import Form
from passport.credentials.build import presentation
from passport.credentials.enveloped import envelope
from passport.jose import vc_jwt
from passport.json import JsonObject, dump
from passport.keys import KeyType, generate_signer
from passport.proofs import add_proof
from passport.proofs.selective import derive
from passport.sd_jwt import present
from passport.sd_jwt.credential import sign_dc, sign_vc
from passport.sd_jwt.disclosable import disclosable_pointers, mandatory_pointers
from tests.simulators.parties import NOW, Party

SD = "ecdsa-sd-2023"
ALL = ("eddsa-rdfc-2022", SD, Form.JWT_VC, Form.VC_SD_JWT, Form.DC_SD_JWT)
VCT = "https://school.example/types/achievement"


def school(key_type: KeyType = KeyType.P256) -> Party:
    return Party.on_the_web("School", "school.example", generate_signer(key_type))


def unsigned(issuer: Party, subject: Party, skills: Sequence[str], **members: Any) -> JsonObject:
    made = issuer.issue(subject, skills, cryptosuite=_plain(issuer), **members)
    return {name: value for name, value in made.items() if name != "proof"}


def _plain(issuer: Party) -> str:
    return "eddsa-jcs-2022" if issuer.signer.public_key.type is KeyType.ED25519 else "ecdsa-jcs-2019"


def secure(document: JsonObject, form: str, issuer: Party, holder: Party, **more: Any) -> bytes:
    """The badge in a form, as the holder gets it; the whole of it is disclosed."""
    keys = {"signer": issuer.signer, "verification_method": issuer.method}
    if form == SD:
        pointers = more.get("mandatory", mandatory_pointers(document))
        return dump(
            add_proof(document, **keys, created=NOW, cryptosuite=SD, mandatory_pointers=tuple(pointers))
        )
    if form == Form.JWT_VC:
        return vc_jwt.sign_credential(document, **keys, issued_at=NOW).encode()
    if form == Form.VC_SD_JWT:
        return sign_vc(
            document, disclosable=disclosable_pointers(document), **keys, holder_key=holder.signer.public_key
        ).encode()
    if form == Form.DC_SD_JWT:
        return sign_dc(
            document,
            vct=VCT,
            disclosable=disclosable_pointers(document),
            **keys,
            holder_key=holder.signer.public_key,
        ).encode()
    return dump(add_proof(document, **keys, created=NOW, cryptosuite=_rdfc(issuer)))


def _rdfc(issuer: Party) -> str:
    return "eddsa-rdfc-2022" if issuer.signer.public_key.type is KeyType.ED25519 else "ecdsa-rdfc-2019"


def everything(source: bytes, form: str) -> bytes:
    """What the holder shows to show all: of a base proof that is a derived one."""
    if form != SD:
        return source
    from passport.json import parse_object

    document = parse_object(source)
    return dump(derive(document, selective_pointers=disclosable_pointers(document)))


def shown_with_key(
    source: bytes, holder: Party, pointers: Sequence[str], challenge: str, domain: str
) -> bytes:
    """An SD-JWT with these parts and the holder's key binding."""
    return present(
        source.decode(), pointers=pointers, holder=holder.signer, nonce=challenge, audience=domain, now=NOW
    ).encode()


def presented(holder: Party, *credentials: JsonObject, token: bool = False, **terms: Any) -> bytes:
    """A presentation as JSON with a proof, or as a JWT."""
    document = presentation(holder=holder.did, credentials=credentials, presentation_id="urn:uuid:1")
    expires = NOW + timedelta(seconds=120)
    if token:
        return vc_jwt.sign_presentation(
            document,
            signer=holder.signer,
            verification_method=holder.method,
            issued_at=NOW,
            expires=expires,
            **terms,
        ).encode()
    return dump(
        add_proof(
            document,
            signer=holder.signer,
            verification_method=holder.method,
            created=NOW,
            cryptosuite=_plain(holder),
            proof_purpose="authentication",
            expires=expires,
            **terms,
        )
    )


def enveloped(source: bytes, form: Form) -> JsonObject:
    return envelope(source, form)
