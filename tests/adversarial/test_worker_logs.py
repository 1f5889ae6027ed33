"""A44: what a document says does not reach the log of the worker that it broke."""

from passport.workers import Job, Pool
from passport.workers.items import Refused


def test_a_broken_item_is_logged_by_where_and_not_by_what(capfd):
    with Pool(1) as pool:
        (outcome,) = pool.work(Job("tests.simulators.tasks:Odd"), [("tell", "Jansen, 12 maart 1990")])
    assert outcome == Refused("work_failed", {})
    told = capfd.readouterr().err
    assert "ValueError" in told
    assert "tasks.py" in told
    assert "Jansen" not in told
