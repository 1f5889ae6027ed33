"""`passport weigh`: how well is each skill proven, by what chain, why, and what would raise it?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from passport.answers import Answer
from passport.certificate_chains import authorities as read_authorities
from passport.cli import inputs
from passport.cli.sources import (
    AllowLoopback,
    Authorities,
    Offline,
    Publisher,
    Trust,
    read_trust,
    with_documents,
)
from passport.cli.weighing import Scale, read_records
from passport.clock import format_datetime, utc_now
from passport.documents import DocumentCache
from passport.errors import Invalid
from passport.evidence import SkillEvidence, decide, overall, verify_function_profile, weigh
from passport.evidence.demand import Demand
from passport.evidence.picture import draw_chain
from passport.evidence.report import write_demands, write_skill, write_skills
from passport.evidence.sentences import with_sentences
from passport.json import JsonObject
from passport.limits import PUBLISHED
from passport.terminal import AsJson, console, emit, read_file
from passport.texts import Language
from passport.verification import Context

_Files = Annotated[
    list[Path],
    typer.Argument(
        callback=inputs.there,
        help="Credentials, endorsements and presentations; folders; - for standard input.",
    ),
]
_Records = Annotated[
    list[str] | None,
    typer.Option("--record", help="A file or folder of records: FILE, or ID=FILE with the evidence's id."),
]
_Profile = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="A signed function profile to decide on.")
]


class UnknownSkillAsked(Invalid):
    code = "unknown_skill_asked"
    sentence = "None of the proofs names that skill."


def weigh_command(
    files: _Files,
    trust: Trust = None,
    publisher: Publisher = None,
    *,
    record: _Records = None,
    profile: _Profile = None,
    authorities: Authorities = None,
    holder: Annotated[
        str | None, typer.Option(help="DID of the holder: what is about anybody else counts for nothing.")
    ] = None,
    skill: Annotated[str | None, typer.Option(help="Only this skill, by its identifier.")] = None,
    language: Annotated[Language, typer.Option(help="Of the sentences and the picture.")] = Language.EN,
    challenge: Annotated[str | None, typer.Option(help="The challenge that a presentation answers.")] = None,
    domain: Annotated[str | None, typer.Option(help="The domain that a presentation is for.")] = None,
    html: Annotated[Path | None, typer.Option(dir_okay=False, help="Write a page that stands alone.")] = None,
    svg: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the picture; of several skills one file each.")
    ] = None,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Weigh proof: per skill how strong it is, what rests on what, why, and what would raise it."""
    now, cache, certificates = utc_now(), DocumentCache(), read_authorities(authorities)
    store = read_trust(trust, publisher, offline=offline, allow_loopback=allow_loopback)
    found = list(inputs.read(inputs.find(files)))
    if not found:
        raise inputs.NothingGiven
    scale = with_documents(
        lambda documents: _examined(
            found, Scale(Context(documents, now, certificates=certificates), challenge, domain)
        ),
        offline=offline,
        allow_loopback=allow_loopback,
        cache=cache,
    )
    evidence = weigh(
        scale.credentials,
        trust=store,
        now=now,
        files=read_records(record or (), scale),
        holder=holder or scale.holder,
        endorsements=scale.endorsements,
    )
    if skill is not None:
        evidence = tuple(each for each in evidence if each.skill == skill)
        if not evidence:
            raise UnknownSkillAsked
    demands: tuple[Demand, ...] = ()
    if profile is not None:
        source = read_file(profile, PUBLISHED.size)
        demands = with_documents(
            lambda documents: verify_function_profile(source, context=Context(documents, now)).demands,
            offline=offline,
            allow_loopback=allow_loopback,
            cache=cache,
        )
    decided = decide(demands, evidence, now)
    report = {
        "weighedAt": format_datetime(now),
        "holder": holder or scale.holder,
        "files": scale.files,
        "met": str(overall(decided)) if decided else None,
        "demands": write_demands(decided),
        "skills": write_skills(evidence),
        "trustLists": [
            {
                "id": each.content.id,
                "version": each.content.version,
                "publisher": each.content.publisher_name,
                "ageDays": each.age_days(now),
                "fresh": each.fresh(now),
            }
            for each in store.lists
        ],
    }
    told = with_sentences(report, language)
    written = [*_pictures(svg, evidence, language), *_page(html, told, language)]
    emit(
        {**told, "written": [str(path) for path in written]},
        as_json=as_json,
        show=lambda: _show(told, written, language),
    )
    if not _good(scale, told):
        raise typer.Exit(1)


def _examined(found: Sequence[inputs.Input], scale: Scale) -> Scale:
    for each in found:
        scale.take(each)
    return scale


def _good(scale: Scale, told: JsonObject) -> bool:
    """All of it genuine, and what is asked met."""
    return all(each["genuine"] for each in scale.files) and told["met"] in {None, Answer.YES}


def _pictures(path: Path | None, evidence: tuple[SkillEvidence, ...], language: Language) -> list[Path]:
    if path is None:
        return []
    written = []
    for number, each in enumerate(evidence, 1):
        target = path if len(evidence) == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        picture = draw_chain(write_skill(each), language, heading=True, standalone=True)
        target.write_text(picture, encoding="utf-8")
        written.append(target)
    return written


def _page(path: Path | None, told: JsonObject, language: Language) -> list[Path]:
    if path is None:
        return []
    from passport.cli.weigh_page import page

    path.write_text(page(told, language), encoding="utf-8")
    return [path]


def _show(told: JsonObject, written: list[Path], language: Language) -> None:
    from passport.cli.weigh_shown import show

    show(told, language)
    for path in written:
        console.print(str(path))
