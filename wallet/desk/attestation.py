"""What a wallet's maker says of this wallet and its keys: sent to issuers that ask, where the person has it.

A file in the wallet's folder, made by the wallet's provider for this instance. This project is no provider:
without the file nothing is sent, and issuers that insist (HAIP 1.0, section 4.4.1) say no.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from passport.encoding import base64url_decode
from passport.errors import PassportError
from passport.jose import jws
from passport.json import parse_object
from passport.keys import KeyType, PublicKey, Signer, load_signer
from passport.limits import JsonLimits
from passport.oauth.client_attestation import ATTESTATION_HEADER, PROOF_HEADER, create_attestation_proof
from wallet.errors_claiming import AttestationUnreadable

FILE = "wallet-attestation.json"
_BOUNDS = JsonLimits(size=131_072, array=64, string=32_768)


@dataclass(frozen=True, slots=True)
class WalletAttestation:
    """The provider's word for this instance, and for some of the keys in it."""

    client_attestation: str
    client_id: str
    """The `sub` of the attestation: what this wallet is called there."""
    instance: Signer = field(repr=False)
    """The key that the attestation is about."""
    key_attestations: tuple[str, ...] = ()

    def headers(
        self, *, audience: str, jti: str, issued_at: datetime, challenge: str | None
    ) -> Mapping[str, str]:
        """What goes with a request to an authorization server."""
        proof = create_attestation_proof(
            self.instance,
            client_id=self.client_id,
            audience=audience,
            jti=jti,
            issued_at=issued_at,
            challenge=challenge,
        )
        return {ATTESTATION_HEADER: self.client_attestation, PROOF_HEADER: proof}

    def for_keys(self, keys: Sequence[PublicKey]) -> str | None:
        """A key attestation that speaks of all of these keys."""
        wanted = [key.to_jwk() for key in keys]
        return next((each for each in self.key_attestations if _speaks_of(each, wanted)), None)


def read_attestation(folder: Path) -> WalletAttestation | None:
    """What lies in a wallet's folder; None where nothing does.

    Raises:
        AttestationUnreadable: something does, and it is none.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        document = parse_object(path.read_bytes(), _BOUNDS)
        token = document["client_attestation"]
        claims = parse_object(jws.parse(token, most=_BOUNDS.size, certified=_BOUNDS).payload, _BOUNDS)
        jwk = document["instance_key"]
        signer = load_signer(KeyType(jwk["crv"]), base64url_decode(jwk["d"]))
        return WalletAttestation(
            client_attestation=token,
            client_id=str(claims["sub"]),
            instance=signer,
            key_attestations=tuple(map(str, document.get("key_attestations", []))),
        )
    except (PassportError, KeyError, TypeError, ValueError, OSError):
        raise AttestationUnreadable from None


def _speaks_of(token: str, wanted: Sequence[Mapping[str, str]]) -> bool:
    try:
        listed = json.loads(jws.parse(token, most=_BOUNDS.size, certified=_BOUNDS).payload)["attested_keys"]
        return all(any(key.items() <= each.items() for each in listed) for key in wanted)
    except (PassportError, KeyError, TypeError, ValueError, AttributeError):
        return False
