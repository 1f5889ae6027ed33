"""What `passport bench` and benchmarks/proofs.py measure: securing and verifying badges in every form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import cycle
from typing import Any

from passport.cli.rates import Operation, Spread, shares
from passport.cli.signature_limits import SEED, signature_limits
from passport.clock import utc_now
from passport.dids import create_did_key, key_method_id
from passport.documents import DocumentCache
from passport.jose import vc_jwt
from passport.json import JsonObject, dump, parse_object
from passport.keys import KeyType, Signer, load_signer
from passport.proofs import SUITES, PreparedProof, add_proof, method_source, verify_proofs
from passport.sd_jwt import credential as sd_jwt
from passport.sd_jwt.disclosable import disclosable_pointers
from passport.securing import read_secured, verify_secured
from passport.verification import Context, verify_credential

_SIGNERS = {key_type: load_signer(key_type, SEED) for key_type in (KeyType.ED25519, KeyType.P256)}
ISSUER = create_did_key(_SIGNERS[KeyType.ED25519].public_key)


def proof_operations(badges: Sequence[JsonObject]) -> dict[str, Operation]:
    """Named operations on unsigned badges of one kind, taken in turn so that no cache knows the document.

    `sign`: from the unsigned object to the bytes of the secured badge. `verify`: from those bytes to proofs
    that hold, with the issuer's key from its did:key. `limit`: see `signature_limits`. `verify all of`: the
    whole list of checks that the product makes, with a report.
    """
    now = utc_now()
    return {
        name: _in_turn(run, sources)
        for found in (
            signature_limits(badges),
            _data_integrity(badges, now),
            _prepared(badges, now),
            _whole(badges, now),
            _tokens(badges, now),
        )
        for name, run, sources in found
    }


def summary(rates: Mapping[str, tuple[float, ...]]) -> list[dict[str, Any]]:
    """A line for each operation: its rate, and its share of the limit of the same run and kind of key."""
    return [
        {
            "operation": name,
            "perSecond": Spread.of(found),
            "shareOfLimit": shares(found, rates[_limit_of(name)]),
        }
        for name, found in rates.items()
    ]


def _limit_of(operation: str) -> str:
    key = "P-256" if "P-256" in operation or "ecdsa" in operation else "Ed25519"
    return f"{operation.partition(' ')[0]} limit {key}"


Measured = tuple[str, Callable[[Any], object], Sequence[Any]]
"""Name, what is done, and what it is done with in turn."""


def _data_integrity(badges: Sequence[JsonObject], now: datetime) -> Iterator[Measured]:
    method_for = method_source(DocumentCache())

    def verify(source: bytes) -> object:
        return verify_proofs(
            parse_object(source),
            method_for=method_for,
            expected_purpose="assertionMethod",
            now=now,
            allow_base_proof=True,
        )

    for cryptosuite, suite in SUITES.items():
        sign = _signing(cryptosuite, _SIGNERS[min(suite.key_types)], now)
        yield f"verify {cryptosuite}", verify, [sign(badge) for badge in badges]
        yield f"sign {cryptosuite}", sign, badges


def sign_all(badges: Iterable[JsonObject]) -> list[bytes]:
    """The bytes of badges with an eddsa-rdfc-2022 proof."""
    return list(map(_signing("eddsa-rdfc-2022", _SIGNERS[KeyType.ED25519], utc_now()), badges))


def _signing(cryptosuite: str, signer: Signer, now: datetime) -> Callable[[JsonObject], bytes]:
    method = _method(signer)
    return lambda badge: dump(
        add_proof(badge, signer=signer, verification_method=method, created=now, cryptosuite=cryptosuite)
    )


def _method(signer: Signer) -> str:
    return key_method_id(create_did_key(signer.public_key))


def _prepared(badges: Sequence[JsonObject], now: datetime) -> Iterator[Measured]:
    """Many at once, from one achievement."""
    signer = _SIGNERS[KeyType.ED25519]

    def signing(cryptosuite: str) -> Callable[[JsonObject], bytes]:
        proof = PreparedProof(
            signer=signer, verification_method=_method(signer), created=now, cryptosuite=cryptosuite
        )
        return lambda badge: dump(proof.add_to(badge))

    for cryptosuite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        yield f"sign a batch, {cryptosuite}", signing(cryptosuite), badges


def _whole(badges: Sequence[JsonObject], now: datetime) -> Iterator[Measured]:
    sign = _signing("eddsa-rdfc-2022", _SIGNERS[KeyType.ED25519], now)
    context = Context(DocumentCache(), now)
    signed = [sign(badge) for badge in badges]
    if all(verify_credential(source, context).credential for source in signed):
        yield "verify all of a credential", lambda source: verify_credential(source, context), signed


def _tokens(badges: Sequence[JsonObject], now: datetime) -> Iterator[Measured]:
    signer = _SIGNERS[KeyType.ED25519]
    method, method_for = _method(signer), method_source(DocumentCache())
    pointers = disclosable_pointers(badges[0])

    def sign_jwt(badge: JsonObject) -> bytes:
        return vc_jwt.sign_credential(
            badge, signer=signer, verification_method=method, issued_at=now
        ).encode()

    def sign_sd_jwt(badge: JsonObject) -> bytes:
        return sd_jwt.sign_vc(
            badge, disclosable=pointers, signer=signer, verification_method=method, issued_at=now
        ).encode()

    def verify(source: bytes) -> object:
        secured = read_secured(source)
        return verify_secured(secured, method_for=method_for, expected_purpose="assertionMethod", now=now)

    for name, sign in (("vc+jwt", sign_jwt), ("vc+sd-jwt", sign_sd_jwt)):
        yield f"verify {name}", verify, [sign(badge) for badge in badges]
        yield f"sign {name}", sign, badges


def _in_turn(run: Callable[[Any], object], sources: Iterable[Any]) -> Operation:
    following = cycle(sources)
    return lambda: run(next(following))
