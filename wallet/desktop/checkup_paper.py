"""A check-up as PDF, for a talk with an adviser: what the page says, on paper."""

from collections.abc import Callable, Iterator

from passport.clock import format_datetime
from passport.paper import PaperReport, Saved, Section, write_report
from passport.texts import Language
from wallet.core.checkup.kept import KeptCheckUp
from wallet.views.checkup import Report
from wallet.views.rendering import Renderer, day_in_words


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
        every = [*changed.me, *changed.taxonomy, *changed.demand]
        nothing = () if every else (say("checkup-changed-nothing"),)
        day = day_in_words(report.since, language)
        yield Section(say("checkup-changed", day=day), nothing, items=every)
    counts = [
        say("checkup-strength-counts", count=count, strength=say(f"checkup-strength-{strength}"))
        for strength, count in report.counts.items()
        if count
    ]
    answers = [
        (words, say("checkup-answer", value=value, words=say(f"checkup-agree-{value}")))
        for words, value in report.answers
    ]
    yield Section(say("checkup-me"), () if counts else (say("checkup-no-skills"),), items=counts)
    if answers:
        yield Section(say("checkup-statements-of"), facts=answers)
    yield Section(say("checkup-work"), list(_source(renderer, language, report)), list(_work(say, report)))
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
    market = report.market
    if market is None:
        yield renderer.say("market.none", language)
        return
    if market.synthetic:
        yield f"{renderer.say('market-made-up', language)} {renderer.say('market.synthetic', language)}"
    yield renderer.say("checkup-source", language, {"publisher": market.name, "last": report.last})
    if report.regions:
        yield renderer.say("market-reached", language, {"regions": ", ".join(report.regions)})


def _work(say: Callable[..., str], report: Report) -> Iterator[tuple[str, str]]:
    for each in report.work:
        parts = [say(f"checkup-why-{each.why}"), say("checkup-met", met=each.met, of=each.of)]
        if report.market is not None:
            parts.append(" ".join(filter(None, (say(f"market-state-{each.demand}"), each.change))))
        yield each.label, "; ".join(parts)
