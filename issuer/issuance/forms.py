"""The forms in which one recorded credential is handed out, and their names in OpenID4VCI."""

from enum import StrEnum

from issuer.achievements.records import AchievementRecord
from passport.credentials import Form
from passport.credentials.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from passport.openid4vc import CredentialConfiguration

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


FORMS = (IssuedForm.LDP_VC,)
_FORMATS = {IssuedForm.LDP_VC: Form.LDP_VC}
_CONTEXTS = {IssuedForm.LDP_VC: (CREDENTIALS_V2, OPEN_BADGES)}
_ALGORITHMS = {IssuedForm.LDP_VC: "eddsa-rdfc-2022"}


def configuration_id(achievement: str, form: IssuedForm) -> str:
    """The name of an achievement in one form. The first form has the achievement's own."""
    return achievement if form is IssuedForm.LDP_VC else f"{achievement}_{form}"


def configuration_ids(achievement: str) -> tuple[str, ...]:
    return tuple(configuration_id(achievement, form) for form in FORMS)


def configuration(record: AchievementRecord, form: IssuedForm) -> CredentialConfiguration:
    """An achievement in one form, as a wallet reads it (OpenID4VCI 1.0, section 12.2.4 and appendix A)."""
    return CredentialConfiguration(
        configuration_id(record.id, form),
        record.name,
        contexts=_CONTEXTS.get(form, ()),
        types=_TYPES,
        form=_FORMATS[form],
        signing_algorithms=(_ALGORITHMS[form],),
    )
