"""The forms in which one recorded credential is handed out, and their names in OpenID4VCI."""

from enum import StrEnum
from typing import TypedDict, Unpack

from passport.credentials import Form
from passport.credentials.enveloped import MEDIA_TYPES
from passport.credentials.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from passport.openid4vc import (
    ClaimDescription,
    CredentialConfiguration,
    Display,
    KeyAttestationsRequired,
)
from passport.openid4vc.credential_configuration import DID_BINDINGS

_TYPES = ("VerifiableCredential", "OpenBadgeCredential")


class IssuedForm(StrEnum):
    """In the order in which they are offered."""

    LDP_VC = "ldp_vc"
    """JSON with an eddsa-rdfc-2022 proof: always made, and read by every verifier of badges."""
    ECDSA_SD = "ecdsa-sd-2023"
    """JSON with a base proof, from which the holder derives what shows some of the skills."""
    JWT_VC = "jwt_vc_json"
    """The credential as the payload of a signed token (VC-JOSE-COSE, section 3.1)."""
    VC_SD_JWT = "vc+sd-jwt"
    """The same, with skills that are shown one by one (VC-JOSE-COSE, section 3.2)."""
    DC_SD_JWT = "dc+sd-jwt"
    """An SD-JWT VC for the European wallet: claims and a `vct`."""


FORMS = tuple(IssuedForm)
HAIP_FORMS = (IssuedForm.DC_SD_JWT, IssuedForm.VC_SD_JWT, IssuedForm.JWT_VC, IssuedForm.ECDSA_SD)
"""Those that are signed with ES256; first the one that HAIP 1.0 is about (section 6.1)."""


class Announced(TypedDict, total=False):
    """What an organisation asks of the keys of all that it issues, see CredentialConfiguration."""

    proof_algorithms: tuple[str, ...]
    attestation_algorithms: tuple[str, ...]
    key_attestations_required: KeyAttestationsRequired | None


class Shown(TypedDict, total=False):
    """What is said of a credential for people."""

    display: tuple[Display, ...]
    claims: tuple[ClaimDescription, ...]


class Said(Announced, Shown, total=False):
    """Both."""


_FORMATS = {
    IssuedForm.LDP_VC: Form.LDP_VC,
    IssuedForm.ECDSA_SD: Form.LDP_VC,
    IssuedForm.JWT_VC: Form.JWT_VC,
    IssuedForm.VC_SD_JWT: Form.VC_SD_JWT,
    IssuedForm.DC_SD_JWT: Form.DC_SD_JWT,
}
_ALGORITHMS = {
    IssuedForm.LDP_VC: "eddsa-rdfc-2022",
    IssuedForm.ECDSA_SD: "ecdsa-sd-2023",
    IssuedForm.JWT_VC: "ES256",
    IssuedForm.VC_SD_JWT: "ES256",
    IssuedForm.DC_SD_JWT: "ES256",
}
_MEDIA_TYPES = {
    Form.LDP_VC: "application/vc",
    **MEDIA_TYPES,
}
_ENDINGS = {Form.LDP_VC: "json", Form.JWT_VC: "jwt", Form.VC_SD_JWT: "sdjwt", Form.DC_SD_JWT: "sdjwt"}


def media_type(form: IssuedForm) -> str:
    return _MEDIA_TYPES[_FORMATS[form]]


def file_name(stem: str, form: IssuedForm) -> str:
    """A name to save it under, which says in which form it is."""
    ending = _ENDINGS[_FORMATS[form]]
    if form is IssuedForm.LDP_VC:
        return f"{stem}.{ending}"
    return f"{stem}-{form.replace('+', '-')}.{ending}"


def configuration_id(achievement: str, form: IssuedForm) -> str:
    """The name of an achievement in one form. The first form has the achievement's own."""
    return achievement if form is IssuedForm.LDP_VC else f"{achievement}_{form}"


def configuration_ids(achievement: str) -> tuple[str, ...]:
    return tuple(configuration_id(achievement, form) for form in FORMS)


def form_of(achievement: str, configuration: str) -> IssuedForm | None:
    """The form that a configuration of this achievement names; None for any other name."""
    return next((form for form in FORMS if configuration_id(achievement, form) == configuration), None)


def configuration(
    achievement: str, name: str, form: IssuedForm, vct: str, **more: Unpack[Said]
) -> CredentialConfiguration:
    """An achievement in one form, as a wallet reads it (OpenID4VCI 1.0, section 12.2.4 and appendix A)."""
    written = _FORMATS[form]
    typed = written is not Form.DC_SD_JWT
    return CredentialConfiguration(
        configuration_id(achievement, form),
        name,
        contexts=(CREDENTIALS_V2, OPEN_BADGES) if written is Form.LDP_VC else (),
        types=_TYPES if typed else (),
        form=written,
        signing_algorithms=(_ALGORITHMS[form],),
        vct=None if typed else vct,
        bindings=DID_BINDINGS if typed else ("jwk", *DID_BINDINGS),
        scope=configuration_id(achievement, form),
        **more,
    )
