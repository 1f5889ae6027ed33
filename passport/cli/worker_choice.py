"""How many processes a command works with."""

from passport.workers import Inline, Pool, cores

FEW = 48
"""Documents that one process has done before another has started."""


def workers_for(jobs: int | None, total: int | None) -> Pool | Inline:
    """Processes where there is much to do, or where somebody asks for them.

    Args:
        jobs: how many are asked for, if somebody does.
        total: how many documents there are; None when nobody knows.
    """
    wanted = jobs or (cores() if total is None or total > FEW else 1)
    if wanted == 1:
        return Inline()
    pool = Pool(wanted)
    pool.warm()
    return pool
