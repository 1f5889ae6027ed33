"""A European Digital Credential (ELM 3, EDC application profile), as what it says. Nothing is verified."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from passport import limits
from passport.elm.claims import AwardedSkill, LearningClaim, read_claims
from passport.elm.members import identifier, in_language, moment, one
from passport.elm.sealed import Seal, unwrapped
from passport.errors.elm import ForeignElmContext, MalformedElm, NotEuropean
from passport.json import JsonObject, parse_object

EUROPEAN_CREDENTIAL = "EuropeanDigitalCredential"
_W3C = frozenset({"https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"})
_EDC = frozenset(
    {
        "http://data.europa.eu/snb/model/context/edc-ap",
        "https://data.europa.eu/snb/model/context/edc-ap",
    }
)


@dataclass(frozen=True, slots=True)
class EuropeanCredential:
    """What the document says. `holder_name` is whom it names, `issuer_name` who it says made it."""

    id: str
    title: str
    issuer_name: str | None
    holder_name: str | None
    valid_from: datetime | None
    valid_until: datetime | None
    claims: tuple[LearningClaim, ...]
    seal: Seal

    @property
    def skills(self) -> tuple[AwardedSkill, ...]:
        """Every skill that its learning outcomes name, each once, in the order of the document."""
        found: dict[str, AwardedSkill] = {}
        for claim in self.claims:
            for skill in claim.skills:
                found.setdefault(skill.id, skill)
        return tuple(found.values())

    @property
    def qualifications(self) -> tuple[str, ...]:
        """The identifiers of what was awarded: what a map from qualifications to skills may know."""
        return tuple(dict.fromkeys(name for claim in self.claims for name in claim.specified_by))


def looks_european(data: bytes) -> bool:
    """Whether this is JSON that calls itself a European Digital Credential, or has a seal like one around it.

    Says nothing else of it.
    """
    if data.lstrip()[:1] != b"{":
        return False
    return EUROPEAN_CREDENTIAL.encode() in data or (b'"payload"' in data and b'"signatures"' in data)


def parse_european_credential(data: bytes) -> EuropeanCredential:
    """Read a European Digital Credential: plain, with a `signatures` member, or inside a JAdES envelope.

    Raises:
        NotEuropean: something else.
        ForeignElmContext: other contexts than those of W3C credentials and of the EDC profile.
        MalformedElm, TooManyInElm
        Invalid: no JSON within limits.
    """
    document, seal = unwrapped(parse_object(data, limits.ELM_JSON))
    _check_kind(document)
    subject = one(document, "credentialSubject")
    if subject is None:
        raise MalformedElm(member="credentialSubject")
    claims = read_claims(subject)
    title = _title(document, claims)
    return EuropeanCredential(
        id=_required(identifier(document), "id"),
        title=title,
        issuer_name=_issuer_name(document.get("issuer")),
        holder_name=in_language(subject, "fullName") or _two_names(subject),
        valid_from=moment(document, "validFrom") or moment(document, "issuanceDate"),
        valid_until=moment(document, "validUntil") or moment(document, "expirationDate"),
        claims=claims,
        seal=seal,
    )


def _check_kind(document: JsonObject) -> None:
    types = document.get("type")
    if not isinstance(types, list) or EUROPEAN_CREDENTIAL not in types or "VerifiableCredential" not in types:
        raise NotEuropean
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(isinstance(each, str) for each in contexts):
        raise ForeignElmContext
    if _W3C.isdisjoint(contexts) or _EDC.isdisjoint(contexts) or not set(contexts) <= _W3C | _EDC:
        raise ForeignElmContext


def _title(document: JsonObject, claims: tuple[LearningClaim, ...]) -> str:
    """As the display says, or else what was awarded first."""
    display = one(document, "displayParameter")
    title = in_language(display, "title")
    if title is not None:
        return title
    return _required(next((claim.title for claim in claims), None), "title")


def _issuer_name(issuer: Any) -> str | None:
    if not isinstance(issuer, dict):
        return None
    return in_language(issuer, "legalName") or in_language(issuer, "altLabel")


def _two_names(subject: JsonObject) -> str | None:
    names = [name for name in (in_language(subject, "givenName"), in_language(subject, "familyName")) if name]
    return " ".join(names) or None


def _required(found: str | None, member: str) -> str:
    if found is None:
        raise MalformedElm(member=member)
    return found
