"""Install the peers that we are compared with, in a folder of their own.

    python benchmarks/peers/install.py

Needs Node.js with npm, and pip. Versions are those of package.json and requirements.txt.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSTALLED = HERE.parents[1] / "build" / "peers"
PYTHON = INSTALLED / "python" / "bin" / "python"


def install():
    """Install what is missing or older than what is asked for."""
    mark = INSTALLED / "done"
    asked = (HERE / "package.json").read_text() + (HERE / "requirements.txt").read_text()
    if mark.exists() and mark.read_text() == asked:
        return
    shutil.rmtree(INSTALLED, ignore_errors=True)
    INSTALLED.mkdir(parents=True)
    shutil.copy(HERE / "package.json", INSTALLED)
    npm = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    subprocess.run(npm, cwd=INSTALLED, check=True, stdout=sys.stderr)
    shutil.copy(HERE / "peer.mjs", INSTALLED)
    venv.create(INSTALLED / "python", with_pip=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True, stdout=sys.stderr)
    mark.write_text(asked)


if __name__ == "__main__":
    install()
