"""Does free text find its skills? Without a model, by character n-grams.

    python benchmarks/intake_text.py [--data ../shared/data] [--json]

1. An alternative label that was taken out of the index finds its skill in ten: alone, and within a sentence.
   "labels alone": with nothing else in the index, as in benchmarks/matching_quality.py.
2. Real sentences: O*NET's task statements of an occupation, read as what somebody does on a working day. Of
   the skills that are offered, how many belong to the ESCO occupations of that code, and how many by chance?
"""

import argparse
import csv
import gzip
import json
import random
import time
from pathlib import Path
from statistics import mean

from matching.bundle import load_bundle
from matching.intake.free_text import parts_of, read_text
from matching.intake.ngrams import CommonFirst, NgramIndex
from matching.onet import load_onet
from matching.taxonomy.model import Grade

SEED, TEXTS, JOBS, TASKS = 5, 600, 80, 8
SENTENCE = "On a working day I mostly {} and then I have lunch with my colleagues."


def held_out(taxonomy):
    """Skills with one alternative label each, and all texts without it."""
    chooser = random.Random(SEED)
    names = taxonomy.skills.alternates["en"]
    having = [number for number, text in enumerate(names) if text]
    asked = {number: chooser.choice(names[number].split("\t")) for number in chooser.sample(having, TEXTS)}
    texts = [
        " ".join((label, *(each for each in other.split("\t") if each != asked.get(number))))
        for number, (label, other) in enumerate(zip(taxonomy.skills.labels["en"], names, strict=True))
    ]
    return asked, texts


def in_ten(index, asked, form="{}"):
    found = 0
    for number, text in asked.items():
        best: dict[int, float] = {}
        for _, part in parts_of(form.format(text)) if form != "{}" else [("", text)]:
            for each, score in index.scores(part).items():
                best[each] = max(score, best.get(each, 0.0))
        found += number in sorted(best, key=lambda each: (-best[each], each))[:10]
    return found / len(asked)


def working_days(taxonomy, folder):
    """Per O*NET code a text of its tasks, and the skills of its ESCO occupations."""
    onet, chooser, tasks = load_onet(), random.Random(SEED), {}
    with gzip.open(
        folder / "onet-29.3" / "Task_Statements.csv.gz", "rt", encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            tasks.setdefault(row["O*NET-SOC Code"], []).append(row["Task"])
    for code in chooser.sample(sorted(tasks), len(tasks)):
        esco = [match.iri for match in onet.esco_of(code) if match.iri in taxonomy.occupations]
        if esco:
            wanted = {skill for iri in esco for grade in Grade for skill in taxonomy.skills_of(iri, grade)}
            yield "\n".join(chooser.sample(tasks[code], min(TASKS, len(tasks[code])))), wanted


def real_sentences(taxonomy, folder):
    rows, times = [], []
    for text, wanted in working_days(taxonomy, folder):
        started = time.process_time()
        offered = read_text(text, taxonomy)
        times.append(time.process_time() - started)
        if offered:
            rows.append(
                (sum(one.skill in wanted for one in offered) / len(offered), len(offered), len(wanted))
            )
        if len(rows) == JOBS:
            break
    return {
        "belong to the work": mean(share for share, _, _ in rows),
        "by chance": mean(wanted for *_, wanted in rows) / len(taxonomy.skills),
        "offered": mean(count for _, count, _ in rows),
        "milliseconds a text": 1000 * mean(times[1:]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    taxonomy = load_bundle()
    asked, texts = held_out(taxonomy)
    having = [0] * len(taxonomy.skills)
    for links in taxonomy.needed_by.values():
        for number, occupations in enumerate(links):
            having[number] += len(occupations)
    labels, whole = (CommonFirst(NgramIndex(each), having) for each in (taxonomy.skills.labels["en"], texts))
    found = {
        "alternative label, in ten, labels alone": in_ten(labels, asked),
        "alternative label, in ten": in_ten(whole, asked),
        "within a sentence, in ten": in_ten(whole, asked, SENTENCE),
        **{
            f"tasks of O*NET: {name}": value
            for name, value in real_sentences(taxonomy, arguments.data).items()
        },
    }
    if arguments.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        print(f"{name:<44}{value:.3f}")


if __name__ == "__main__":
    main()
