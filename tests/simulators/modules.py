"""Modules and catalogues of them, as a school or a workplace would publish."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from matching.plan.catalogue import read_module
from matching.plan.publishing import build_module_catalogue, sign_module_catalogue
from passport.dids.did_key import create_did_key
from passport.json import JsonObject
from passport.keys import KeyType, Signer, load_signer

SCHOOL_KEY = load_signer(KeyType.ED25519, bytes(range(1, 33)))


def module_document(skill: str, *more: str, number: int = 1, **members: Any) -> JsonObject:
    """One module in JSON that teaches these skills."""
    level = members.pop("level", None)
    name = members.pop("skill_name", "a skill")
    taught = {"name": name, **({} if level is None else {"level": level})}
    return {
        "id": f"https://school.example/m/{number}",
        "title": {"nl": f"Module {number}", "en": f"Module {number}"},
        "provider": "A school",
        "skills": [{"skill": each, **taught} for each in (skill, *more)],
        "hours": 40,
        "cents": 10_000,
        "form": "school",
        "online": False,
        **members,
    }


def catalogue_source(
    modules: Sequence[JsonObject], *, now: datetime, signer: Signer = SCHOOL_KEY, **changes: Any
) -> bytes:
    """A signed catalogue of these modules, in force at that moment."""
    members: dict[str, Any] = {
        "catalogue_id": "https://school.example/modules",
        "version": 1,
        "name": {"nl": "Modules van een school", "en": "A school's modules"},
        "publisher": create_did_key(signer.public_key),
        "publisher_name": "A school",
        "taxonomy": "ESCO 1.1.1",
        "valid_from": now - timedelta(days=1),
        "valid_until": now + timedelta(days=300),
        "modules": [read_module(each) for each in modules],
    }
    return sign_module_catalogue(build_module_catalogue(**{**members, **changes}), signer=signer, created=now)
