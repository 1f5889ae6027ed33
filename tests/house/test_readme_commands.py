"""Every `make …` and `passport …` that a document tells people to type exists."""

import re
from pathlib import Path

import pytest

from tests.house.command_lines import wrong

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(path for folder in (ROOT, ROOT / "benchmarks") for path in folder.glob("*.md")) + sorted(
    (ROOT / "docs").rglob("*.md")
)
SHELL = {"", "sh", "bash", "shell", "console"}
_FENCE = re.compile(
    r"^(?P<fence>```+|~~~+)[ ]*(?P<language>\w*)[^\n]*\n(?P<body>.*?)^(?P=fence)", re.DOTALL | re.MULTILINE
)
_INLINE = re.compile(r"`((?:make|passport) [^`|…\n]+)`")
_TYPED = re.compile(r"(?:\S+=\S* +)*(?:\S*/)?(?:make|passport|python3?) ")


def typed_lines(text):
    """The shell lines of a document: in blocks, after `$` where the block shows output too, and in a sentence."""
    for block in _FENCE.finditer(text):
        if block["language"] not in SHELL:
            continue
        lines = block["body"].replace("\\\n", " ").splitlines()
        prompted = [line.lstrip()[2:] for line in lines if line.lstrip().startswith("$ ")]
        yield from prompted or [line for line in lines if _TYPED.match(line.strip()) or "&&" in line]
    yield from _INLINE.findall(_FENCE.sub("", text))


def wrong_lines(text):
    return [found for line in typed_lines(text) for found in wrong(line)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_documents_tell_to_type_exists(path):
    assert wrong_lines(path.read_text(encoding="utf-8")) == []


GOOD = """
Type `make demo` or `passport keys new`.

```sh
git clone there && cd there && make demo KEEP=1   # leaves the services running
.venv/bin/passport keys new school.key --type Ed25519
python -m passport verify badge.json \\
  --trust list.json --publisher DID --json > report.json
PASSPORT_WALLET_HOME=~/wallet passport wallet list | less
passport …
```
```console
$ passport bench --seconds 5
make this line is output
```
```json
passport nothing
```
"""


def test_a_good_document_has_nothing_wrong_and_is_really_read():
    assert len(list(typed_lines(GOOD))) == 8
    assert wrong_lines(GOOD) == []


@pytest.mark.parametrize(
    "line",
    [
        "make demos",
        "make demo KEEPING=1",
        "make check && make nothing",
        "passport verifi badge.json",
        "passport keys make it",
        "passport verify --tust list.json badge.json",
        "cd there && .venv/bin/passport nothing",
        "A=1 B=2 python3 -m passport wallet lst",
    ],
)
def test_what_does_not_exist_is_noticed(line):
    assert len(wrong_lines(f"```sh\n{line}\n```\n")) == 1
    assert len(wrong_lines(f"```\n{line}\n```\n")) == 1
    assert len(wrong_lines(f"```console\n$ {line}\noutput\n```\n")) == 1


def test_a_sentence_is_read_too():
    assert wrong_lines("Type `make demos`, then `passport nothing at all`.") == [
        "make demos: no target demos",
        "passport nothing at all: no command nothing",
    ]
