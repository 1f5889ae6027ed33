"""Self-assessment: what a person says of themselves, as an Open Badge that they sign. Always soft."""

import uuid
from collections.abc import Sequence

from matching.taxonomy.compact import Taxonomy
from passport.credentials.build import achievement_credential
from passport.json import JsonObject, dump
from passport.proofs import add_proof
from wallet.core import limits
from wallet.core.accept import Examined, examine, keep
from wallet.core.wallet import Wallet
from wallet.errors import NothingChosen, UnknownSkill

_TEXTS = {
    "nl": ("Zelfbeoordeling", "Vaardigheden die iemand van zichzelf noemt.", "Volgens de persoon zelf."),
    "en": ("Self-assessment", "Skills that somebody names for themselves.", "According to the person."),
}


def assess(
    wallet: Wallet, skills: Sequence[str], taxonomy: Taxonomy, *, language: str, narrative: str = ""
) -> Examined:
    """Make, sign and keep one self-assessment of several skills.

    Raises:
        NothingChosen: no skill, or more than a badge should list.
        UnknownSkill: not in this taxonomy.
        NoHolderKey: nothing to sign with.
    """
    chosen = list(dict.fromkeys(skills))
    if not 0 < len(chosen) <= limits.ASSESSED_SKILLS:
        raise NothingChosen(most=limits.ASSESSED_SKILLS)
    if any(skill not in taxonomy.skills for skill in chosen):
        raise UnknownSkill
    holder = wallet.holder
    unsigned = _credential(wallet, chosen, taxonomy, language, narrative)
    signed = add_proof(
        unsigned,
        signer=holder.signer,
        verification_method=holder.verification_method,
        created=wallet.now(),
    )
    examined = examine(dump(signed), wallet.documents(), wallet)
    keep(wallet, (examined,))
    return examined


def _credential(
    wallet: Wallet, skills: Sequence[str], taxonomy: Taxonomy, language: str, narrative: str
) -> JsonObject:
    name, description, criteria = _TEXTS[language]
    now = wallet.now().replace(microsecond=0)
    evidence: JsonObject = {
        "id": _new_urn(wallet),
        "name": name,
        "genre": "self-report",
    }
    if narrative.strip():
        evidence["narrative"] = narrative.strip()
    return achievement_credential(
        credential_id=_new_urn(wallet),
        issuer={"id": wallet.did},
        subject_id=wallet.did,
        achievement={
            "id": _new_urn(wallet),
            "name": name,
            "description": description,
            "achievementType": "Assessment",
            "criteria": {"narrative": criteria},
            "alignment": [
                {
                    "targetUrl": skill,
                    "targetName": taxonomy.label(skill, language),
                    "targetFramework": taxonomy.name,
                    "targetType": "CFItem",
                }
                for skill in skills
            ],
        },
        valid_from=now,
        evidence=[evidence],
    )


def _new_urn(wallet: Wallet) -> str:
    return f"urn:uuid:{uuid.UUID(bytes=wallet.random(16), version=4)}"
