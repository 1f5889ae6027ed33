"""A simulation as JSON, with its assumptions and the word synthetic in it."""

from dataclasses import asdict

from matching.reach.simulate import Reach
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
                "share": round(one.share, 4),
                "interval": [round(bound, 4) for bound in one.interval],
            }
            for one in reach.policies
        ],
    }


def decimal(number: float, language: Language) -> str:
    """With one decimal, as people write it in this language."""
    written = f"{number:.1f}"
    return written.replace(".", ",") if language is Language.NL else written
