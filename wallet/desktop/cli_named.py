"""What a command names: by the beginning of its id or by its title, exactly one thing or none.

Of a skill or an occupation that is not there, those that come close are told, in the language that is spoken.
"""

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from matching.errors import UnknownOccupation
from matching.named import as_lines, skill_titled
from matching.named import occupation_named as titled_or_asked
from matching.search import Found
from matching.taxonomy.compact import Taxonomy
from wallet.core.shelf import kept
from wallet.core.wallet import Wallet
from wallet.errors import UnknownRecord, UnknownSkill
from wallet.errors_intake import WhichSkill

_ALIKE = 0.5
"""As difflib counts: half of the letters are the same, in order."""
_NEAR = 4
"""Skills that are told of when none is named exactly."""


def one_named(named: str, ids: Iterable[str]) -> str:
    """The id that is named whole or by its beginning. Raises UnknownRecord where that is none, or several."""
    known = set(ids)
    found = [named] if named in known else [each for each in known if named and each.startswith(named)]
    if len(found) != 1:
        raise UnknownRecord
    return found[0]


def credentials_named(wallet: Wallet, named: Iterable[str]) -> list[str]:
    """The ids of credentials, each once, in the order in which they were named. Raises UnknownRecord."""
    ids = [one.id for one in kept(wallet)]
    return list(dict.fromkeys(one_named(each, ids) for each in named))


def occupation_named(taxonomy: Taxonomy, text: str, language: str) -> str:
    """An occupation by its IRI or its whole title in any language: nothing is guessed at.

    Raises WhichOccupation with those that come close, and UnknownOccupation where none does.
    """
    found = titled_or_asked(text, taxonomy, language)
    if found not in taxonomy.occupations:
        raise UnknownOccupation
    return found


def skill_named(taxonomy: Taxonomy, text: str, language: str) -> str:
    """A skill by its IRI or its whole name in any language: nothing is guessed at.

    Raises WhichSkill with those that come close, and UnknownSkill where none does.
    """
    if text in taxonomy.skills:
        return text
    found = skill_titled(text, taxonomy, language)
    if found is not None:
        return found
    near = () if "://" in text else taxonomy.search_skills(text, language, top=_NEAR)
    if not near:
        raise UnknownSkill
    raise WhichSkill(near=as_lines(near))


def skill_among(skills: Mapping[str, str], text: str) -> Collection[str]:
    """Of skills with their labels those that are named by their IRI, or by a part of their label.

    Raises WhichSkill with those that are spelled nearly so, and UnknownSkill where none is.
    """
    found = [skill for skill, label in skills.items() if text == skill or text.casefold() in label.casefold()]
    if not found:
        near = get_close_matches(text, skills.values(), _NEAR, _ALIKE)
        if not near:
            raise UnknownSkill
        raise WhichSkill(
            near=as_lines(Found(skill, label, 1.0) for skill, label in skills.items() if label in near)
        )
    return [text] if text in skills else found
