"""Simulated people: own work from a poor profile, the same again with a part left out, and the interval."""

import random

from matching.score import rank
from matching.steadiness import steadiness

SEED, PROFILES, AGAIN, INTERVALS = 5, 600, 200, 150


def _essential(taxonomy, peers, chooser, count):
    for own in chooser.sample(range(len(taxonomy.occupations)), count):
        if peers.essential[own]:
            yield own, sorted(peers.essential[own])


def own_work(taxonomy, peers, share, wrong):
    """A share of the essential skills of an occupation and some wrong ones: where does it stand?"""
    chooser = random.Random(SEED)
    used = sorted(peers.having)
    reciprocal = firsts = asked = 0
    for own, essential in _essential(taxonomy, peers, chooser, PROFILES):
        asked += 1
        kept = chooser.sample(essential, max(1, round(share * len(essential))))
        skills = [taxonomy.skills.iris[s] for s in {*kept, *chooser.sample(used, wrong)}]
        place = rank(skills, taxonomy).place_of(taxonomy.occupations.iris[own])
        reciprocal += 1 / place
        firsts += place == 1
    return {"MRR": reciprocal / asked, "first": firsts / asked, "profiles": asked}


def again(taxonomy, peers):
    """Test and retest: half of an occupation's skills and five others, then a tenth of them left out."""
    chooser = random.Random(SEED)
    used = sorted(peers.having)
    firsts = kept_ten = asked = 0
    for _, essential in _essential(taxonomy, peers, chooser, AGAIN):
        skills = {*chooser.sample(essential, (len(essential) + 1) // 2), *chooser.sample(used, 5)}
        iris = sorted(taxonomy.skills.iris[s] for s in skills)
        less = chooser.sample(iris, len(iris) - max(1, round(0.1 * len(iris))))
        before, after = ([one.occupation for one in rank(some, taxonomy)[:10]] for some in (iris, less))
        asked += 1
        firsts += before[0] == after[0]
        kept_ten += len(set(before) & set(after)) / 10
    return {"first stays first": firsts / asked, "of ten stay": kept_ten / asked, "profiles": asked}


def intervals(taxonomy, peers):
    """A fifth of a profile is missing; how often is the place with all of it within the interval shown?"""
    chooser = random.Random(SEED)
    within = asked = 0
    for _, essential in _essential(taxonomy, peers, chooser, INTERVALS):
        iris = [taxonomy.skills.iris[s] for s in essential]
        known = chooser.sample(iris, len(iris) - round(0.2 * len(iris)))
        near = [one.occupation for one in rank(known, taxonomy)[:5]]
        found = steadiness(known, near, taxonomy)
        if found is None:
            continue
        whole = rank(iris, taxonomy)
        for one in found:
            asked += 1
            within += one.best <= whole.place_of(one.occupation) <= one.worst
    return {"within": within / asked, "places": asked}
