"""How many questions does the self-assessment take? On made-up people, each from one O*NET occupation.

    python benchmarks/intake_assessment.py [--people 100] [--json]

Somebody answers as their occupation asks, a little milder or stricter than others (a normal deviation of 0.4
step), each answer off by a normal error of 0.6 or 1.0 step, rounded to 1 to 5. Counted: how many of the first
ten are those of all 68 items, and whether the occupation that the person was made from is among them.
Synthetic: it says how the questions work, not how people are.
"""

import argparse
import json
import random
from statistics import mean, median

from matching.intake.adaptive import FIRST_TEN, next_item, progress
from matching.intake.assessment import SHORT_FORM, expected, fit
from matching.onet.items import ITEMS
from matching.onet.shipped import load_onet

SEED, BIAS, NOISES, POINTS = 11, 0.4, (0.6, 1.0), (10, 20, 30, 40, 50, 60)


def person(onet, number, noise, chooser):
    mild = chooser.gauss(0, BIAS)
    return {
        item.id: min(5, max(1, round(column[number] + mild + chooser.gauss(0, noise))))
        for item, column in zip(ITEMS, expected(onet), strict=True)
    }


def first_ten(answers, onet):
    return [one.code for one in fit(answers, onet)[:FIRST_TEN]]


def adaptive(answers, onet):
    """The first ten after each question, and after how many questions it was enough."""
    given, tens, enough = [], [], None
    while (item := next_item(dict(given), onet)) is not None:
        given.append((item, answers[item]))
        tens.append(first_ten(dict(given), onet))
        if enough is None and progress(given, onet).enough:
            enough = len(given)
    return tens, enough


def measure(onet, noise, people):
    chooser = random.Random(SEED)
    made = [chooser.randrange(len(onet.occupations)) for _ in range(people)]
    rows = []
    for number in made:
        answers = person(onet, number, noise, chooser)
        full = first_ten(answers, onet)
        short = first_ten({item: answers[item] for item in SHORT_FORM}, onet)
        tens, enough = adaptive(answers, onet)
        rows.append((onet.occupations[number].code, full, short, tens, enough))

    def same(ten, full):
        return len(set(ten) & set(full)) / FIRST_TEN

    def after(count):
        return {
            "same": mean(same(tens[count - 1], full) for _, full, _, tens, _ in rows),
            "own": mean(own in tens[count - 1] for own, _, _, tens, _ in rows),
        }

    stops = [enough or len(ITEMS) for *_, enough in rows]
    return {
        "error": noise,
        "all 68": {"own": mean(own in full for own, full, *_ in rows)},
        "short form of 60": {
            "same": mean(same(short, full) for _, full, short, *_ in rows),
            "own": mean(own in short for own, _, short, *_ in rows),
        },
        "adaptive, until enough": {
            "questions, median": median(stops),
            "questions, ninth of ten": sorted(stops)[int(0.9 * len(stops))],
            "same": mean(
                same(tens[stop - 1], full) for (_, full, _, tens, _), stop in zip(rows, stops, strict=True)
            ),
            "own": mean(
                own in tens[stop - 1] for (own, _, _, tens, _), stop in zip(rows, stops, strict=True)
            ),
        },
        "adaptive, questions until eight of ten are the same": median(
            next(count for count, ten in enumerate(tens, 1) if same(ten, full) >= 0.8)
            for _, full, _, tens, _ in rows
        ),
        "adaptive, questions until all ten are the same": median(
            next(count for count, ten in enumerate(tens, 1) if set(ten) == set(full))
            for _, full, _, tens, _ in rows
        ),
        **{f"adaptive, after {count}": after(count) for count in POINTS},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    onet = load_onet()
    found = [measure(onet, noise, arguments.people) for noise in NOISES]
    if arguments.json:
        print(json.dumps(found, indent=1))
        return
    for one in found:
        for name, value in one.items():
            told = (
                value if not isinstance(value, dict) else ", ".join(f"{k} {v:.2f}" for k, v in value.items())
            )
            print(f"{name:<52}{told}")
        print()


if __name__ == "__main__":
    main()
