"""How well does matching rank? Beside Jaccard and plain coverage, in one run.

    python benchmarks/matching_quality.py [--data ../shared/data] [--json]

1. Related work: for every ESCO occupation whose O*NET code has related codes (a ground truth that was not
   made from ESCO skills), the occupations of its own code and of related ones should be in the first ten.
2. A poor profile: own occupation from a quarter of its essential skills and 25 wrong ones.
3. Half a profile: own occupation from half of its essential skills.
4. Free text to skill: an alternative label finds its skill in ten, by an index of the preferred labels alone.
"""

import argparse
import csv
import gzip
import io
import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path

from matching.bundle import load_bundle
from matching.folding import fold
from matching.score import rank
from matching.taxonomy.model import Grade
from matching.words import WordIndex

SEED, PROFILES, TEXTS = 5, 600, 600
WEIGHT = {Grade.ESSENTIAL: 1.0, Grade.OPTIONAL: 0.5}


class Peers:
    """Jaccard over essential and optional skills, and coverage of the essential ones."""

    def __init__(self, taxonomy):
        self.essential = [set(row) for row in taxonomy.needs[Grade.ESSENTIAL]]
        self.all = [
            own | set(row) for own, row in zip(self.essential, taxonomy.needs[Grade.OPTIONAL], strict=True)
        ]
        self.having = defaultdict(list)
        for number, skills in enumerate(self.all):
            for skill in skills:
                self.having[skill].append(number)

    def jaccard(self, skills):
        shared = Counter(number for skill in skills for number in self.having[skill])
        return {o: n / (len(skills) + len(self.all[o]) - n) for o, n in shared.items()}

    def coverage(self, skills):
        shared = Counter(
            number for skill in skills for number in self.having[skill] if skill in self.essential[number]
        )
        return {o: n / len(self.essential[o]) for o, n in shared.items()}


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(io.StringIO(file.read())))


def related_truth(taxonomy, folder):
    """Per occupation the occupations that should be found: of its own O*NET code and of the related ones."""
    code, mapped = {}, defaultdict(set)
    for row in rows(folder / "esco_onet_crosswalk_nesta.csv.gz"):
        number = taxonomy.occupations.numbers.get(row["concept_uri"])
        if number is not None:
            code[number] = row["onet_code"]
            mapped[row["onet_code"]].add(number)
    related = defaultdict(set)
    for row in rows(folder / "related_occupations_dev.csv.gz"):
        related[row["O*NET-SOC Code"]].add(row["Related O*NET-SOC Code"])
    truth = {}
    for number, own in sorted(code.items()):
        wanted = {other for near in related[own] for other in mapped[near]}
        if wanted:
            truth[number] = (wanted | mapped[own]) - {number}
    return truth


def ndcg(order, wanted, most=10):
    gained = sum(1 / math.log2(place + 2) for place, number in enumerate(order[:most]) if number in wanted)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(most, len(wanted))))


def first(scores, own, most=10):
    return sorted((o for o in scores if o != own), key=lambda o: (-scores[o], o))[:most]


def related_work(taxonomy, peers, truth):
    sums, numbers = Counter(), taxonomy.occupations.numbers
    iris = taxonomy.skills.iris
    for own, wanted in truth.items():
        plain = [iris[skill] for skill in peers.all[own]]
        graded = {
            iris[skill]: weight for grade, weight in WEIGHT.items() for skill in taxonomy.needs[grade][own]
        }
        for name, skills in (("ours", graded), ("ours, all skills alike", plain)):
            order = [numbers[one.occupation] for one in rank(skills, taxonomy)[:12]]
            sums[name] += ndcg([o for o in order if o != own], wanted)
        sums["Jaccard"] += ndcg(first(peers.jaccard(peers.all[own]), own), wanted)
        sums["coverage"] += ndcg(first(peers.coverage(peers.all[own]), own), wanted)
    return {name: total / len(truth) for name, total in sums.items()}


def own_occupation(taxonomy, peers, share, wrong):
    chooser = random.Random(SEED)
    used = sorted(peers.having)
    reciprocal = firsts = asked = 0
    for own in chooser.sample(range(len(taxonomy.occupations)), PROFILES):
        essential = sorted(peers.essential[own])
        if not essential:
            continue
        asked += 1
        kept = chooser.sample(essential, max(1, round(share * len(essential))))
        skills = [taxonomy.skills.iris[s] for s in {*kept, *chooser.sample(used, wrong)}]
        iri = taxonomy.occupations.iris[own]
        place = next(one.place for one in rank(skills, taxonomy) if one.occupation == iri)
        reciprocal += 1 / place
        firsts += place == 1
    return {"mrr": reciprocal / asked, "first": firsts / asked, "profiles": asked}


def free_text(taxonomy):
    chooser = random.Random(SEED)
    labels = taxonomy.skills.labels["en"]
    index = WordIndex(labels, [""] * len(labels))
    found = asked = 0
    while asked < TEXTS:
        number = chooser.randrange(len(labels))
        names = taxonomy.skills.alternates["en"][number]
        if names:
            asked += 1
            scores = index.scores(fold(chooser.choice(names.split("\t"))))
            found += number in sorted(scores, key=lambda n: (-scores[n], n))[:10]
    return found / asked


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    taxonomy = load_bundle()
    peers = Peers(taxonomy)
    truth = related_truth(taxonomy, options.data / "crosswalk")
    related = related_work(taxonomy, peers, truth)
    found = {
        "taxonomy": taxonomy.name,
        "related work, nDCG@10": {"queries": len(truth), **related},
        "above Jaccard": related["ours"] - related["Jaccard"],
        "above Jaccard, all skills alike": related["ours, all skills alike"] - related["Jaccard"],
        "own occupation from 25 % and 25 wrong": own_occupation(taxonomy, peers, 0.25, 25),
        "own occupation from 50 %": own_occupation(taxonomy, peers, 0.5, 0),
        "free text to skill, found in ten": free_text(taxonomy),
    }
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        shown = (f"{part} {round(v, 4) if isinstance(v, float) else v}".strip() for part, v in parts)
        print(f"{name:<40}{', '.join(shown)}")


if __name__ == "__main__":
    main()
