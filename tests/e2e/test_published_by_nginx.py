"""The sample of docs/publishing.md in a server that people really use; where nginx is not there, this is skipped.

The same promises are held with Python's own server in tests/unit/wallet/test_published_sets.py.
"""

import os
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from matching.published.index import SetKind
from passport.json import parse_object
from passport.limits import PUBLISHED
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.published import Publisher
from tests.simulators.serving import bound
from tests.simulators.wallets import Person
from wallet.core.plan.catalogues import catalogues
from wallet.desk.published import follow, update_all
from wallet.desktop.outside import Outside

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "publishing.md"
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
NOW = datetime.now(UTC).replace(microsecond=0)


@contextmanager
def nginx(folder, www):
    """The sample as it stands in the document, with another folder, a free port and a log to look into."""
    listener = bound()
    port = listener.getsockname()[1]
    listener.close()
    (sample,) = re.findall(r"```nginx\n(.*?)```", SAMPLE.read_text("utf-8"), re.DOTALL)
    sample = sample.replace("/srv/www", str(www)).replace(
        "access_log off;", f"access_log {folder}/log asked;"
    )
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    asked = 'log_format asked "$request $status $http_if_none_match";'
    configuration = (
        f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}} "
        f"http {{ {places} {asked} server {{ listen 127.0.0.1:{port};\n{sample} }} }}"
    )
    (folder / "nginx.conf").write_text(configuration, encoding="utf-8")
    running = subprocess.Popen(
        [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]
    )
    try:
        for _ in range(100):
            try:
                httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield f"http://localhost:{port}/data"
    finally:
        running.terminate()
        running.wait(10)


def modules(version):
    made = [
        module_document(f"http://x.example/{n}", number=n, hours=40 + (version if n == 7 else 0))
        for n in range(60)
    ]
    return {SetKind.CATALOGUES: [parse_object(catalogue_source(made, now=NOW, version=version), PUBLISHED)]}


def test_the_sample_serves_sets_with_etags_deltas_and_names_that_never_change(tmp_path):
    publisher = Publisher(tmp_path / "www" / "data")
    first = publisher.publish(modules(1), NOW)
    (tmp_path / "server").mkdir()
    person, other = Person(), Person()
    outside = Outside(allow_loopback=True, clock=lambda: NOW)
    for one in (person, other):
        one.world.now = NOW
    with nginx(tmp_path / "server", tmp_path / "www") as address:
        follow(outside, person.wallet, address)
        update_all(outside, person.wallet)
        second = publisher.publish(modules(2), NOW)
        update_all(outside, person.wallet)
        follow(outside, other.wallet, address)
        headers = httpx.get(f"{address}/index.json", trust_env=False).headers
        lasting = httpx.get(f"{address}/{second.sets[0].file.place}", trust_env=False).headers
    assert [one.version for one in catalogues(person.wallet)] == [2]
    assert [one.version for one in catalogues(other.wallet)] == [2]
    assert (headers["Cache-Control"], headers["Content-Type"]) == ("no-cache", "application/json")
    assert "etag" in headers
    assert lasting["Cache-Control"] == "public, max-age=31536000, immutable"
    assert lasting["Content-Type"] == "application/octet-stream"
    for each in (headers, lasting):
        assert each["X-Content-Type-Options"] == "nosniff"
        assert "content-encoding" not in each
    asked = [line.split() for line in (tmp_path / "server" / "log").read_text("utf-8").splitlines()]
    asked = [(line[1].removeprefix("/data/"), int(line[3])) for line in asked if line[1] != "/"]
    delta = second.sets[0].earlier[0].delta
    assert asked[:7] == [
        ("index.json", 200),
        (first.sets[0].file.place, 200),
        ("index.json", 304),
        ("index.json", 200),
        (delta.place, 200),
        ("index.json", 200),
        (second.sets[0].file.place, 200),
    ]
