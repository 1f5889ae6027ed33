"""`passport taxonomy diff`: two releases beside each other, and what they mean for somebody's skills."""

from pathlib import Path
from typing import Annotated

import typer

from matching.bundle import load_bundle, load_previous, read_bundle, taxonomy_of
from matching.errors import TaxonomyFileMissing
from matching.signed_parts import MANIFEST, read_files
from matching.skills_file import parse_skills
from matching.taxonomy.compact import Taxonomy
from matching.texts import render
from matching.upgrade.changes import ReleaseDiff, diff_releases
from matching.upgrade.personal import TOP, PersonalDiff, explain_upgrade
from matching.upgrade.summary import personal_json, release_json
from passport.terminal import SPOKEN, AsJson, InLanguage, console, emit, read_file
from passport.texts import Language

SHOWN = 12
"""Concepts of one list that are shown to people; --json shows all."""

Which = Annotated[str, typer.Argument(help="A release (1.1.1), or the folder of a bundle.")]


def diff(
    old: Which,
    new: Which,
    *,
    skills: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Somebody's skills (JSON): how their places moved."),
    ] = None,
    esco: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder with ESCO's zip archives, for a release."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=100, help="How many of the nearest occupations.")] = TOP,
    language: InLanguage = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Compare two releases of a taxonomy: what appeared, went, was renamed or merged."""
    older, newer = _release(old, esco), _release(new, esco)
    if skills is None:
        found = diff_releases(older, newer, str(language))
        emit(release_json(found), as_json=as_json, show=lambda: _show_release(found))
        return
    weights = parse_skills(read_file(skills)).weights
    personal = explain_upgrade(weights, older, newer, language=str(language), top=top)
    emit(personal_json(personal, language), as_json=as_json, show=lambda: show_personal(personal, language))


def _release(which: str, esco: Path | None) -> Taxonomy:
    """A release by its version, from the archives or of those that are shipped; or a bundle in a folder."""
    folder = Path(which)
    if (folder / MANIFEST).is_file():
        bundle, publisher = read_files(folder)
        return read_bundle(bundle, publishers={publisher})
    if esco is not None:
        from matching.building import read_releases

        return taxonomy_of(read_releases(esco, None, which).newer)
    for shipped in (load_bundle, load_previous):
        if which in {shipped().version, shipped().name}:
            return shipped()
    raise TaxonomyFileMissing(release=which)


def _show_release(found: ReleaseDiff) -> None:
    console.print(f"{found.older} → {found.newer}")
    for table, counts in found.counts().items():
        console.print(f"{table:<14}", ", ".join(f"{fate} {count}" for fate, count in counts.items()))
    relations = sum(map(len, found.needs.values()))
    console.print(f"{len(found.needs)} occupations ask otherwise, in {relations} relations.")
    for one in (*found.occupations, *found.skills)[:SHOWN]:
        beside = f" ({one.before})" if one.before else f" → {one.into_label}" if one.into else ""
        console.print(f"{one.fate}: {one.label}{beside}", markup=False)


def show_personal(found: PersonalDiff, language: Language) -> None:
    """An upgrade in sentences; the wallet's command shows the same."""
    for reason in found.reasons:
        console.print(render(reason, language), markup=False)
    for work in found.moved:
        first, *why = (render(reason, language) for reason in work.reasons)
        console.print(first, markup=False, style="bold")
        for sentence in why:
            console.print(f"    {sentence}", markup=False)
