"""Which of the asked credentials are returned (OpenID4VP 1.0, section 6.4.2): all, or one option a set."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from passport.openid4vp.dcql import DcqlQuery

NONE_CHOSEN: Mapping[int, int | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """What is returned for one credential set query."""

    required: bool
    possible: tuple[int, ...]
    """The options that can be met, by place."""
    option: int | None
    """The one that is returned; None for nothing of it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is returned, in the order of the query; of what can't be answered nothing is."""

    queries: tuple[str, ...]
    sets: tuple[ChosenSet, ...]
    """One for each of `credential_sets`; none where the query has none."""
    missing: tuple[str, ...]
    """Queries that must be met and are not, where there are no sets."""

    @property
    def can_be_answered(self) -> bool:
        """Whether everything that is required can be returned."""
        return not self.missing and all(each.option is not None for each in self.sets if each.required)


def select_credentials(
    query: DcqlQuery, satisfied: Collection[str], chosen: Mapping[int, int | None] = NONE_CHOSEN
) -> Selection:
    """Choose what to return.

    Of a required set it is the option that the person chose, else the first that can be met: the verifier
    likes that one best. Of a set that is not required nothing leaves unless the person chose it.

    Args:
        query: what is asked.
        satisfied: ids of the credential queries that some credential meets.
        chosen: by the place of a set the place of an option, as the person chose; None for none of it.
    """
    if not query.credential_sets:
        asked = [each.id for each in query.credentials]
        missing = tuple(each for each in asked if each not in satisfied)
        return Selection(() if missing else tuple(asked), (), missing)
    sets = []
    for place, each in enumerate(query.credential_sets):
        possible = tuple(
            number for number, option in enumerate(each.options) if all(name in satisfied for name in option)
        )
        wanted = chosen.get(place)
        option = wanted if wanted in possible else possible[0] if possible and each.required else None
        sets.append(ChosenSet(each.required, possible, option))
    if any(each.required and each.option is None for each in sets):
        return Selection((), tuple(sets), ())
    named = {
        name
        for each, made in zip(query.credential_sets, sets, strict=True)
        if made.option is not None
        for name in each.options[made.option]
    }
    return Selection(tuple(each.id for each in query.credentials if each.id in named), tuple(sets), ())
