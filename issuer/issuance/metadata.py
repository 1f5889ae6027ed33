"""What an organisation tells wallets of itself and of what it issues (OpenID4VCI 1.0, section 12.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from issuer.achievements.records import AchievementRecord
from issuer.issuance.credential_type import LABELS
from issuer.issuance.encryption import encryption_key
from issuer.issuance.forms import Announced, Shown, configuration
from issuer.issuance.key_policy import Terms
from issuer.limits import DESCRIPTION_SHOWN, METADATA_SIZE, OFFER
from issuer.organisations.appearance import LANGUAGES, Look
from issuer.organisations.records import Organisation
from issuer.service import Service
from passport.json import dump
from passport.openid4vc import (
    ClaimDescription,
    CredentialConfiguration,
    Display,
    IssuerMetadata,
    KeyAttestationsRequired,
    Logo,
    RequestEncryption,
    ResponseEncryption,
)

_DESCRIBED = 4
"""Of the room for configurations one part in four is for the newest achievements, with all that is said of
them for people; the others are named, so that there are more of them."""
_CLAIMS = tuple(
    ClaimDescription(tuple(path), disclosure == "never", (Display(dutch, "nl"), Display(english, "en")))
    for path, disclosure, english, dutch in LABELS
)


@dataclass(frozen=True, slots=True)
class Offered:
    """Of an achievement, what a wallet is told."""

    id: str
    name: str
    description: str
    vct: str
    picture: str
    """Where its picture is."""


def issuer_metadata(
    service: Service,
    organisation: Organisation,
    achievements: Sequence[AchievementRecord],
    look: Look,
    terms: Terms,
) -> IssuerMetadata:
    """The metadata; of the achievements, the newest first, as many as there is room for."""
    offered = [
        Offered(
            record.id,
            record.name,
            str(record.document.get("description", "")),
            service.addresses.credential_type(record.organisation, record.id),
            f"{service.addresses.achievement(record.organisation, record.id)}/picture",
        )
        for record in achievements
    ]
    issuer = service.addresses.issuer(organisation.id)
    display = look.display(organisation.name)
    return IssuerMetadata(
        credential_issuer=issuer,
        credential_endpoint=f"{issuer}/credential",
        nonce_endpoint=f"{issuer}/nonce",
        deferred_credential_endpoint=f"{issuer}/deferred",
        notification_endpoint=f"{issuer}/notification",
        name=display[0].name,
        display=display,
        batch_size=OFFER.keys,
        request_encryption=RequestEncryption((encryption_key(service.master, organisation.id).jwk,)),
        response_encryption=ResponseEncryption(),
        configurations=configurations(offered, look, terms),
    )


def configurations(
    achievements: Iterable[Offered], look: Look, terms: Terms
) -> dict[str, CredentialConfiguration]:
    """The configurations of achievements in every form, while the metadata has room."""
    found: dict[str, CredentialConfiguration] = {}
    size = 0
    for one in achievements:
        shown = _shown(one, look) if size < METADATA_SIZE // _DESCRIBED else {}
        forms = [
            configuration(one.id, one.name, form, one.vct, **shown, **_announced(terms))
            for form in terms.forms
        ]
        size += sum(len(dump({each.id: each.to_json()})) for each in forms)
        if size > METADATA_SIZE:
            break
        found |= {each.id: each for each in forms}
    return found


def _announced(terms: Terms) -> Announced:
    rules = terms.rules.attestation
    if rules is None:
        return {"proof_algorithms": terms.rules.algorithms}
    required = KeyAttestationsRequired(rules.key_storage, rules.user_authentication)
    return {
        "proof_algorithms": terms.rules.algorithms,
        "attestation_algorithms": terms.rules.algorithms,
        "key_attestations_required": required if rules.required else None,
    }


def _shown(one: Offered, look: Look) -> Shown:
    """The same text in both languages, for an achievement is written in one."""
    display = tuple(
        Display(
            one.name,
            language,
            Logo(one.picture, one.name),
            one.description[:DESCRIPTION_SHOWN] or None,
            look.background_color,
            look.text_color,
        )
        for language in LANGUAGES
    )
    return {"display": display, "claims": _CLAIMS}
