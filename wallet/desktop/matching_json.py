"""Matching and searching as JSON: computed here, on what is here."""

from matching.explain import Comparison, Demanded
from matching.taxonomy.compact import Taxonomy
from passport.evidence.policy import DemandResult, decide
from passport.evidence.profile import FunctionProfile, verify_function_profile
from passport.json import JsonObject, dump
from passport.verification import Context
from wallet.core.finding import find_occupations, find_skills
from wallet.core.matches import match_demands, match_occupation, match_occupations
from wallet.core.plain_text import plain_name
from wallet.core.skills import skill_evidence
from wallet.core.summary import Say, comparison_json, match_json, reasons_json
from wallet.core.wallet import Wallet
from wallet.desktop.bodies import MatchBody
from wallet.desktop.desk import Desk


def match_json_for(desk: Desk, wallet: Wallet, body: MatchBody, language: str, say: Say) -> JsonObject:
    """The answer to a match request."""
    evidence, taxonomy = skill_evidence(wallet), desk.taxonomy
    if body.profile is not None:
        compared, results, profile = compare_profile(desk, wallet, dump(body.profile), language)
        return {
            **comparison_json(compared, say),
            "publisher": profile.publisher,
            "demands": [
                {
                    "skill": result.demand.skill,
                    "label": plain_name(result.demand.label),
                    "required": result.demand.required,
                    "answer": str(result.answer),
                    "reasons": reasons_json(result.reasons, say),
                }
                for result in results
            ],
        }
    if body.occupation is not None:
        found = match_occupation(evidence, body.occupation, taxonomy, language=language)
        return comparison_json(found, say)
    matches = match_occupations(evidence, taxonomy, language=language, most=body.most)
    return {
        "taxonomy": taxonomy.name,
        "occupations": len(taxonomy.occupations),
        "attribution": list(taxonomy.attribution),
        "matches": [match_json(match, say) for match in matches],
    }


def compare_profile(
    desk: Desk, wallet: Wallet, source: bytes, language: str
) -> tuple[Comparison, tuple[DemandResult, ...], FunctionProfile]:
    """Verify a function profile; compare skills with it, and decide its demands on the proof.

    Only the publisher's key is fetched; nothing of the person goes anywhere.

    Raises:
        PassportError: as verify_function_profile.
    """
    profile = desk.examine(
        wallet, lambda documents: verify_function_profile(source, context=Context(documents, wallet.now()))
    )
    evidence = skill_evidence(wallet)
    asked = [
        Demanded(demand.skill, demand.required, plain_name(demand.label), demand.level)
        for demand in profile.demands
    ]
    name = plain_name(profile.name.get(language) or next(iter(profile.name.values())))
    compared = match_demands(evidence, asked, desk.taxonomy, language=language, name=name)
    return compared, decide(profile.demands, evidence, wallet.now()), profile


def found_json(taxonomy: Taxonomy, text: str, language: str) -> JsonObject:
    """Skills and occupations that a text finds."""
    return {
        "skills": [{"skill": iri, "label": label} for iri, label in find_skills(taxonomy, text, language)],
        "occupations": [
            {"occupation": iri, "label": label} for iri, label in find_occupations(taxonomy, text, language)
        ],
    }
