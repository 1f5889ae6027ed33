"""Work that the code or title of a Dutch vocational qualification suggests: to choose from."""

from collections.abc import Iterable

from matching.folding import fold
from matching.mbo import Qualification, Suggested, load_mbo, suggest_occupations
from matching.taxonomy.compact import Taxonomy


def qualification_of(names: Iterable[str], title: str) -> Qualification | None:
    """The qualification with one of the codes, or else with that very title; None where there is none."""
    mbo = load_mbo()
    known = (mbo.by_crebo.get(name.strip()) for name in names)
    found = next((one for one in known if one is not None), None)
    if found is not None:
        return found
    wanted = " ".join(fold(title).split())
    return next((one for one in mbo.qualifications if fold(one.name) == wanted), None)


def suggested_work(
    names: Iterable[str], title: str, taxonomy: Taxonomy, *, language: str
) -> tuple[Suggested, ...]:
    """Nothing is derived from it before the person chooses one."""
    found = qualification_of(names, title)
    return () if found is None else suggest_occupations(found, taxonomy, language=language)
