"""A check-up as PDF, for a talk with an adviser: what the page says, on paper."""

from collections.abc import Callable, Iterator

from passport.clock import format_datetime
from passport.paper import PaperReport, Saved, Section, write_report
from passport.texts import Language
from passport.texts.days import day_in_words
from wallet.core.checkup.kept import KeptCheckUp
from wallet.views.checkup import Report
from wallet.views.checkup_parts import Proven
from wallet.views.rendering import Renderer


def check_up_paper(renderer: Renderer, language: Language, one: KeptCheckUp, report: Report) -> Saved:
    """The report as a file. `report` is made with or without the answers; paper says what it says."""

    def say(code: str, **values: str | int) -> str:
        return renderer.say(code, language, values)

    day = day_in_words(one.snapshot.made, language)
    paper = PaperReport(
        title=say("checkup-of", day=day),
        about=say("checkup-talk"),
        sections=list(_sections(renderer, language, report)),
        foot=f"{say('checkup-foot')} {one.snapshot.holder}",
        made=one.snapshot.made,
        language=language,
        owner=one.snapshot.holder,
    )
    name = f"check-up-{format_datetime(one.snapshot.made)[:10]}.pdf"
    return Saved(name, "application/pdf", write_report(paper))


def _sections(renderer: Renderer, language: Language, report: Report) -> Iterator[Section]:
    def say(code: str, **values: str | int) -> str:
        return renderer.say(code, language, values)

    changed = report.changed
    if changed is not None:
        every = changed.sentences
        nothing = () if every else (say("checkup-changed-nothing"),)
        day = day_in_words(report.since, language)
        yield Section(say("checkup-changed", day=day), nothing, items=every)
    groups = [
        (f"{say(f'checkup-group-{each.group}')}: {each.count}", _named(say, each)) for each in report.groups
    ]
    answers = [
        (words, say("checkup-answer", value=value, words=say(f"checkup-agree-{value}")))
        for words, value in report.answers
    ]
    skills = say("checkup-skills", count=report.total) if groups else say("checkup-no-skills")
    yield Section(say("checkup-me"), (skills,), groups)
    if answers:
        yield Section(say("checkup-statements-of"), facts=answers)
    yield Section(say("checkup-work"), list(_source(renderer, language, report)), list(_work(say, report)))
    yield from _asked(say, report)
    if not report.actions:
        yield Section(say("checkup-actions"), (say("checkup-no-actions"),))
    else:
        yield Section(say("checkup-actions"), items=report.actions, mark="[   ]")
    if report.earlier:
        done = [f"[ {'x' if each_done else '  '} ]  {each}" for each, each_done in report.earlier]
        yield Section(say("checkup-became"), done)
    yield Section(say("checkup-how"), (say("checkup-how-about"),))


def _source(renderer: Renderer, language: Language, report: Report) -> Iterator[str]:
    """Whose figures they are; made-up ones are called that on paper too."""
    found = report.figures

    def say(code: str, **values: str | int) -> str:
        return renderer.say(code, language, values)

    if found is None:
        yield say("market.none")
        return
    if found.synthetic:
        yield f"{say('market-made-up')} {say('market.synthetic')}"
    if not found.current:
        yield say("market.expired", day=day_in_words(found.until, language))
    dated = say("checkup-dated", day=day_in_words(found.dated, language)) if found.dated else ""
    window = (
        say("checkup-window", first=found.first, last=found.last)
        if found.first
        else say("checkup-window-until", last=found.last)
    )
    yield f"{say('market-source')}: {', '.join(filter(None, (found.publisher, dated)))}. {window}"
    if found.year:
        yield say("checkup-year", first=found.year, last=found.last)
    if report.regions:
        yield renderer.say("market-reached", language, {"regions": ", ".join(report.regions)})


def _work(say: Callable[..., str], report: Report) -> Iterator[tuple[str, str]]:
    for each in report.work:
        then = each.before
        parts = [say(f"checkup-why-{each.why}"), say("checkup-met", met=each.met, of=each.of)]
        if report.figures is not None:
            parts.append(" ".join(filter(None, (say(f"market-state-{each.demand}"), each.change))))
        if then is not None:
            parts.append(say("checkup-then", was=say("checkup-met", met=then.met, of=then.of)))
        yield each.label, "; ".join(parts)


def _named(say: Callable[..., str], one: Proven) -> str:
    """Which skills: on paper nothing unfolds."""
    was = [] if one.before is None else [say("checkup-then", was=one.before)]
    more = [say("checkup-and-more", count=one.more)] if one.more else []
    return "; ".join([*was, " ".join([", ".join(one.skills), *more])])


def _asked(say: Callable[..., str], report: Report) -> Iterator[Section]:
    """Demand in skills: what of it is there, and what is missing."""
    found = report.asked
    if found is None:
        return
    rows = [
        (
            f"{each.label} ({say(code)})",
            say(
                "checkup-asked-by",
                occupations=each.occupations,
                of=found.occupations,
                vacancies=each.vacancies,
            ),
        )
        for code, every in (("checkup-asked-have", found.have), ("checkup-asked-lack", found.lack))
        for each in every
    ]
    yield Section(say("checkup-asked"), (say("checkup-asked-about"),), rows)
