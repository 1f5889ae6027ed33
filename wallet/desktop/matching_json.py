"""Matching and searching as JSON: computed here, on what is here."""

from matching.closeness import closeness
from matching.onet import load_onet
from matching.taxonomy.compact import Taxonomy
from passport.evidence.policy import decide
from passport.evidence.profile import verify_function_profile
from passport.json import JsonObject, dump
from passport.verification import Context
from wallet.core.finding import find_occupations, find_skills
from wallet.core.intake_answers import levels
from wallet.core.match_profiles import compare_profile
from wallet.core.match_summary import opened_json
from wallet.core.matches import (
    Match,
    match_near,
    match_occupation,
    match_occupations,
    match_with_answers,
)
from wallet.core.plain_text import plain_name
from wallet.core.profile import profile_of
from wallet.core.skills import skill_evidence
from wallet.core.summary import Say, comparison_json, match_json, reasons_json
from wallet.core.wallet import Wallet
from wallet.desktop.bodies import MatchBody
from wallet.desktop.desk import Desk


def match_json_for(desk: Desk, wallet: Wallet, body: MatchBody, language: str, say: Say) -> JsonObject:
    """The answer to a match request."""
    person, taxonomy = profile_of(wallet), desk.taxonomy
    if body.profile is not None:
        return _profile_json(desk, wallet, dump(body.profile), language, say)
    if body.occupation is not None:
        found = match_occupation(person, body.occupation, taxonomy, language=language)
        opened = opened_json(person, body.occupation, taxonomy, language)
        return {**comparison_json(found, say), **opened, "closeness": str(closeness(opened["score"]))}
    if body.near is not None:
        near = match_near(person, body.near, taxonomy, language=language, most=body.most)
        return {**_about(taxonomy), "near": body.near, "matches": [_match(one, say) for one in near]}
    if body.answers:
        found_beside = match_with_answers(
            person, levels(wallet), load_onet(), taxonomy, language=language, most=body.most
        )
        listed = [{**_match(one, say), "difference": one.difference} for one in found_beside]
        return {**_about(taxonomy), "answers": len(levels(wallet)), "matches": listed}
    matches = match_occupations(person, taxonomy, language=language, most=body.most)
    return {**_about(taxonomy), "matches": [_match(one, say) for one in matches]}


def _about(taxonomy: Taxonomy) -> JsonObject:
    return {
        "taxonomy": taxonomy.name,
        "occupations": len(taxonomy.occupations),
        "attribution": list(taxonomy.attribution),
    }


def _match(one: Match, say: Say) -> JsonObject:
    return {**match_json(one, say), "closeness": str(one.closeness)}


def _profile_json(desk: Desk, wallet: Wallet, source: bytes, language: str, say: Say) -> JsonObject:
    """Verify a function profile; compare skills with it, and decide its demands on the proof.

    Only the publisher's key is fetched; nothing of the person goes anywhere.

    Raises:
        PassportError: as verify_function_profile.
    """
    profile = desk.examine(
        wallet, lambda documents: verify_function_profile(source, context=Context(documents, wallet.now()))
    )
    compared = compare_profile(profile_of(wallet), profile, desk.taxonomy, language=language)
    results = decide(profile.demands, skill_evidence(wallet), wallet.now())
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


def found_json(taxonomy: Taxonomy, text: str, language: str) -> JsonObject:
    """Skills and occupations that a text finds."""
    return {
        "skills": [{"skill": iri, "label": label} for iri, label in find_skills(taxonomy, text, language)],
        "occupations": [
            {"occupation": iri, "label": label} for iri, label in find_occupations(taxonomy, text, language)
        ],
    }
