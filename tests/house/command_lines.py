"""Shell lines as documents and deployment files have them, held against the real command line and Makefile."""

import re
import shlex
from functools import cache
from pathlib import Path

import typer.main

from passport.cli.main import COMMANDS, GROUPS, build

ROOT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"…|\.\.\.|<.*>|\[.*\]|[A-Z][A-Z0-9_-]*|\$.*")
ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=.*", re.DOTALL)
_CONTROL = {"&&", "||", "|", ";", "&", ">", ">>", "<", "(", ")"}


@cache
def root_command(first):
    return typer.main.get_command(build([first]))


def wrong_passport(words):
    """What is wrong with the arguments of `passport`, or None; values are not looked at."""
    if not words or words[0] == "--help" or PLACEHOLDER.fullmatch(words[0]):
        return None
    if words[0] not in GROUPS and words[0] not in COMMANDS:
        return f"no command {words[0]}"
    command, rest = root_command(words[0]), list(words)
    while rest and getattr(command, "commands", None):
        name = rest.pop(0)
        if name.startswith("-") or PLACEHOLDER.fullmatch(name):
            return None
        if name not in command.commands:
            return f"no command {name}"
        command = command.commands[name]
    known = {"--help", *(option for each in command.params for option in (*each.opts, *each.secondary_opts))}
    asked = [word.partition("=")[0] for word in rest if word.startswith("--") and word != "--"]
    return next((f"no option {option}" for option in asked if option not in known), None)


def wrong_make(words, makefile):
    """What is wrong with the arguments of `make`, or None."""
    targets = set(re.findall(r"^([a-z][\w-]*)\s*:(?!=)", makefile, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z]\w*)\s*[?:]?=", makefile, re.MULTILINE))
    for word in words:
        if assigned := ASSIGNMENT.fullmatch(word):
            if assigned[1] not in variables:
                return f"no variable {assigned[1]}"
        elif not word.startswith("-") and not PLACEHOLDER.fullmatch(word) and word not in targets:
            return f"no target {word}"
    return None


def simple_commands(line):
    """The commands of one shell line, each as its words, without assignments before them."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = "#"
    command = []
    for word in [*lexer, ";"]:
        if word not in _CONTROL:
            if command or not ASSIGNMENT.fullmatch(word):
                command.append(word)
        elif command:
            yield command
            command = []


def wrong(line, makefile=None):
    """What is wrong with the `make` and `passport` commands of a shell line."""
    makefile = makefile if makefile is not None else (ROOT / "Makefile").read_text(encoding="utf-8")
    for words in simple_commands(line):
        program, rest = words[0].rpartition("/")[2], words[1:]
        if program.startswith("python") and rest[:2] == ["-m", "passport"]:
            program, rest = "passport", rest[2:]
        found = None
        if program == "passport":
            found = wrong_passport(rest)
        elif program == "make":
            found = wrong_make(rest, makefile)
        if found:
            yield f"{line.strip()}: {found}"
