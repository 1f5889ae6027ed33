"""EnvelopedVerifiableCredential: a token inside JSON, as a data URL (VC Data Model 2.0, section 4.12)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from passport.credentials.form import Form
from passport.credentials.reading import text
from passport.credentials.vocabulary import CREDENTIALS_V2, ENVELOPED_CREDENTIAL
from passport.errors.credentials import MalformedEnvelope
from passport.json import JsonObject

MEDIA_TYPES: Mapping[Form, str] = MappingProxyType(
    {
        Form.JWT_VC: "application/vc+jwt",
        Form.VC_SD_JWT: "application/vc+sd-jwt",
        Form.DC_SD_JWT: "application/dc+sd-jwt",
    }
)
_FORMS = {media_type: form for form, media_type in MEDIA_TYPES.items()}
_DATA = re.compile(r"data:([a-z0-9+.-]+/[a-z0-9+.-]+),([A-Za-z0-9_.~-]+)")


def is_enveloped(document: Mapping[str, Any]) -> bool:
    """Whether an object says of itself that it is an envelope."""
    return document.get("type") in (ENVELOPED_CREDENTIAL, [ENVELOPED_CREDENTIAL])


def envelope(token: bytes, form: Form) -> JsonObject:
    """Put a token into an object that a presentation can hold."""
    return {
        "@context": CREDENTIALS_V2,
        "id": f"data:{MEDIA_TYPES[form]},{token.decode('ascii')}",
        "type": ENVELOPED_CREDENTIAL,
    }


def unwrap(document: Mapping[str, Any]) -> tuple[Form, bytes]:
    """The token in an envelope, and the form that the envelope says it has.

    An envelope holds nothing besides: whatever else stood in it would be signed by nobody.

    Raises:
        MalformedEnvelope, MissingMember, MalformedMember
    """
    if not document.keys() <= {"@context", "id", "type"} or not is_enveloped(document):
        raise MalformedEnvelope
    if document.get("@context") not in (CREDENTIALS_V2, [CREDENTIALS_V2]):
        raise MalformedEnvelope
    found = _DATA.fullmatch(text(document, "id"))
    if found is None or found[1] not in _FORMS:
        raise MalformedEnvelope
    return _FORMS[found[1]], found[2].encode("ascii")
