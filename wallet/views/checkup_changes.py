"""What changed since the check-up before, in words: in the person, in the list of skills, in the work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.checkup.changes import Changes
from matching.market.trend import State
from matching.taxonomy.compact import Taxonomy
from passport.texts import Language
from wallet.views.rendering import Renderer

FEW = 12
"""Names in one sentence; the others are counted."""
_SIGNS = {State.GROWING: "↗", State.STABLE: "→", State.SHRINKING: "↘", State.CANNOT_TELL: "?"}


@dataclass(frozen=True, slots=True)
class Note:
    """One change: a sign for who looks, and a sentence that says all of it."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since the one before."""

    me: Sequence[Note]
    taxonomy: Sequence[Note]
    demand: Sequence[Note]

    @property
    def sentences(self) -> list[str]:
        return [each.words for each in (*self.me, *self.taxonomy, *self.demand)]


def changed(
    renderer: Renderer, language: Language, taxonomy: Taxonomy, found: Changes, *, answers: bool = True
) -> Changed:
    """Every change as a note; answers are left out where the person leaves them out."""

    def say(code: str, **values: str | int) -> str:
        return renderer.say(f"checkup-{code}", language, values)

    def names(iris: Sequence[str]) -> str:
        few = ", ".join(taxonomy.label(iri, language) for iri in iris[:FEW])
        return few if len(iris) <= FEW else f"{few} {say('and-more', count=len(iris) - FEW)}"

    def skills(sign: str, code: str, iris: Sequence[str]) -> Iterator[Note]:
        if iris:
            yield Note(sign, say(code, count=len(iris), skills=names(iris)))

    me = [
        *skills("+", "gained", found.gained),
        *skills("-", "lost", found.lost),
        *skills("↑", "better", [each.after.skill for each in found.better]),
        *skills("↓", "worse", [each.after.skill for each in found.worse]),
        *(
            Note(
                "↑" if new > old else "↓",
                say(
                    "answered",
                    statement=renderer.say(f"checkup-statement-{each}", language),
                    before=old,
                    after=new,
                ),
            )
            for each, (old, new) in found.answers.items()
            if answers
        ),
    ]
    release = [
        *(
            [Note("•", say("release", before=found.taxonomy[0], after=found.taxonomy[1]))]
            if found.taxonomy
            else []
        ),
        *([Note("•", say("renumbered", count=len(found.renumbered)))] if found.renumbered else []),
        *skills("-", "skills-gone", found.gone),
    ]
    demand = [
        *([] if found.comparable else [Note("?", say("outdated" if found.outdated else "not-comparable"))]),
        *([Note("+", say("now-near", work=names(found.near)))] if found.near else []),
        *([Note("-", say("no-longer", work=names(found.away)))] if found.away else []),
        *(
            Note(
                "↑" if each.after.met * each.before.of >= each.before.met * each.after.of else "↓",
                say(
                    "work-skills",
                    work=taxonomy.label(each.after.occupation, language),
                    met=each.before.met,
                    of=each.before.of,
                    now=each.after.met,
                    now_of=each.after.of,
                ),
            )
            for each in found.skills_of_work
        ),
        *(
            Note(
                _SIGNS[each.after.demand],
                say(
                    "work-demand",
                    work=taxonomy.label(each.after.occupation, language),
                    then=renderer.say(f"market-state-{each.before.demand}", language),
                    demand=renderer.say(f"market-state-{each.after.demand}", language),
                ),
            )
            for each in found.demand
        ),
    ]
    return Changed(me, release, demand)
