"""Text in a cell of a table that no program computes, however it splits the line.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, also in the wide letters that it takes for
the narrow ones. Where a cell begins it decides itself: Excel in Dutch splits at semicolons, also a file whose
cells are apart by commas, and then quotes hold nothing together. So what would begin a cell at any separator
gets an apostrophe before it.
"""

import re

_FORMULA = r"=+\-@|%\uff1d\uff0b\uff0d\uff20"
_BEGINS = re.compile(rf"^(?=[\t\r\n])|(^|[;,\t\r\n])(?=[\"\t\r\n]*[{_FORMULA}])")


def neutral(text: str) -> str:
    """The cell as text for every spreadsheet; what was a negative number is text then as well."""
    return _BEGINS.sub(lambda found: f"{found[1] or ''}'", text)
