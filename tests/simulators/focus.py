"""Where the focus is as a page is gone through by Tab, and what is wrong with that for who has no mouse."""

from playwright.sync_api import ElementHandle, Locator, Page

_STOPS = 300
_PARTS_OF_A_STOP = 5
_UNTIL_DRAWN = 300
_SEEN = """() => {
  const at = document.activeElement, faults = [];
  if (!at || at === document.body) return faults;
  const show = at.outerHTML.slice(0, 120), box = at.getBoundingClientRect(), style = getComputedStyle(at);
  if (style.outlineStyle === "none" || !parseFloat(style.outlineWidth)) faults.push("the focus is not seen: " + show);
  if (box.bottom < 1 || box.top > innerHeight - 1) faults.push("the focus is off the screen: " + show);
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const there = document.elementFromPoint(x, y);
  const bar = there && there.closest(".menu");
  if (bar && !bar.contains(at)) faults.push("the menu covers the focus: " + show);
  return faults;
}"""


# All that keys must get to. Of the buttons of one choice a key gets to one; arrows do the rest.
_STOPS_OF_A_PAGE = """() => {
  for (const folded of document.querySelectorAll("main details")) folded.open = true;
  const asked = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const choices = new Set(), stops = [], faults = [];
  for (const each of document.querySelectorAll(asked)) {
    if (each.tabIndex < 0 || each.disabled || !each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    if (each.tabIndex > 0) faults.push("an order of its own: " + each.outerHTML.slice(0, 120));
    if (each.type === "radio") {
      const choice = (each.form ? [...document.forms].indexOf(each.form) : -1) + " " + each.name;
      if (choices.has(choice)) continue;
      choices.add(choice);
    }
    stops.push(each);
  }
  for (const each of document.querySelectorAll("[onclick], [role=button], [role=link]"))
    if (!each.matches(asked)) faults.push("pressed by a mouse only: " + each.outerHTML.slice(0, 120));
  const numbers = new Map(stops.map((each, number) => [each, number]));
  window.stopOfKeys = () => {
    let at = document.activeElement;
    const folded = at && at.matches(".menu details:not([open]) > summary");
    if (folded && at.getClientRects().length) at.parentElement.open = true;
    if (at && at.type === "radio" && !numbers.has(at))
      at = stops.find((each) => each.type === "radio" && each.name === at.name && each.form === at.form);
    return numbers.has(at) ? numbers.get(at) : -1;
  };
  window.shownStop = (number) => stops[number].outerHTML.slice(0, 120);
  if (stops.length) stops[0].focus();
  return { count: stops.length, faults };
}"""


def faults(page: Page) -> list[str]:
    """What is wrong for whoever goes through the whole page by Tab (WCAG 2.2, 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11)."""
    told = page.evaluate(_STOPS_OF_A_PAGE)
    found, came = list(told["faults"]), [0]
    for _ in range(told["count"] * _PARTS_OF_A_STOP + 2):
        page.keyboard.press("Tab")
        at = page.evaluate("stopOfKeys()")
        found += _unseen(page)
        if at in came[:-1] or (at == came[-1] and told["count"] == 1):
            break
        if at >= 0 and at != came[-1]:  # a day's field has several stops
            came.append(at)
    else:
        found.append("the keys never leave the page")
    if came != sorted(came):
        found.append("the order of the keys is not that of the page")
    for missed in sorted(set(range(told["count"])) - set(came))[:5]:
        found.append("keys never get to " + page.evaluate("(number) => shownStop(number)", missed))
    return [f"keys: {each}" for each in dict.fromkeys(found)]


def _unseen(page: Page) -> list[str]:
    """What is wrong with where the focus is seen, once the page has moved there: a slow machine draws later."""
    found: list[str] = page.evaluate(_SEEN)
    if found:
        page.wait_for_timeout(_UNTIL_DRAWN)
        found = page.evaluate(_SEEN)
    return found


def reach(page: Page, target: ElementHandle) -> None:
    """Press Tab until it is there (WCAG 2.2, 2.1.1); each stop on the way is seen (2.4.7, 2.4.11)."""
    for _ in range(_STOPS):
        if is_focused(target):
            return
        page.keyboard.press("Tab")
        unseen = _unseen(page)
        assert not unseen, (page.url, *unseen)
    raise AssertionError((page.url, "the keys never get there", str(target)))


def is_focused(target: Locator | ElementHandle) -> bool:
    return bool(target.evaluate("(element) => element === document.activeElement"))
