"""A simulation as JSON, with its assumptions and the word synthetic in it."""

from dataclasses import asdict

from matching.reach.policies import Policy
from matching.reach.simulate import PolicyReach, Reach
from matching.texts import catalogue
from passport.json import JsonObject
from passport.texts import Language


def reach_json(reach: Reach, language: Language) -> JsonObject:
    say = catalogue().say
    return {
        "synthetic": True,
        "about": say("reach.synthetic", language, {"people": reach.people}),
        "people": reach.people,
        "seed": reach.seed,
        "shareOfRequired": float(reach.share),
        "demandsLeftOut": reach.left_out,
        "timesAsManyWithoutDiploma": None if reach.times is None else round(reach.times, 2),
        "assumptions": asdict(reach.assumed),
        "policies": [
            {
                "policy": str(one.policy),
                "text": say(f"reach.{one.policy}", language),
                "reached": one.reached,
                "sameAs": None if one.same_as is None else str(one.same_as),
                "share": round(one.share, 4),
                "interval": [round(bound, 4) for bound in one.interval],
            }
            for one in reach.policies
        ],
    }


def reach_sentences(reach: Reach, language: Language) -> tuple[str, ...]:
    """What the numbers are, what is enough, and how to read lines that are left out or alike."""
    say = catalogue().say
    said = [
        say("reach.about", language),
        say("reach.enough", language, {"percent": round(100 * reach.share)}),
        say("reach.times-none", language)
        if reach.times is None
        else say("reach.times", language, {"times": decimal(reach.times, language)}),
    ]
    if reach.of(Policy.AS_ASKED).same_as is Policy.SKILLS:
        said.append(say("reach.asks-skills-alone", language))
    elif len(reach.told) < len(reach.policies):
        said.append(say("reach.same-once", language))
    if reach.alike:
        said.append(say("reach.alike", language))
    if reach.left_out:
        said.append(say("reach.left-out", language, {"count": reach.left_out}))
    return tuple(said)


def line_sentence(one: PolicyReach, language: Language) -> str:
    """How many one policy reaches, in words."""
    say = catalogue().say
    low, high = (round(one.of * bound) for bound in one.interval)
    policy = say(f"reach.{one.policy}", language)
    return say(
        "reach.sentence",
        language,
        {"policy": policy, "reached": one.reached, "of": one.of, "low": low, "high": high},
    )


def decimal(number: float, language: Language) -> str:
    """With one decimal, as people write it in this language."""
    written = f"{number:.1f}"
    return written.replace(".", ",") if language is Language.NL else written
