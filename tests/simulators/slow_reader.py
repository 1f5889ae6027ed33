"""Somebody who reads with difficulty, on a phone: looks at the first screen, presses what has a drawing, or is large.

They never type an address, unfold nothing, and give up on a screen full of words.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.simulators.browsing import Person

WORDS = 110
"""More of them on one screen, and this person stops reading; the menu is known by its drawings."""
THUMB = 44
"""CSS pixels that a thumb hits without looking twice (WCAG 2.2, 2.5.5)."""
_ON_SCREEN = """() => {
  const bottom = document.querySelector(".menu").getBoundingClientRect().top;
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement, box = around.getBoundingClientRect();
    if (around.closest("svg, script, template") || !around.checkVisibility() || !box.width) continue;
    if (box.top < bottom && box.bottom > 0) words += (walker.currentNode.textContent.match(/\\S+/g) || []).length;
  }
  return words;
}"""


@dataclass
class SlowReader:
    person: Person
    taps: int = 0

    def arrives(self) -> None:
        """What every page owes this person: few words at once, and a voice for the rest where the device has one."""
        words = self.person.page.evaluate(_ON_SCREEN)
        assert words <= WORDS, (self.person.page.url, words, "words at once")
        assert self.person.page.locator("template#aloud").count() == 1, (self.person.page.url, "no voice")

    def taps_menu(self, code: str) -> None:
        entry = self.person.page.locator(".menu a").filter(has_text=self.person.words(code)).first
        assert entry.locator("svg").count() == 1, (code, "a word without a drawing")
        self._taps(entry)

    def taps_card(self, card: Locator) -> None:
        self._taps(card)

    def taps_button(self, code: str) -> None:
        self._taps(self.person.page.get_by_role("button", name=self.person.words(code), exact=True).first)

    def ticks(self, box: Locator) -> None:
        """A whole line is pressed, not the small square."""
        line = box.locator("xpath=ancestor-or-self::label[1]")
        self._fits_a_thumb(line if line.count() else box)
        box.check()
        self.taps += 1

    def _taps(self, what: Locator) -> None:
        self._fits_a_thumb(what)
        self.taps += 1
        self.person.follow(what)
        self.arrives()

    def _fits_a_thumb(self, what: Locator) -> None:
        what.scroll_into_view_if_needed()
        pressed = what.evaluate(
            "(element) => (element.closest('.card, .tick, .menu li') || element).getBoundingClientRect().height"
        )
        assert pressed >= THUMB, (self.person.page.url, pressed, "too small for a thumb")
