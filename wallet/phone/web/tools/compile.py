"""Runs in the browser's Python at build time: /sources.zip becomes /wallet.zip, compiled, always the same.

What a phone never reads is left out: docstrings, and what functions say of the types of their parameters, for
which Python keeps a function each. Handlers of pages are asked for theirs (wallet.pages.parameters). A class
keeps one space for its docstring, since a dataclass without one works out its signature at import.
"""

import ast
import importlib._bootstrap_external as bootstrap
import zipfile
from typing import Any

ASKED = "wallet/pages/"


class _Smaller(ast.NodeTransformer):
    def __init__(self, *, typed: bool) -> None:
        self.typed = typed

    def visit_FunctionDef(self, node: Any) -> Any:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]
        if not self.typed:
            node.returns = None
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_arg(self, node: Any) -> Any:
        if not self.typed:
            node.annotation = None
        return node

    def visit_ClassDef(self, node: Any) -> Any:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body[0].value.value = " "
        return node

    def visit_Module(self, node: Any) -> Any:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body[0].value.value = ""
        return node


with zipfile.ZipFile("/sources.zip") as sources, zipfile.ZipFile("/wallet.zip", "w") as written:
    for name in sources.namelist():
        data = sources.read(name)
        if name.endswith(".py"):
            tree = _Smaller(typed=name.startswith(ASKED)).visit(ast.parse(data))
            code = compile(tree, name, "exec", dont_inherit=True)
            data = bootstrap._code_to_timestamp_pyc(code, 0, 0)  # type: ignore[attr-defined]
            name += "c"  # noqa: PLW2901
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        written.writestr(info, data, zipfile.ZIP_DEFLATED, 9)
