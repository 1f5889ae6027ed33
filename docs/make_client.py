"""Make Python clients from the OpenAPI documents of running services: `make client`.

    python docs/make_client.py OUTPUT --issuer http://localhost:8101 --verifier http://localhost:8102

OUTPUT gets `passport_issuer_client`, `passport_verifier_client` and `passport_webhooks`: the first
two are made by openapi-python-client and need httpx and attrs; the third is passport/webhooks/signature.py.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = "openapi-python-client"
JSON, BYTES = "application/json", "application/octet-stream"


def fetch(url: str) -> dict[str, object]:
    """The OpenAPI document of a running service."""
    with urllib.request.urlopen(f"{url.rstrip('/')}/openapi.json", timeout=30) as answer:  # noqa: S310
        document: dict[str, object] = json.load(answer)
    return document


def kind(media_type: str) -> str:
    """The media type that the tool knows and that is read and written in the same way."""
    if media_type in {JSON, BYTES, "application/x-www-form-urlencoded"}:
        return media_type
    return (
        JSON if media_type.endswith("json") or media_type in {"application/vc", "application/vp"} else BYTES
    )


def simplified(value: object) -> object:
    """The document with one media type of each kind: the tool makes a function for each of them."""
    if isinstance(value, list):
        return [simplified(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {name: simplified(each) for name, each in value.items()}
    content = found.get("content")
    if isinstance(content, dict) and any("/" in name for name in content):
        first = {kind(name): name for name in reversed(list(content))}
        found["content"] = {
            name: content[first[name]] for name in sorted(first, key=lambda each: each != JSON)
        }
    return found


def generate(document: dict[str, object], name: str, output: Path, tool: str) -> None:
    """Write one client; raises CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "openapi.json")
        source.write_text(json.dumps(simplified(document)), encoding="utf-8")
        command = [tool, "generate", "--path", source, "--meta", "none", "--overwrite"]
        subprocess.run([*command, "--output-path", output / name], check=True)  # noqa: S603 - our own command


def main() -> None:
    """Read the command line and write the packages."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--issuer")
    parser.add_argument("--verifier")
    parser.add_argument("--tool", default=TOOL, help="Where openapi-python-client is installed.")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in ("issuer", "verifier"):
        url = getattr(arguments, name)
        if url is not None:
            generate(fetch(url), f"passport_{name}_client", arguments.output, arguments.tool)
    shutil.copy(ROOT / "passport/webhooks/signature.py", arguments.output / "passport_webhooks.py")
    sys.stdout.write(f"The clients are in {arguments.output}.\n")


if __name__ == "__main__":
    main()
