"""Write docs/limits.md from the modules that hold the limits: `python docs/make_limits.py`.

A limit is a field of a dataclass, or a constant, of a `limits` module; the text under it is its reason.
Values are taken from the running module, names and reasons from its source.
"""

import ast
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "limits.md"
MODULES = (
    "passport.limits",
    "passport.baking.limits",
    "passport.oauth.limits",
    "passport.open_badges_api.limits",
    "passport.openid4vc.limits",
    "passport.openid4vp.limits",
    "passport.share_link.limits",
    "passport.webhooks.limits",
    "issuer.limits",
    "issuer.authorization.limits",
    "issuer.confirmations.limits",
    "issuer.learners.limits",
    "issuer.open_badges_api.limits",
    "issuer.sign_in.limits",
    "issuer.validation.limits",
    "verifier.limits",
    "wallet.core.limits",
    "wallet.core.plan.limits",
    "matching.limits",
    "matching.published.limits",
    "matching.intake.limits",
)

HEAD = """# Limits

Made from the code by `python docs/make_limits.py`; a test holds the two together. What is beyond a limit is
refused with an error of its own, never cut or guessed. What one module alone bounds stands in that module.
"""


@dataclass(frozen=True)
class Limit:
    name: str
    value: int | float
    reason: str


def limits(module: str) -> Iterator[Limit]:
    """Every limit of a module, in the order of its source."""
    values = importlib.import_module(module)
    body = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")).body
    classes = {node.name: dict(_fields(node.body)) for node in body if isinstance(node, ast.ClassDef)}
    shown: set[str] = set()
    for node, reason in _with_reasons(body):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        name = node.targets[0].id
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
            kind, value = node.value.func.id, getattr(values, name)
            if kind in classes:
                yield from _instance(name, value, node.value, classes[kind], reason, first=kind not in shown)
                shown.add(kind)
            else:  # of another module, which says what the other fields are
                own = {str(keyword.arg): reason for keyword in node.value.keywords}
                yield from _instance(name, value, node.value, own, reason, first=False)
        else:
            yield Limit(name, getattr(values, name), reason)


def document() -> str:
    """The whole of docs/limits.md."""
    parts = [HEAD]
    for module in MODULES:
        parts.append(f"\n## {module}\n\n| limit | value | reason |\n|---|---:|---|\n")
        parts += [f"| `{limit.name}` | {limit.value:,} | {limit.reason} |\n" for limit in limits(module)]
    return "".join(parts)


def _instance(
    name: str, value: Any, call: ast.Call, fields: Mapping[str, str], reason: str, *, first: bool
) -> Iterator[Limit]:
    """The fields of one instance: all of the first of its class, of a later one those that it sets itself."""
    own = {keyword.arg for keyword in call.keywords}
    for field, why in fields.items():
        if first or field in own:
            yield Limit(f"{name}.{field}", getattr(value, field), reason if field in own else why)


def _fields(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for node, reason in _with_reasons(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, reason


def _with_reasons(body: Sequence[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Every statement with the text that stands under it, on one line."""
    for node, following in zip(body, [*body[1:], None], strict=True):
        text = following.value if isinstance(following, ast.Expr) else None
        found = text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""
        yield node, " ".join(found.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    DOCUMENT.write_text(document(), encoding="utf-8")
