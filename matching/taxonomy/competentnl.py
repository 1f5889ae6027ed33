"""CompetentNL, from its publisher's linked data in Turtle: what occupations ask, and their tasks.

The names are those of its ontology (https://linkeddata.competentnl.nl/def/competentnl#) and of UWV's part of
it. The data itself is open and not at hand here: the loader is tested on a made-up file of that shape.
Many capabilities belong to over nine in ten occupations; scoring weighs by rarity, so they tell little.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matching.errors import MalformedTaxonomyArchive
from matching.onet.crosswalk import MatchType
from matching.taxonomy.cleaning import count, is_iri, look_alikes, plain_label
from matching.taxonomy.hierarchy import without_circles
from matching.taxonomy.model import Concept, Grade, Occupation, Release, Reuse, Skill, SkillKind
from matching.taxonomy.turtle import RDF_TYPE, Literal, Triple, read_turtle

_CNLO = "https://linkeddata.competentnl.nl/def/competentnl#"
_UWV = "https://linkeddata.competentnl.nl/uwv/def/competentnl_uwv#"
_SKOS, _XL = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2008/05/skos-xl#"

OCCUPATION = f"{_CNLO}Occupation"
KINDS = {
    f"{_CNLO}HumanCapability": SkillKind.SKILL,
    f"{_CNLO}KnowledgeArea": SkillKind.KNOWLEDGE,
}
GRADES = {
    f"{_CNLO}requiresHATEssential": Grade.ESSENTIAL,
    f"{_CNLO}requiresHATImportant": Grade.IMPORTANT,
    f"{_CNLO}requiresHATSomewhat": Grade.SOMEWHAT,
}
TASK_GRADES = {
    f"{_UWV}isCharacterizedByOccupationTask_Essential": Grade.ESSENTIAL,
    f"{_UWV}isCharacterizedByOccupationTask_Optional": Grade.OPTIONAL,
}
"""What these point to is a task, whatever its class is called."""
MATCHES = {
    f"{base}{kind}Match{end}": kind
    for base, end in ((_SKOS, ""), (_CNLO, "ESCO"))
    for kind in (MatchType.EXACT, MatchType.CLOSE, MatchType.BROAD, MatchType.NARROW, MatchType.RELATED)
}
_LABELS = {
    f"{_SKOS}prefLabel": True,
    f"{_SKOS}altLabel": False,
    f"{_XL}prefLabel": True,
    f"{_XL}altLabel": False,
}
_LANGUAGES = ("nl", "en")
ATTRIBUTION = "CompetentNL, by UWV, SBB, CBS and TNO (competentnl.nl)."
LICENCE = "open data; see competentnl.nl"


@dataclass(frozen=True, slots=True)
class Matched:
    """A concept of CompetentNL and one of another taxonomy, with the publisher's own match type."""

    iri: str
    other: str
    match_type: MatchType


@dataclass(frozen=True, slots=True)
class CompetentNl:
    release: Release
    matches: tuple[Matched, ...]


