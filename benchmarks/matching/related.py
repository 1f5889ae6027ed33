"""Related work: the ground truth, the peers that are measured beside, and how good an order is."""

import csv
import gzip
import io
import math
import random
from collections import Counter, defaultdict

from matching.adjacent import skills_of_work
from matching.closeness import Closeness, closeness
from matching.score import rank
from matching.taxonomy.model import Grade

SEED, DRAWS = 5, 2_000


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


def graded(taxonomy, number):
    return skills_of_work(taxonomy.occupations.iris[number], taxonomy)


def related_work(taxonomy, peers, truth):
    """nDCG@10 of each, the difference with Jaccard and its interval, and what the words come to."""
    found = defaultdict(list)
    numbers, iris = taxonomy.occupations.numbers, taxonomy.skills.iris
    pairs, hits = Counter(), Counter()
    for own, wanted in truth.items():
        ranking = rank(graded(taxonomy, own), taxonomy)
        for one in ranking:
            number = numbers[one.occupation]
            if number != own:
                word = closeness(one.score)
                pairs[word] += 1
                hits[word] += number in wanted
        plain = rank([iris[skill] for skill in peers.all[own]], taxonomy)
        for name, order in (("ours", ranking), ("ours, all skills alike", plain)):
            best = [numbers[one.occupation] for one in order[:12]]
            found[name].append(ndcg([o for o in best if o != own], wanted))
        found["Jaccard"].append(ndcg(_first(peers.jaccard(peers.all[own]), own), wanted))
        found["coverage"].append(ndcg(_first(peers.coverage(peers.all[own]), own), wanted))
    means = {name: sum(values) / len(values) for name, values in found.items()}
    return {
        "queries": len(truth),
        **means,
        "above Jaccard": means["ours"] - means["Jaccard"],
        "above Jaccard, interval": _interval(found["ours"], found["Jaccard"]),
        "related, of pairs with the word": {str(word): hits[word] / pairs[word] for word in Closeness},
    }


def _interval(ours, theirs):
    """Of the mean difference: 95 % of seeded bootstrap draws of the queries."""
    chooser = random.Random(SEED)
    differences = [one - other for one, other in zip(ours, theirs, strict=True)]
    means = sorted(
        sum(chooser.choices(differences, k=len(differences))) / len(differences) for _ in range(DRAWS)
    )
    return [means[round(0.025 * DRAWS)], means[round(0.975 * DRAWS) - 1]]


def _first(scores, own, most=10):
    return sorted((o for o in scores if o != own), key=lambda o: (-scores[o], o))[:most]
