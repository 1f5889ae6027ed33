"""An issuer that signs with a certificate and has no DID, as the High Assurance profile asks (HAIP 1.0)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from passport.credentials.build import achievement_credential
from passport.jose import jws
from passport.json import dump
from passport.keys import KeyType, PublicKey, Signer, load_signer
from passport.sd_jwt.digital_credential import badge_claims
from passport.sd_jwt.disclosable import disclosable_pointers
from passport.sd_jwt.issue import issue
from passport.status import token_list
from tests.simulators.vp_asking import NOW, Authority, x5c

HOST = "issuer.example"
ISSUER = f"https://{HOST}"
VCT = "https://issuer.example/types/licence"
SKILL = "http://data.europa.eu/esco/skill/1"


@dataclass
class CertifiedIssuer:
    """Signs dc+sd-jwt and status lists with the key of its leaf."""

    authority: Authority = field(default_factory=Authority)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    more: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leaf = self.authority.issue(self.key, **{"subject": "A registry", "dns": (HOST,), **self.more})

    @property
    def signer(self) -> Signer:
        return load_signer(KeyType.P256, self.key.private_numbers().private_value.to_bytes(32, "big"))

    def header(self, chain: list[bytes] | None = None, **more: Any) -> dict[str, Any]:
        return {"typ": "dc+sd-jwt", "x5c": x5c(chain or [self.leaf]), **more}

    def licence(
        self, holder: PublicKey, *, chain: list[bytes] | None = None, header: Any = None, **claims: Any
    ) -> str:
        """An SD-JWT VC that is no badge; a claim that is None is left out."""
        whole = {"iss": ISSUER, "vct": VCT, "category": "forklift", **claims}
        return issue(
            {name: value for name, value in whole.items() if value is not None},
            disclosable=["/category"],
            signer=self.signer,
            header=self.header(chain, **(header or {})),
            holder_key=holder,
        )

    def badge(
        self,
        holder: PublicKey,
        subject: str,
        *,
        issuer: str = ISSUER,
        header: Any = None,
        chain: list[bytes] | None = None,
        status: Any = None,
        without: str = "",
        at: datetime = NOW,
    ) -> str:
        """An Open Badge as dc+sd-jwt."""
        document = achievement_credential(
            credential_id="urn:uuid:9b5c1b1e-4d1f-4f0e-8d57-0b1c1a1f3a77",
            issuer={"id": issuer, "type": ["Profile"], "name": "A registry"},
            subject_id=subject,
            achievement={
                "id": "https://issuer.example/achievements/1",
                "type": ["Achievement"],
                "name": "Forklift",
                "description": "Drives a forklift.",
                "criteria": {"narrative": "Drove one."},
                "alignment": [{"type": ["Alignment"], "targetName": "drive forklift", "targetUrl": SKILL}],
            },
            valid_from=at - timedelta(hours=1),
        )
        claims = badge_claims(document, vct=VCT, status=status)
        return issue(
            {name: value for name, value in claims.items() if name != without},
            disclosable=disclosable_pointers(document),
            signer=self.signer,
            header=self.header(chain, **(header or {})),
            holder_key=holder,
        )

    def status_list(self, uri: str, *, revoked: bool = False, header: Any = None, **claims: Any) -> bytes:
        """A Status List Token with one entry that counts, at 0."""
        statuses = token_list.empty(1_024, 1)
        token_list.set_status(statuses, 0, int(revoked), size=1)
        built = token_list.build(
            bytes(statuses), size=1, uri=uri, issued_at=NOW, expires=NOW + timedelta(hours=1)
        )
        whole = {"typ": token_list.TYPE, "x5c": x5c([self.leaf]), **(header or {})}
        return jws.sign(dump({**built, **claims}), signer=self.signer, header=whole).encode()
