"""Runs in the browser's Python at build time: /sources.zip becomes /wallet.zip, compiled, always the same.

Docstrings of functions are left out: nobody reads them on a phone. Those of classes stay, since a dataclass
without one works out its signature at import.
"""

import ast
import importlib._bootstrap_external as bootstrap
import zipfile
from typing import Any


class _Undocumented(ast.NodeTransformer):
    def visit_FunctionDef(self, node: Any) -> Any:
        self.generic_visit(node)
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.copy_location(ast.Pass(), node.body[0])]
        return node

    visit_AsyncFunctionDef = visit_FunctionDef


with zipfile.ZipFile("/sources.zip") as sources, zipfile.ZipFile("/wallet.zip", "w") as written:
    for name in sources.namelist():
        data = sources.read(name)
        if name.endswith(".py"):
            tree = _Undocumented().visit(ast.parse(data))
            code = compile(tree, name, "exec", dont_inherit=True)
            data = bootstrap._code_to_timestamp_pyc(code, 0, 0)  # type: ignore[attr-defined]
            name += "c"  # noqa: PLW2901
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        written.writestr(info, data, zipfile.ZIP_DEFLATED, 6)
