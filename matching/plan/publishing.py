"""Make a catalogue of modules, and sign it; `table` reads modules as a school has them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from matching.plan.catalogue import (
    CURRENCY,
    TYPE,
    Module,
    ModuleCatalogue,
    parse_module_catalogue,
    write_module,
)
from matching.plan.errors import MalformedModuleCatalogue
from passport.dids.did_key import create_did_key
from passport.json import JsonObject
from passport.keys import Signer
from passport.statements import HeadGiven, sign_statement, write_head


def build_module_catalogue(
    *,
    catalogue_id: str,
    taxonomy: str,
    modules: Sequence[Module],
    synthetic: bool = False,
    **head: Unpack[HeadGiven],
) -> JsonObject:
    """Write an unsigned catalogue.

    Raises:
        MalformedModuleCatalogue: what was given would not be read back.
    """
    document: JsonObject = {
        **write_head(TYPE, catalogue_id, **head),
        "taxonomy": taxonomy,
        "currency": CURRENCY,
        **({"synthetic": True} if synthetic else {}),
        "modules": [write_module(module) for module in modules],
    }
    parse_module_catalogue(document)
    return document


def sign_module_catalogue(document: JsonObject, *, signer: Signer, created: datetime) -> bytes:
    """Secure a catalogue with eddsa-jcs-2022: the same document, key and moment give the same bytes.

    Raises:
        MalformedModuleCatalogue: it is none, or it names another publisher than this key.
    """
    found: ModuleCatalogue = parse_module_catalogue(document)
    if found.publisher != create_did_key(signer.public_key):
        raise MalformedModuleCatalogue(member="publisher")
    return sign_statement(document, signer=signer, created=created)
