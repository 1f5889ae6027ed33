"""`passport plan`: catalogues of modules, and the smallest set of them for what is missing."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as Grid

from matching.bundle import load_bundle
from matching.cli_wishes import AlsoUseful, Euros, FromHome, Hours, LeastOf, OnlyForm
from matching.explain import compare
from matching.named import occupation_named
from matching.plan.before import Held
from matching.plan.catalogue import ModuleCatalogue, verify_module_catalogue
from matching.plan.cover_problem import Aim
from matching.plan.drafting import Draft, draft
from matching.plan.errors import MalformedModuleTable
from matching.plan.example import example_catalogue, skills_for_example
from matching.plan.gaps import gaps_of
from matching.plan.lint import lint_catalogue
from matching.plan.publishing import build_module_catalogue, sign_module_catalogue
from matching.plan.reasons import reason_of_open, reasons_of_choice, reasons_of_draft
from matching.plan.summary import catalogue_json, draft_json, euros, finding_json
from matching.plan.table import read_module_table
from matching.plan.wishes import Wishes
from matching.skills_file import ListedSkills, parse_skills
from matching.texts import catalogue as sentences
from matching.texts import render
from passport.clock import utc_now
from passport.dids.did_key import create_did_key
from passport.documents import DocumentCache
from passport.evidence.findings import Severity
from passport.key_files import load_key_file
from passport.keys import generate_signer
from passport.limits import PUBLISHED
from passport.statements import new_head
from passport.terminal import (
    SPOKEN,
    AsJson,
    DaysInForce,
    File,
    InLanguage,
    NewVersion,
    PublisherKey,
    PublisherName,
    RowsOfSkills,
    WhoseSkills,
    console,
    emit,
    one_line,
    read_file,
)
from passport.texts import Language
from passport.verification import Context

app = typer.Typer(no_args_is_help=True)
catalogues = typer.Typer(no_args_is_help=True, help="Catalogues of modules: make, check, show.")
app.add_typer(catalogues, name="catalogue")

Publisher = Annotated[
    list[str] | None, typer.Option("--publisher", help="DID that you expect to have signed.")
]
Output = Annotated[Path, typer.Option("--output", "-o", help="The file.")]


@catalogues.command("make")
def make_catalogue(
    catalogue_id: Annotated[str, typer.Argument(help="The address where it will be published.")],
    table: RowsOfSkills,
    *,
    key: PublisherKey,
    name: Annotated[str, typer.Option(help="Name of the catalogue.")],
    publisher_name: PublisherName,
    taxonomy: WhoseSkills = "ESCO 1.1.1",
    version: NewVersion = 1,
    days: DaysInForce = 365,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="It is made up, as an example.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Make nothing where a row can't be used.")] = False,
    output: Output = Path("modules.json"),
    as_json: AsJson = False,
) -> None:
    """Make and sign a catalogue from a table (docs/module-catalogue.md has its columns).

    Rows that can't be used are left out, and counted by rule.
    """
    signer, now = load_key_file(key), utc_now()
    found = read_module_table(read_file(table, PUBLISHED.size))
    modules, left = found.modules, found.left_out
    if strict and left:
        raise MalformedModuleTable(**{str(rule): rows.count for rule, rows in left.items()})
    publisher = create_did_key(signer.public_key)
    document = build_module_catalogue(
        catalogue_id=catalogue_id,
        **new_head(name, publisher, publisher_name, version=version, now=now, days=days),
        taxonomy=taxonomy,
        modules=modules,
        synthetic=synthetic,
    )
    output.write_bytes(sign_module_catalogue(document, signer=signer, created=now))

    def show() -> None:
        console.print(f"Signed: {output}\nPublisher: {publisher}\nModules: {len(modules)}")
        for rule, rows in left.items():
            console.print(f"Left out, {rule}: {rows.count}, the first in line {rows.line}")

    emit(
        {
            "file": str(output),
            "id": catalogue_id,
            "publisher": publisher,
            "modules": len(modules),
            "rows": found.rows,
            "leftOut": {str(rule): {"rows": rows.count, "line": rows.line} for rule, rows in left.items()},
        },
        as_json=as_json,
        show=show,
    )


@catalogues.command("example")
def make_example(
    occupations: Annotated[list[str], typer.Argument(help="Occupations: IRIs, or titles.")],
    *,
    output: Output = Path("example-modules.json"),
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Write a catalogue of made-up modules to try plans with. It says itself that it is made up."""
    shipped = load_bundle()
    named = [occupation_named(text, shipped, language) for text in occupations]
    groups = [skills_for_example(each, shipped) for each in named]
    source = example_catalogue(groups, shipped, signer=generate_signer(), now=utc_now())
    output.write_bytes(source)
    emit(
        {"file": str(output), "occupations": named, "synthetic": True, "bytes": len(source)},
        as_json=as_json,
        show=lambda: console.print(f"Made up, as an example: {output}"),
    )


