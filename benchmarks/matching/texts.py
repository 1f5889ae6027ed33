"""Free text to skill without a model, and Dutch titles with a typing error."""

import random

from matching.folding import fold
from matching.words import WordIndex

SEED, TEXTS = 5, 600


def free_text(taxonomy):
    """English; the alternative label that is asked is in no index."""
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
    return {"in ten": found / asked, "texts": asked}


def dutch_titles(taxonomy):
    """Dutch, with one letter left out: an occupation's other name finds it in ten."""
    chooser = random.Random(SEED)
    found = asked = 0
    names = taxonomy.occupations.alternates.get("nl", ())
    while asked < TEXTS // 3:
        number = chooser.randrange(len(taxonomy.occupations))
        if not names[number]:
            continue
        text = chooser.choice(names[number].split("\t"))
        if len(text) < 6:
            continue
        place = chooser.randrange(1, len(text))
        asked += 1
        hits = taxonomy.search_occupations(text[:place] + text[place + 1 :], "nl", top=10)
        found += taxonomy.occupations.iris[number] in {one.iri for one in hits}
    return {"in ten": found / asked, "texts": asked}
