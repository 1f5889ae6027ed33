"""What of a kept credential can stay behind, form by form: its issuer decided that when it signed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from passport.errors import PassportError
from passport.evidence.held import Separable
from passport.evidence.parts import Place, parts_of
from passport.json import JsonObject, parse_object
from passport.limits import CREDENTIAL
from passport.proofs.selective import mandatory_pointers
from passport.sd_jwt import parse
from passport.sd_jwt.pointers import parse_pointer
from passport.sd_jwt.processing import unfold
from wallet.core.forms import SELECTIVE, FormName, KeptForm
from wallet.core.shelf import Kept

_ALIGNMENT = ("credentialSubject", "achievement", "alignment")
_WITH_THE_WHOLE = frozenset({"@context", "id", "type", "proof"})


class Fineness(IntEnum):
    """How much of a credential is left out, when it would count for less with more left out."""

    PARTS = 2
    """Whatever the demands don't need."""
    SKILLS = 1
    """Skills alone."""
    WHOLE = 0
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A form of which parts can be shown, read as the document that it is."""

    form: KeptForm
    tree: JsonObject
    optional: frozenset[Place]


def opened(one: Kept) -> tuple[Opened, ...]:
    """The forms of a credential of which this wallet can show a part."""
    return tuple(found for form in one.forms if form.name in SELECTIVE for found in _opened(form))


def separable(one: Kept, fineness: Fineness) -> Separable | None:
    """What to plan with: the form that leaves most to the holder; None where nothing can stay behind."""
    forms = opened(one)
    if fineness is Fineness.WHOLE or not forms:
        return None
    finest = max(forms, key=lambda each: len(each.optional))
    places = finest.optional
    if fineness is Fineness.SKILLS:
        places = frozenset(place for place in places if place[:3] == _ALIGNMENT)
    token = finest.form.name is not FormName.ECDSA_SD
    return Separable(places, keeps_digest=token and finest.form is one.forms[0])


def _opened(form: KeptForm) -> Iterator[Opened]:
    try:
        if form.name is FormName.ECDSA_SD:
            tree = parse_object(form.source, CREDENTIAL)
            mandatory = [parse_pointer(pointer) for pointer in mandatory_pointers(tree)]
            yield Opened(form, tree, _apart(tree, frozenset(_left_to_the_holder(tree, mandatory))))
        else:
            unfolded = unfold(parse(form.source.decode("ascii", "replace").strip()))
            yield Opened(form, unfolded.claims, _disclosable(unfolded.placed))
    except PassportError:
        return  # derived from already, or nothing that this wallet can show a part of


def _left_to_the_holder(value: Any, mandatory: Iterable[Place], at: Place = ()) -> Iterator[Place]:
    """The largest places in which nothing is mandatory."""
    if any(at[: len(each)] == each for each in mandatory):
        return
    inside = [each for each in mandatory if each[: len(at)] == at]
    if at and not inside:
        yield at
        return
    for name, item in items_of(value):
        if name not in _WITH_THE_WHOLE:
            yield from _left_to_the_holder(item, mandatory, (*at, name))


def _apart(tree: JsonObject, left: Collection[Place]) -> frozenset[Place]:
    """The same, no larger than the parts that a badge has: of a proof every statement can be left out."""
    parts = [part.place for part in parts_of(tree)]
    within = {place for place in parts if any(place[: len(each)] == each for each in left)}
    deeper = {each for each in left if not any(place[: len(each)] == each for place in parts)}
    return frozenset(within | deeper)


def _disclosable(placed: Iterable[Place]) -> frozenset[Place]:
    """The largest disclosures, but for those that all skills stand in: these are always shown."""
    places = [each for each in placed if each != _ALIGNMENT[: len(each)]]
    return frozenset(
        each
        for each in places
        if not any(len(other) < len(each) and each[: len(other)] == other for other in places)
    )


def items_of(value: Any) -> list[tuple[str, Any]]:
    """The members of an object by name, the items of a list by number."""
    if isinstance(value, Mapping):
        return list(value.items())
    return [(str(number), item) for number, item in enumerate(value)] if isinstance(value, list) else []