@catalogues.command()
def check(
    path: File,
    publisher: Publisher = None,
    *,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Verify a catalogue and say what is wrong with it for those who will plan with it."""
    found = _verified(path, publisher)
    findings = lint_catalogue(found, now=utc_now(), taxonomy=load_bundle())

    def show() -> None:
        _show_head(found, language)
        for each in findings:
            console.print(f"{each.severity}: {one_line(render(each.reason, language))}")
        if not findings:
            console.print("Nothing to mend.")

    emit(
        catalogue_json(found) | {"findings": [finding_json(each, language) for each in findings]},
        as_json=as_json,
        show=show,
    )
    if any(each.severity is Severity.ERROR for each in findings):
        raise typer.Exit(1)


@catalogues.command("show")
def show_catalogue(
    path: File,
    publisher: Publisher = None,
    *,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Verify a catalogue and list its modules."""
    found = _verified(path, publisher)

    def show() -> None:
        _show_head(found, language)
        rows = Grid("module", "provider", "form", "hours", "euros", "skills", box=None)
        for each in found.modules:
            rows.add_row(
                one_line(each.title_in(language)),
                one_line(each.provider),
                str(each.form),
                str(each.hours),
                euros(each.cents, language),
                str(len(each.skills)),
            )
        console.print(rows)

    emit(
        catalogue_json(found) | {"modules": found.document["modules"]},
        as_json=as_json,
        show=show,
    )


@app.command()
def make(
    skills: Annotated[list[str] | None, typer.Argument(help="IRIs of skills that somebody has.")] = None,
    *,
    occupation: Annotated[str, typer.Option("--for", help="The work: an occupation's IRI or title.")],
    from_: Annotated[
        list[Path], typer.Option("--catalogue", exists=True, dir_okay=False, help="A catalogue of modules.")
    ],
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", exists=True, dir_okay=False, help="JSON list of skills, or an export."),
    ] = None,
    hours: Hours = None,
    money: Euros = None,
    aim: LeastOf = Aim.FEWEST,
    form: OnlyForm = None,
    online: FromHome = False,
    optional: AlsoUseful = False,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Find the smallest set of modules for what is missing. Nothing is kept: a wallet keeps plans."""
    shipped, today = load_bundle(), utc_now().date()
    listed = parse_skills(read_file(file)) if file else ListedSkills({}, {})
    weights = {**listed.weights, **dict.fromkeys(skills or [], 1.0)}
    found = compare(weights, occupation_named(occupation, shipped, language), shipped, language=language)
    wishes = Wishes(hours, None if money is None else 100 * money, aim, form, online, optional)
    made = draft(
        gaps_of(found, optional=optional),
        [_verified(path, None) for path in from_],
        wishes,
        today=today,
        taxonomy=shipped,
        held=Held(dict.fromkeys(weights)),
    )
    value = {"for": found.subject, "label": found.label, **draft_json(made, language, today)}
    emit(value, as_json=as_json, show=lambda: _show_draft(made, language))


def _verified(path: Path, publisher: list[str] | None) -> ModuleCatalogue:
    return verify_module_catalogue(
        read_file(path, PUBLISHED.size),
        context=Context(DocumentCache(), utc_now()),
        expected_publishers=publisher,
    )


def _show_head(found: ModuleCatalogue, language: Language) -> None:
    if found.synthetic:
        console.print(sentences().say("plan.synthetic", language), style="bold")
    console.print(f"{one_line(found.name_in(language))}: {one_line(found.publisher_name)}, {found.version}")
    console.print(f"{found.publisher} ({found.authentic})", style="dim")


def _show_draft(made: Draft, language: Language) -> None:
    for catalogue in {each.offered.catalogue.id: each.offered.catalogue for each in made.chosen}.values():
        _show_head(catalogue, language)
    for reason in reasons_of_draft(made):
        console.print(render(reason, language))
    for each in made.chosen:
        spent = f"{each.module.hours} h, {euros(each.module.cents, language)}"
        console.print(
            f"\n{one_line(each.module.title_in(language))} ({one_line(each.module.provider)}; {spent})"
        )
        for gap in each.closes:
            console.print(f"  + {one_line(gap.label)}")
        for reason in reasons_of_choice(each):
            console.print(f"  {one_line(render(reason, language))}")
    if made.open:
        console.print()
    for left in made.open:
        console.print(f"- {one_line(left.gap.label)}: {one_line(render(reason_of_open(left), language))}")