class _Graph:
    """The statements that matter, by what they say."""

    def __init__(self, triples: Iterable[Triple], dropped: Counter[str]) -> None:
        self.types: defaultdict[str, set[str]] = defaultdict(set)
        self.labels: defaultdict[str, list[tuple[bool, str | Literal]]] = defaultdict(list)
        self.forms: dict[str, Literal] = {}
        self.broader: defaultdict[str, set[str]] = defaultdict(set)
        self.notations: dict[str, str] = {}
        self.needs: list[tuple[str, str, Grade]] = []
        self.tasks: set[str] = set()
        self.matches: set[Matched] = set()
        for triple in triples:
            if not is_iri(triple.subject):
                dropped["iri-malformed"] += 1
            else:
                self._take(triple)

    def _take(self, triple: Triple) -> None:
        subject, predicate, value = triple
        if predicate in _LABELS:
            self.labels[subject].append((_LABELS[predicate], value))
        elif isinstance(value, Literal):
            if predicate == f"{_XL}literalForm":
                self.forms[subject] = value
            elif predicate == f"{_SKOS}notation":
                self.notations[subject] = plain_label(value.text)
        elif predicate == RDF_TYPE:
            self.types[subject].add(value)
        elif predicate == f"{_SKOS}broader":
            self.broader[subject].add(value)
        elif predicate in GRADES:
            self.needs.append((subject, value, GRADES[predicate]))
        elif predicate in TASK_GRADES:
            self.needs.append((subject, value, TASK_GRADES[predicate]))
            self.tasks.add(value)
        elif predicate in MATCHES:
            self.matches.add(Matched(subject, value, MATCHES[predicate]))

    def named(self, iri: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """Labels and other names per language. One without a language is Dutch; English falls back to it."""
        preferred: dict[str, str] = {}
        others: defaultdict[str, set[str]] = defaultdict(set)
        for first, value in sorted(self.labels.get(iri, ()), key=repr):
            form = value if isinstance(value, Literal) else self.forms.get(value)
            language = "" if form is None else (form.language or "nl").partition("-")[0]
            text = "" if form is None else plain_label(form.text)
            if not text or language not in _LANGUAGES:
                continue
            if first and language not in preferred:
                preferred[language] = text
            else:
                others[language].add(text)
        if preferred:
            preferred.setdefault("en", preferred.get("nl", ""))
        return preferred, {name: tuple(sorted(found)) for name, found in others.items()}


def read_competentnl(data: bytes, version: str) -> CompetentNl:
    """Read one release.

    Raises:
        MalformedTaxonomyArchive: not Turtle of the subset, or without occupations, capabilities or relations.
        TaxonomyArchiveTooLarge: beyond the bounds.
    """
    dropped: Counter[str] = Counter()
    graph = _Graph(read_turtle(data), dropped)
    skills = {skill.iri: skill for skill in _skills(graph, dropped)}
    occupations = {one.iri: one for one in _occupations(graph, dropped)}
    needs = _needs(graph, occupations, skills, dropped)
    if not needs:
        raise MalformedTaxonomyArchive
    dropped = Counter({rule: times for rule, times in sorted(dropped.items()) if times})
    release = Release(
        scheme="CompetentNL",
        version=version,
        licence=LICENCE,
        attribution=(ATTRIBUTION,),
        occupations=tuple(
            Occupation(one.iri, one.labels, one.alternates, one.broader, one.code, needs.get(iri, {}))
            for iri, one in sorted(occupations.items())
        ),
        skills=tuple(skill for _, skill in sorted(skills.items())),
        skill_groups=(),
        occupation_groups=(),
        dropped=dropped,
        look_alikes=look_alikes(skill.labels["en"] for skill in skills.values()),
    )
    known = skills.keys() | occupations.keys()
    matches = (match for match in graph.matches if match.iri in known and is_iri(match.other))
    return CompetentNl(release, tuple(sorted(matches, key=lambda match: (match.iri, match.other))))


def _concepts(graph: _Graph, wanted: Iterable[str], dropped: Counter[str]) -> Iterator[Concept]:
    known = frozenset(wanted)
    above = {iri: tuple(sorted(graph.broader[iri] & known)) for iri in sorted(known & graph.broader.keys())}
    orphans = sum(len(graph.broader[iri] - known) for iri in known & graph.broader.keys())
    dropped["broader-to-unknown-concept"] += orphans
    broader, closing = without_circles(above)
    dropped["broader-in-a-circle"] += closing
    for iri in sorted(known):
        labels, others = graph.named(iri)
        if not count(dropped, "label-missing", when=not labels):
            yield Concept(iri, labels, others, broader.get(iri, ()))


def _skills(graph: _Graph, dropped: Counter[str]) -> Iterator[Skill]:
    """A knowledge area is a capability too in the ontology: the narrower kind counts."""
    kinds = {iri: SkillKind.TASK for iri in graph.tasks if iri in graph.labels}
    for called, kind in KINDS.items():
        kinds |= {iri: kind for iri, types in graph.types.items() if called in types}
    named = {one.iri: one for one in _concepts(graph, kinds, dropped)}
    for iri, one in named.items():
        broader = tuple(above for above in one.broader if above in named)
        yield Skill(iri, one.labels, one.alternates, broader, kinds[iri], Reuse.CROSS_SECTOR)


def _occupations(graph: _Graph, dropped: Counter[str]) -> Iterator[Occupation]:
    wanted = [iri for iri, types in graph.types.items() if OCCUPATION in types]
    named = {one.iri: one for one in _concepts(graph, wanted, dropped)}
    for iri, one in named.items():
        broader = tuple(above for above in one.broader if above in named)
        yield Occupation(iri, one.labels, one.alternates, broader, graph.notations.get(iri, ""))


def _needs(
    graph: _Graph,
    occupations: Mapping[str, Occupation],
    skills: Mapping[str, Skill],
    dropped: Counter[str],
) -> dict[str, dict[Grade, tuple[str, ...]]]:
    order = tuple(Grade)
    found: defaultdict[str, dict[str, Grade]] = defaultdict(dict)
    for occupation, skill, grade in graph.needs:
        if occupation not in occupations:
            dropped["relation-to-unknown-occupation"] += 1
        elif skill not in skills:
            dropped["relation-to-unknown-skill"] += 1
        else:
            before = found[occupation].get(skill, grade)
            count(dropped, "relation-graded-twice", when=before is not grade)
            found[occupation][skill] = min(before, grade, key=order.index)
    return {
        iri: {
            grade: tuple(sorted(skill for skill, mine in needs.items() if mine is grade)) for grade in order
        }
        for iri, needs in found.items()
    }
