"""What does the self-assessment add to the skills, and does it do harm? On made-up people.

    python benchmarks/matching/assessed.py [--people 700] [--json] [--check]

Somebody has a part of the essential skills of an occupation, and some wrong ones, and answers the 60
questions of the short form as the O*NET occupation that the crosswalk names for it asks, off by a normal
error of 1.0 step. Where does the own occupation stand (MRR)? Beside it the same people with answers of a
stranger, made from any other occupation: whatever self-assessment is worth, it must not spoil what the skills
say.

Synthetic, and kind to the answers: they come from the crosswalk that they are read by. Related work (nDCG@10)
is left out, as O*NET makes its related occupations from these very ratings.
"""

import argparse
import json
import random
import sys
from statistics import mean

from related import Peers

from matching.bundle import load_bundle
from matching.intake.as_skills import WEIGHT, skills_of_answers
from matching.intake.assessment import SHORT_FORM, expected
from matching.intake.beside import rank_beside
from matching.onet import load_onet
from matching.onet.items import ITEMS
from matching.score import rank

SEED, MILD, ERROR = 5, 0.4, 1.0
HARM = 0.005
"""An MRR that falls by less than this is noise of 700 people."""
WEIGHTS = (WEIGHT, 0.5, 1.0)


def answers_of(onet, number, chooser):
    mild = chooser.gauss(0, MILD)
    return {
        item.id: min(5, max(1, round(column[number] + mild + chooser.gauss(0, ERROR))))
        for item, column in zip(ITEMS, expected(onet), strict=True)
        if item.id in SHORT_FORM
    }


def measure(taxonomy, onet, peers, *, share, wrong, people, stranger):
    chooser = random.Random(SEED)
    numbers = {one.code: number for number, one in enumerate(onet.occupations)}
    rated = {}
    for own, iri in enumerate(taxonomy.occupations.iris):
        codes = [numbers[match.iri] for match in onet.onet_of(iri) if match.iri in numbers]
        if codes and peers.essential[own]:
            rated[own] = codes[0]
    used = sorted(peers.having)
    found = {"skills alone": [], **{f"answers as skills, {each}": [] for each in WEIGHTS}}
    found |= {"answers beside": [], "both, as shipped": []}
    for own in chooser.sample(sorted(rated), people):
        essential = sorted(peers.essential[own])
        kept = chooser.sample(essential, max(1, round(share * len(essential))))
        wrongly = chooser.sample(used, wrong)
        skills = dict.fromkeys((taxonomy.skills.iris[each] for each in {*kept, *wrongly}), 1.0)
        number = chooser.randrange(len(onet.occupations)) if stranger else rated[own]
        answers = answers_of(onet, number, chooser)
        iri = taxonomy.occupations.iris[own]

        def with_answers(weight, skills=skills, answers=answers):
            return rank(
                {**dict.fromkeys((one.skill for one in skills_of_answers(answers)), weight), **skills},
                taxonomy,
            )

        def beside(ranking, answers=answers, iri=iri):
            return next(
                one.place for one in rank_beside(ranking, answers, onet, taxonomy) if one.occupation == iri
            )

        plain = rank(skills, taxonomy)
        found["skills alone"].append(1 / plain.place_of(iri))
        for weight in WEIGHTS:
            found[f"answers as skills, {weight}"].append(1 / with_answers(weight).place_of(iri))
        found["answers beside"].append(1 / beside(plain))
        found["both, as shipped"].append(1 / beside(with_answers(WEIGHT)))
    return {name: mean(values) for name, values in found.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=700)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    taxonomy, onet = load_bundle(), load_onet()
    peers = Peers(taxonomy)
    found = {
        f"{'stranger' if stranger else 'own'} answers, {share:.0%} and {wrong} wrong": measure(
            taxonomy, onet, peers, share=share, wrong=wrong, people=options.people, stranger=stranger
        )
        for share, wrong in ((0.25, 25), (0.5, 0))
        for stranger in (False, True)
    }
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        for name, values in found.items():
            print(name)
            for each, value in values.items():
                print(f"  {each:<28}{value:.3f}")
    harmed = [n for n, values in found.items() if values["both, as shipped"] < values["skills alone"] - HARM]
    if options.check and harmed:
        sys.exit(f"harm: {harmed}")


if __name__ == "__main__":
    main()
