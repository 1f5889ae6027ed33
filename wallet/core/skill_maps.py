"""Maps from qualifications to skills that the person took in; verified again whenever they are used."""

import hashlib

from passport.answers import Answer
from passport.documents import DocumentCache, Documents
from passport.errors import Indeterminate, PassportError
from passport.errors.elm import SkillMapRollback
from passport.evidence.skill_map import SkillMap, parse_skill_map, verify_skill_map
from passport.json import canonicalize
from passport.verification import Context
from wallet.core import limits
from wallet.core.unsure import check_incoming
from wallet.core.wallet import Kind, Wallet
from wallet.errors_imports import TooManyImported


def verify_map(wallet: Wallet, source: bytes, documents: Documents) -> SkillMap:
    """Verify a map that came in against the one that is here; whoever signed it is shown to the person.

    Raises:
        SkillMapRollback: a lower version, the same version with another content, or another publisher.
        Indeterminate: it can't be checked, and another version of it is here.
        PassportError: what parsing and verifying raise.
    """
    held = wallet.vault.of_kind(Kind.SKILL_MAP).get(_record(parse_skill_map(source)))
    found, _ = check_incoming(
        lambda: verify_skill_map(source, context=Context(documents, wallet.now())),
        lambda: parse_skill_map(source),
        held=held is not None,
        authentic=lambda _: Answer.YES,  # a host without cryptography raises
    )
    if held is not None:
        known = parse_skill_map(held)
        same = known.version == found.version
        if known.publisher != found.publisher and _waits(held, Context(wallet.documents(), wallet.now())):
            return found  # nobody could tell whose the other one is: it holds no place
        if known.publisher != found.publisher or found.version < known.version:
            raise SkillMapRollback
        if same and canonicalize(known.document) != canonicalize(found.document):
            raise SkillMapRollback
    return found


def keep_map(wallet: Wallet, found: SkillMap, source: bytes) -> None:
    """Keep a map that was verified; raises TooManyImported."""
    record = _record(found)
    here = wallet.vault.of_kind(Kind.SKILL_MAP)
    if record not in here and len(here) >= limits.SKILL_MAPS:
        raise TooManyImported(limit=limits.SKILL_MAPS)
    if here.get(record) != source:
        wallet.save({(Kind.SKILL_MAP, record): source})


def skill_maps(wallet: Wallet, documents: DocumentCache | None = None) -> tuple[SkillMap, ...]:
    """The maps that still verify today, by their address; one that doesn't gives nothing."""
    context = Context(wallet.documents() if documents is None else documents, wallet.now())
    found: list[SkillMap] = []
    for source in wallet.vault.of_kind(Kind.SKILL_MAP).values():
        try:
            found.append(verify_skill_map(source, context=context))
        except PassportError:
            continue
    return tuple(sorted(found, key=lambda one: one.id))


def unchecked_maps(wallet: Wallet) -> tuple[SkillMap, ...]:
    """The maps whose signature can't be checked at this moment: shown, and nothing is derived by them."""
    context = Context(wallet.documents(), wallet.now())
    held = wallet.vault.of_kind(Kind.SKILL_MAP).values()
    found = [parse_skill_map(source) for source in held if _waits(source, context)]
    return tuple(sorted(found, key=lambda one: one.id))


def _waits(source: bytes, context: Context) -> bool:
    try:
        verify_skill_map(source, context=context)
    except Indeterminate:
        return True
    except PassportError:
        return False
    return False


def _record(found: SkillMap) -> str:
    return hashlib.sha256(found.id.encode("utf-8")).hexdigest()[:32]
