"""The words of a chain of proof: those in the picture, and the same as sentences for who does not see it."""

from dataclasses import dataclass

from passport.answers import Answer
from passport.evidence.kinds import Strength
from passport.evidence.link import SkillEvidence
from passport.evidence.picture.chain import Chain, Node, read_chain
from passport.evidence.picture.lettering import drawable
from passport.evidence.report import write_skill
from passport.json import JsonObject
from passport.texts import Language, render_reason, shared


@dataclass(frozen=True, slots=True)
class Told:
    """One act of a chain in words."""

    strength: Strength
    answer: Answer
    line: str
    why: str
    rests_on: tuple[str, ...]


def tell_chain(skill: SkillEvidence | JsonObject, language: Language, most: int) -> tuple[str, list[Told]]:
    """What the proof of a skill counts for, and its acts from hard to soft: for a screen without pictures."""
    content = write_skill(skill) if isinstance(skill, SkillEvidence) else skill
    chain, words = read_chain(content, most), Words(language)
    nodes = sorted(chain.nodes, key=lambda node: (-node.lane.rank, -node.depth))
    return words.verdict(chain), [words.of(node, chain) for node in nodes]


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language."""

    language: Language

    def say(self, code: str, **values: str | int) -> str:
        return shared().say(f"chain.{code}", self.language, values)

    def strength(self, strength: Strength) -> str:
        return self.say(f"strength.{strength}")

    def verdict(self, chain: Chain) -> str:
        """What the proof counts for, as one sentence."""
        if chain.answer is Answer.NO:
            return self.say("nothing")
        strength = self.strength(chain.strength).lower()
        if chain.answer is Answer.YES:
            return self.say("certain", strength=strength)
        if chain.strength_without is None:
            return self.say("uncertain-nothing", strength=strength)
        return self.say("uncertain", strength=strength, without=self.strength(chain.strength_without).lower())

    def who(self, node: Node) -> str:
        return self.say("holder") if node.who is None else node.who

    def name(self, node: Node) -> str:
        """What it is and who made it."""
        return f"{self.say(node.kind)}, {drawable(self.who(node))}"

    def when(self, node: Node) -> str:
        if node.date is None or node.age_months is None:
            return ""
        year, month, day = map(int, node.date.split("-"))
        name = self.say("months").split()[month - 1]
        ages = {0: "age-new", 1: "age-one"}
        age = self.say(ages.get(node.age_months, "age"), months=node.age_months)
        return f"{day} {name} {year} · {age}"

    def of(self, node: Node, chain: Chain) -> Told:
        """One act in words."""
        when = self.when(node)
        return Told(
            strength=node.lane,
            answer=node.answer,
            line=f"{self.name(node)}, {when}" if when else self.name(node),
            why="" if node.why is None else drawable(render_reason(node.why, self.language)),
            rests_on=tuple(
                self.name(chain.nodes[lower]) for upper, lower in chain.rests if upper == node.place
            ),
        )

    def told(self, chain: Chain) -> list[str]:
        """The picture as sentences, the strongest first."""
        told = [self.verdict(chain)]
        for each in (self.of(node, chain) for node in chain.nodes):
            state = self.say(f"state.{each.answer}")
            told.append(f"{each.line}, {self.strength(each.strength).lower()}, {state}.")
            told += [each.why] if each.why else []
            told += [self.say("rests", lower=lower) for lower in each.rests_on]
        told += [self.say("more", count=chain.more)] if chain.more else []
        told += [
            f"{self.say('raise')}: {drawable(render_reason(ghost.reason, self.language))}"
            for ghost in chain.ghosts
        ]
        return told
