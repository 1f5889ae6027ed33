"""What is wrong with a catalogue of modules for those who will plan with it, though it can be read."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from matching.folding import fold
from matching.plan.catalogue import Module, ModuleCatalogue
from matching.taxonomy.compact import Taxonomy
from passport.answers import Reason
from passport.evidence.findings import Finding, Severity

_SOON = timedelta(days=30)
_HOURS_FOR_ONE = 4
"""Hours that learning one skill takes at the very least; promising more is no plan to build on."""
_LONG = 1_600
"""Hours of a school year; who works beside it needs smaller steps."""


class CatalogueCode(StrEnum):
    EXPIRED = "catalogue.expired"
    ENDS_SOON = "catalogue.ends-soon"
    OTHER_TAXONOMY = "catalogue.other-taxonomy"
    SKILL_UNKNOWN = "catalogue.skill-unknown"
    SKILL_RETIRED = "catalogue.skill-retired"
    NAME_DIFFERS = "catalogue.name-differs"
    NO_CREDENTIAL = "catalogue.no-credential"
    NO_PLACE = "catalogue.no-place"
    NO_LEVELS = "catalogue.no-levels"
    STARTS_OVER = "catalogue.starts-over"
    TITLE_MISSING_EN = "catalogue.title-missing.en"
    TITLE_MISSING_NL = "catalogue.title-missing.nl"
    ASKS_UNKNOWN = "catalogue.asks-unknown"
    ASKS_IN_CIRCLE = "catalogue.asks-in-circle"
    SAME_TITLE = "catalogue.same-title"
    TOO_FAST = "catalogue.too-fast"
    TOO_LONG = "catalogue.too-long"
    NO_HOURS = "catalogue.no-hours"


def lint_catalogue(
    catalogue: ModuleCatalogue, *, now: datetime, taxonomy: Taxonomy | None = None
) -> tuple[Finding, ...]:
    """Everything found, errors first; `Finding.skill` is the id of the module, None for the whole catalogue.

    Without a taxonomy nothing is said of the skills themselves.
    """
    found = [*_whole(catalogue, now, taxonomy), *_titles(catalogue), *_asked(catalogue)]
    for module in catalogue.modules:
        found += _module(module, now)
        if taxonomy is not None and catalogue.taxonomy == taxonomy.name:
            found += _skills(module, taxonomy)
    return tuple(sorted(found, key=lambda each: tuple(Severity).index(each.severity)))


def _whole(catalogue: ModuleCatalogue, now: datetime, taxonomy: Taxonomy | None) -> Iterator[Finding]:
    if now >= catalogue.valid_until:
        yield Finding(Severity.ERROR, Reason(CatalogueCode.EXPIRED))
    elif now + _SOON >= catalogue.valid_until:
        yield Finding(Severity.WARNING, Reason(CatalogueCode.ENDS_SOON))
    if taxonomy is not None and catalogue.taxonomy != taxonomy.name:
        yield Finding(Severity.WARNING, Reason(CatalogueCode.OTHER_TAXONOMY, {"name": taxonomy.name}))
    if not any(each.level for module in catalogue.modules for each in module.skills):
        yield Finding(Severity.HINT, Reason(CatalogueCode.NO_LEVELS))


def _titles(catalogue: ModuleCatalogue) -> Iterator[Finding]:
    """Modules of one provider that people could not tell apart."""
    named = {module.id: (fold(module.provider), fold(module.title_in("nl"))) for module in catalogue.modules}
    counted = Counter(named.values())
    for module in catalogue.modules:
        if counted[named[module.id]] > 1:
            yield Finding(Severity.WARNING, Reason(CatalogueCode.SAME_TITLE, _named(module)), module.id)


def _asked(catalogue: ModuleCatalogue) -> Iterator[Finding]:
    """Modules that ask one first that is not here, or each other in a circle."""
    named = {module.id: module for module in catalogue.modules}
    waiting = {each.id: set(each.asks_modules) & named.keys() for each in catalogue.modules}
    while ready := [identifier for identifier, asked in waiting.items() if not asked & waiting.keys()]:
        for identifier in ready:
            del waiting[identifier]
    for module in catalogue.modules:
        if not set(module.asks_modules) <= named.keys():
            yield Finding(Severity.WARNING, Reason(CatalogueCode.ASKS_UNKNOWN, _named(module)), module.id)
        if module.id in waiting:
            yield Finding(Severity.ERROR, Reason(CatalogueCode.ASKS_IN_CIRCLE, _named(module)), module.id)


def _module(module: Module, now: datetime) -> Iterator[Finding]:
    def finding(severity: Severity, code: CatalogueCode) -> Finding:
        return Finding(severity, Reason(code, _named(module)), module.id)

    if module.starts and module.next_start(now.date()) is None:
        yield finding(Severity.ERROR, CatalogueCode.STARTS_OVER)
    if module.hours == 0:
        yield finding(Severity.ERROR, CatalogueCode.NO_HOURS)
    elif module.hours < _HOURS_FOR_ONE * len(module.skills):
        yield finding(Severity.WARNING, CatalogueCode.TOO_FAST)
    elif module.hours > _LONG:
        yield finding(Severity.WARNING, CatalogueCode.TOO_LONG)
    if module.achievement is None:
        yield finding(Severity.WARNING, CatalogueCode.NO_CREDENTIAL)
    if module.place is None and not module.online:
        yield finding(Severity.WARNING, CatalogueCode.NO_PLACE)
    for language, code in (("nl", CatalogueCode.TITLE_MISSING_NL), ("en", CatalogueCode.TITLE_MISSING_EN)):
        if language not in module.title:
            yield finding(Severity.HINT, code)


def _skills(module: Module, taxonomy: Taxonomy) -> Iterator[Finding]:
    for taught in (*module.skills, *module.asks_skills):
        values = {**_named(module), "skill": taught.name}
        if taught.skill in taxonomy.retired:
            yield Finding(Severity.WARNING, Reason(CatalogueCode.SKILL_RETIRED, values), module.id)
        elif taught.skill not in taxonomy.skills:
            yield Finding(Severity.ERROR, Reason(CatalogueCode.SKILL_UNKNOWN, values), module.id)
        elif fold(taught.name) not in {fold(taxonomy.label(taught.skill, each)) for each in ("nl", "en")}:
            yield Finding(Severity.HINT, Reason(CatalogueCode.NAME_DIFFERS, values), module.id)


def _named(module: Module) -> dict[str, str | int]:
    return {f"title.{language}": module.title_in(language) for language in ("nl", "en")}
