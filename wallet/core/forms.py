"""One credential in several forms: which there are, and that all of them say the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from passport.credentials import Credential, Form
from passport.credentials.credential import credential_of
from passport.credentials.vocabulary import TOKEN_STATUS_LIST_ENTRY
from passport.json import JsonObject
from passport.securing import read_secured


class FormName(StrEnum):
    """The forms that a wallet may hold, the one that it reads first in front."""

    LDP_VC = "ldp_vc"
    JWT_VC = "jwt_vc_json"
    VC_SD_JWT = "vc+sd-jwt"
    DC_SD_JWT = "dc+sd-jwt"
    ECDSA_SD = "ecdsa-sd-2023"
    """JSON with a base proof: for the holder alone, who derives from it what others see."""


SELECTIVE = frozenset({FormName.ECDSA_SD, FormName.VC_SD_JWT, FormName.DC_SD_JWT})
"""Forms of which the holder can show a part."""
_ORDER = tuple(FormName)
_ECDSA_SD = str(FormName.ECDSA_SD)
_ABOUT_THE_FORM = frozenset({"form", "source", "document", "statuses"})
_WRITTEN_OTHERWISE = frozenset(
    {"@context", "type", "proof", "credentialStatus", "issuer", "validFrom", "validUntil"}
)
"""Members that a form may write in another way; they are compared as they are read."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    name: FormName
    source: bytes = field(repr=False)


def read_credential(source: bytes) -> Credential:
    """What a credential says, in whatever form; nothing is verified. Raises Invalid."""
    secured = read_secured(source)
    return credential_of(secured.document, secured.source, secured.form)


def name_of(credential: Credential) -> FormName:
    if credential.form is Form.LDP_VC:
        return FormName.ECDSA_SD if _selective(credential.document) else FormName.LDP_VC
    return FormName(credential.form.value)


def _selective(document: JsonObject) -> bool:
    """Base or derived: what was derived from a credential is no plain form of it either."""
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [found]
    return any(isinstance(proof, dict) and proof.get("cryptosuite") == _ECDSA_SD for proof in proofs)


def preferred(name: FormName) -> int:
    """The place of a form among those that a credential is kept in: the first is the one that is read."""
    return _ORDER.index(name)


def same_credential(one: Credential, other: Credential) -> bool:
    """Whether two documents are said to be one credential: the same id, from the same issuer."""
    return (one.id, one.issuer.id) == (other.id, other.issuer.id)


def same_statements(one: Credential, other: Credential) -> bool:
    """Whether two forms of a credential say the same, all members considered.

    A Token Status List may stand beside the other status entries: it is about the same withdrawal.
    """
    return (
        all(getattr(one, name) == getattr(other, name) for name in _COMPARED)
        and _plain(one.document) == _plain(other.document)
        and _statuses(one) == _statuses(other)
    )


_COMPARED = tuple(each.name for each in fields(Credential) if each.name not in _ABOUT_THE_FORM)


def _plain(document: JsonObject) -> Mapping[str, Any]:
    return {name: value for name, value in document.items() if name not in _WRITTEN_OTHERWISE}


def _statuses(credential: Credential) -> list[Any]:
    return [entry for entry in credential.statuses if entry.type != TOKEN_STATUS_LIST_ENTRY]
