"""A22: whether a school knows a mail address is told by no delay: the work for it begins at no moment to be known."""

import asyncio

import pytest

from issuer.authorization import visit
from issuer.open_badges_api import visit as badge_visit


class Waited(Exception):
    """Stands for the wait: nothing comes after it."""


@pytest.mark.parametrize("mail_code", [visit.mail_code, badge_visit.mail_code], ids=["offers", "badges"])
def test_nothing_is_looked_up_or_mailed_at_once_after_the_page_was_answered(monkeypatch, mail_code):
    waits = []

    async def wait(seconds):
        waits.append(seconds)
        raise Waited

    monkeypatch.setattr(asyncio, "sleep", wait)
    for _ in range(20):
        with pytest.raises(Waited):
            asyncio.run(mail_code(None, None, "123456"))  # whatever were read of either would fail
    assert len(set(waits)) == len(waits)
