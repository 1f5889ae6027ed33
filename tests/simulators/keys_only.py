"""Whoever a browser test is about does all of it without a mouse (WCAG 2.2, 2.1.1): `make keys`.

Where PASSPORT_KEYS is set, what a test presses, ticks, fills in and chooses is gone to by Tab, with eyes for where
the focus is, and pressed by Enter, Space or an arrow. What a system's own window does (to choose a file, a line
of a list, a day) is done as before, once its field has the focus.
"""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

from playwright.sync_api import ElementHandle, Locator, Page

from tests.simulators.focus import reach

# Whoever has a mouse may press a label's words; a key goes to what it names.
_CONTROL = "(element) => element.control || element"
_KIND = """(pressed) => {
  const element = pressed.control || pressed;
  return element.matches("input") ? element.type : element.localName;
}"""
_CHECKED = "(element) => (element.control || element).checked"
_SAME_CHOICE = """(pressed) => {
  const at = document.activeElement, element = pressed.control || pressed;
  return at.type === "radio" && at.name === element.name && at.form === element.form;
}"""
_TYPED = frozenset({"text", "password", "email", "search", "tel", "url", "number", "textarea"})
_MOST = 300


def put_the_mouse_away() -> None:
    if os.environ.get("PASSPORT_KEYS"):
        for name, by_keys in (("click", _click), ("check", _check), ("uncheck", _uncheck), ("fill", _fill)):
            _instead(name, by_keys)
        for name in ("select_option", "set_input_files"):
            _instead(name, _with_focus)


def _instead(name: str, by_keys: Callable[..., Any]) -> None:
    before = getattr(Locator, name)

    @wraps(before)
    def done(self: Locator, *given: Any, **named: Any) -> Any:
        return by_keys(self, lambda: before(self, *given, **named), *given)

    @wraps(getattr(Page, name))
    def first_on_page(self: Page, selector: str, *given: Any, **named: Any) -> Any:
        return done(self.locator(selector).first, *given, **named)

    setattr(Locator, name, done)
    setattr(Page, name, first_on_page)


def _reach(target: Locator) -> ElementHandle:
    """Go to what the target is now: a press may make it another (`:checked`)."""
    target.wait_for(state="attached")
    found = target.evaluate_handle(_CONTROL).as_element()
    assert found is not None, (target.page.url, "nothing that a key could press", str(target))
    reach(target.page, found)
    return found


def _click(target: Locator, _before: Callable[[], Any], *_given: Any) -> None:
    if target.evaluate(_KIND) in {"checkbox", "radio"}:
        _check(target, _before)
        return
    _reach(target)
    target.page.keyboard.press("Enter")


def _check(target: Locator, _before: Callable[[], Any], *_given: Any) -> None:
    if target.evaluate(_CHECKED):
        return
    if target.evaluate(_KIND) == "radio":
        _choose(target)
        return
    box = _reach(target)
    target.page.keyboard.press("Space")
    assert box.is_checked()


def _choose(target: Locator) -> None:
    keyboard = target.page.keyboard
    for _ in range(_MOST):
        if target.evaluate(_SAME_CHOICE):
            break
        keyboard.press("Tab")
    keyboard.press("Space")
    for _ in range(_MOST):
        if target.evaluate(_CHECKED):
            return
        keyboard.press("ArrowDown")
    raise AssertionError((target.page.url, "arrows never choose it", str(target)))


def _uncheck(target: Locator, _before: Callable[[], Any], *_given: Any) -> None:
    if target.is_checked():
        box = _reach(target)
        target.page.keyboard.press("Space")
        assert not box.is_checked()


def _fill(target: Locator, before: Callable[[], Any], text: str, *_given: Any) -> None:
    _reach(target)
    if target.evaluate(_KIND) not in _TYPED:
        before()
        return
    keyboard = target.page.keyboard
    keyboard.press("Control+a")
    keyboard.press("Delete")
    if text:
        keyboard.insert_text(text)


def _with_focus(target: Locator, before: Callable[[], Any], *_given: Any) -> Any:
    _reach(target)
    return before()
