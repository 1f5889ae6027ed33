"""Which of the shown credentials stand for which part: verified material in, the parts that are met out."""

from collections.abc import Sequence

from issuer.stacking.errors import PartNotChecked, PartsMissing
from issuer.stacking.records import Part, StackRule
from passport.answers import Answer
from passport.verification import VerifiedCredential


def parts_met(
    rule: StackRule, credentials: Sequence[VerifiedCredential]
) -> list[tuple[Part, VerifiedCredential]]:
    """The parts that are met, each by one credential, in the order of the rule.

    A part is met by a credential of that very achievement, from an issuer that counts for it, in force. As an
    achievement is a part once, no credential stands for two parts, and several for one part count as one: the
    one that holds longest.

    Raises:
        PartsMissing: fewer than are needed.
        PartNotChecked: enough, if what could not be checked now were in force.
    """
    met: list[tuple[Part, VerifiedCredential]] = []
    unsure = 0
    for part in rule.parts:
        fitting = [each for each in credentials if _fits(part, each)]
        in_force = [each for each in fitting if each.standing is Answer.YES]
        if in_force:
            met.append((part, max(in_force, key=_end)))
        elif any(each.standing is Answer.CANNOT_TELL for each in fitting):
            unsure += 1
    if len(met) >= rule.least:
        return met
    if len(met) + unsure >= rule.least:
        raise PartNotChecked
    raise PartsMissing(shown=len(met), needed=rule.least)


def _fits(part: Part, verified: VerifiedCredential) -> bool:
    credential = verified.credential
    return credential.subject.achievement.id == part.achievement and credential.issuer.id in part.issuers


def _end(verified: VerifiedCredential) -> tuple[float, str]:
    until = verified.credential.valid_until
    return (float("inf") if until is None else until.timestamp(), verified.credential.id)
