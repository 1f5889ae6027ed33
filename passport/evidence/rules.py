"""The rule table: what a signed claim can count for at most, row by row as docs/evidence.md has it.

Every row that fits is a ceiling; the highest counts. Then the rows that lower are applied. So nothing that
a credential says about its own strength can raise it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from passport.evidence.kinds import ASSESSED, AT_WORK, Assessor, Method, SignedBy, Strength
from passport.trust import Recognition


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules look at, for one credential and one skill; every part from verified material."""

    signed_by: SignedBy
    recognised_as: frozenset[Recognition] = frozenset()
    methods: frozenset[Method] = frozenset()
    bound: frozenset[Method] = frozenset()
    """The methods that a record with a digest stands behind."""
    changed: bool = False
    formal: bool = False
    """A diploma, certificate or micro-credential by its achievement type."""
    result: bool = False
    """An outcome is stated."""
    not_passed: bool = False
    """An outcome is stated that is no pass: failed, withdrawn, still under way."""
    in_circle: bool = False
    """It rests on itself, by way of other acts."""
    assessor: Assessor = Assessor.UNNAMED
    label: Strength | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: it fits when everything it names is so; None and False name nothing."""

    id: str
    ceiling: Strength
    signed_by: frozenset[SignedBy] = frozenset(SignedBy)
    recognised_as: frozenset[Recognition] | None = None
    """One of these; the empty set means recognised as nothing."""
    methods: frozenset[Method] | None = None
    """One of these."""
    formal: bool | None = None
    needs_bound: bool = False
    """A record with a digest stands behind one of the methods."""
    needs_result: bool = False
    assessor: Assessor | None = None

    @property
    def reason(self) -> str:
        return f"evidence.rule.{self.id}"

    def fits(self, facts: Facts) -> bool:
        return (
            facts.signed_by in self.signed_by
            and self._recognised(facts.recognised_as)
            and (self.methods is None or not self.methods.isdisjoint(self._methods(facts)))
            and (self.formal is None or facts.formal is self.formal)
            and (facts.result or not self.needs_result)
            and (self.assessor is None or facts.assessor is self.assessor)
        )

    def _recognised(self, found: frozenset[Recognition]) -> bool:
        if self.recognised_as is None:
            return True
        return not self.recognised_as.isdisjoint(found) if self.recognised_as else not found

    def _methods(self, facts: Facts) -> frozenset[Method]:
        return facts.bound if self.needs_bound else facts.methods


@dataclass(frozen=True, slots=True)
class Lowering:
    """One row that lowers whatever the table gave."""

    id: str
    ceiling: Strength
    applies: Callable[[Facts], bool]

    @property
    def reason(self) -> str:
        return f"evidence.lowered.{self.id}"


_OTHERS = frozenset(SignedBy) - {SignedBy.HOLDER}
_EMPLOYERS = frozenset({Recognition.EMPLOYER, Recognition.WORK_PLACEMENT_COMPANY})
_VALIDATORS = frozenset({Recognition.VALIDATOR})
_EDUCATORS = frozenset({Recognition.EDUCATOR})

RULES: tuple[Rule, ...] = (
    Rule("holder", Strength.SOFT, signed_by=frozenset({SignedBy.HOLDER})),
    Rule("unknown", Strength.SOFT, signed_by=_OTHERS, recognised_as=frozenset(), formal=False),
    Rule(
        "work-record",
        Strength.SEMI_HARD,
        signed_by=_OTHERS,
        recognised_as=_EMPLOYERS,
        methods=AT_WORK,
        needs_bound=True,
    ),
    Rule("bare-statement", Strength.SOFT, signed_by=_OTHERS, recognised_as=_EMPLOYERS),
    Rule(
        "assessment",
        Strength.SEMI_HARD,
        signed_by=_OTHERS,
        recognised_as=_VALIDATORS,
        methods=ASSESSED,
    ),
    Rule(
        "independent-assessment",
        Strength.HARD,
        signed_by=_OTHERS,
        recognised_as=_VALIDATORS,
        methods=ASSESSED,
        needs_bound=True,
        needs_result=True,
        assessor=Assessor.INDEPENDENT,
    ),
    Rule("school-diploma", Strength.HARD, signed_by=_OTHERS, recognised_as=_EDUCATORS, formal=True),
    Rule(
        "school-examination",
        Strength.HARD,
        signed_by=_OTHERS,
        recognised_as=_EDUCATORS,
        methods=frozenset({Method.EXAMINATION}),
    ),
    Rule("not-recognised-here", Strength.SOFT, signed_by=_OTHERS, recognised_as=frozenset(), formal=True),
    Rule("other-statement", Strength.SOFT, signed_by=_OTHERS, recognised_as=frozenset(Recognition)),
)
"""Of rows with one ceiling the first counts. The last closes the table: recognised, but not for this."""

EVIDENCE_CHANGED = Lowering("evidence-changed", Strength.SOFT, lambda facts: facts.changed)

LOWERINGS: tuple[Lowering, ...] = (
    EVIDENCE_CHANGED,
    Lowering("in-circle", Strength.SOFT, lambda facts: facts.in_circle),
    Lowering("derived", Strength.SOFT, lambda facts: Method.DERIVED in facts.methods),
    Lowering("self-report", Strength.SOFT, lambda facts: facts.methods == {Method.SELF_REPORT}),
    Lowering("not-passed", Strength.SOFT, lambda facts: facts.not_passed),
    Lowering("assessed-by-holder", Strength.SOFT, lambda facts: facts.assessor is Assessor.HOLDER),
    Lowering("label-soft", Strength.SOFT, lambda facts: facts.label is Strength.SOFT),
    Lowering("label-semi-hard", Strength.SEMI_HARD, lambda facts: facts.label is Strength.SEMI_HARD),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the table gives, the row that gave it, and the rows that lowered it."""

    ceiling: Strength
    rule: Rule
    lowered_by: tuple[Lowering, ...]
    facts: Facts


def judge(facts: Facts) -> Verdict:
    """Apply the table; every combination of facts fits a row."""
    rule = max((row for row in RULES if row.fits(facts)), key=lambda row: row.ceiling.rank)
    lowered = tuple(row for row in LOWERINGS if row.ceiling < rule.ceiling and row.applies(facts))
    ceiling = min([rule.ceiling, *(row.ceiling for row in lowered)])
    return Verdict(ceiling, rule, lowered, facts)
