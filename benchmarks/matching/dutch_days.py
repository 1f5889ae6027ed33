"""Dutch sentences about a working day to skills: what an adviser would tick, among what is offered.

The sentences and the ticks are our own (synthetic, dutch_days.toml). Half of them were looked at while the
dictionary and its numbers were chosen; the other half was not, and the target is for that half.
"""

import tomllib
from pathlib import Path
from statistics import mean

from matching.intake.free_text import read_text

DAYS = Path(__file__).with_name("dutch_days.toml")
HALVES = ("tuning", "held-out")


def days(half):
    return [day for day in tomllib.loads(DAYS.read_text(encoding="utf-8"))["day"] if day["half"] == half]


def measured(taxonomy, half):
    labels, hits, right, counts = taxonomy.skills.labels["en"], [], [], []
    for day in days(half):
        wanted = set(day["skills"])
        unknown = wanted - set(labels)
        if unknown:
            raise ValueError(unknown)
        offered = [labels[taxonomy.skills.numbers[one.skill]] for one in read_text(day["says"], taxonomy)]
        found = sum(each in wanted for each in offered)
        hits.append(found > 0)
        right.append(found / len(offered) if offered else 0.0)
        counts.append(len(offered))
    return {
        "sentences": len(hits),
        "one or more right": mean(hits),
        "right": mean(right),
        "offered": mean(counts),
    }


def dutch_days(taxonomy):
    return {f"{half}: {name}": value for half in HALVES for name, value in measured(taxonomy, half).items()}
