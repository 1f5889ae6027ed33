"""Work that is close to other work: an occupation's own skills, ranked like anybody's.

Symmetric: both sides are the same kind of vector, so baker is as close to confectioner as the other way
round, but for the rounding of the last bit.
"""

from matching.profile import Skills
from matching.score import Ranked, Ranking, rank
from matching.taxonomy.compact import Taxonomy
from matching.vectors import GRADE_WEIGHT


def skills_of_work(occupation: str, taxonomy: Taxonomy) -> Skills:
    """What an occupation needs, as a profile: essential skills in full, the others for less.

    Raises UnknownOccupation.
    """
    number = taxonomy.occupation_number(occupation)
    iris = taxonomy.skills.iris
    weights: dict[str, float] = {}
    for grade, links in taxonomy.needs.items():
        for skill in links[number]:
            weights[iris[skill]] = max(GRADE_WEIGHT[grade], weights.get(iris[skill], 0.0))
    return weights


def rank_near(occupation: str, taxonomy: Taxonomy) -> Ranking:
    """All occupations by how close they are to one, which itself stands first; raises UnknownOccupation."""
    return rank(skills_of_work(occupation, taxonomy), taxonomy)


def adjacent(occupation: str, taxonomy: Taxonomy, *, most: int = 10) -> tuple[Ranked, ...]:
    """The closest other work, at most so many and counted from 1, and none that has nothing in common.

    Raises UnknownOccupation.
    """
    near = rank_near(occupation, taxonomy)[: most + 1]
    others = [one for one in near if one.occupation != occupation and one.score > 0][:most]
    return tuple(Ranked(one.occupation, one.score, place) for place, one in enumerate(others, 1))
