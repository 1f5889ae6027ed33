"""How far each number of a check-up can be trusted: what it is, how it was tested, what it can't say."""

from collections.abc import Iterator

from matching.market.backtest import Tested, backtest
from matching.validity import MEASURED
from passport.texts import Language
from wallet.core.market_kept import market_in_use, regions_in_reach
from wallet.core.plain_text import plain_name
from wallet.core.wallet import Wallet
from wallet.views.rendering import Page, Renderer

_SECTIONS = {"proof": 2, "statements": 2, "answers": 1, "near": 2, "demand": 3, "asked": 2, "not": 3}
"""Each measure, and how many sentences it has; the self-assessment's own page has the same words."""


def trusted(renderer: Renderer, language: Language, wallet: Wallet) -> Page:
    """The statement for each measure, with the back-test of the figures that are loaded."""
    values = {"first": round(100 * MEASURED.retest_first), "ten": round(100 * MEASURED.retest_ten)}
    sections = [
        (
            section,
            [renderer.say(_code(section, place), language, values) for place in range(1, count + 1)],
        )
        for section, count in _SECTIONS.items()
    ]
    for section, sentences in sections:
        if section == "demand":
            sentences.extend(_tested(renderer, language, wallet))
    return renderer.page("checkup-validity.html", language, here="/checkup/validity", sections=sections)


def _code(section: str, place: int) -> str:
    return "test-result-how-about" if section == "answers" else f"trusted-{section}-{place}"


def _tested(renderer: Renderer, language: Language, wallet: Wallet) -> Iterator[str]:
    """What the trends of the loaded figures were worth; without figures that there are none."""
    signed = market_in_use(wallet)
    if signed is None:
        yield renderer.say("market.none", language)
        return
    found = backtest(signed.market, regions_in_reach(wallet, signed.market))
    if signed.market.synthetic:
        yield renderer.say("market.synthetic", language)
    publisher = plain_name(signed.market.publisher_name)
    yield from (_worth(renderer, language, publisher, each) for each in found.tested)


def _worth(renderer: Renderer, language: Language, publisher: str, one: Tested) -> str:
    values: dict[str, str | int] = {
        "publisher": publisher,
        "state": renderer.say(f"market-state-{one.state}", language),
        "right": one.right,
        "said": one.said,
        "base": round(100 * one.base),
    }
    return renderer.say(f"trusted-went-on-{'yes' if one.holds else 'no'}", language, values)
