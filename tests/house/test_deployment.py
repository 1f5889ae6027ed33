"""docker-compose.yml and the Dockerfile fit the code: commands, settings, files, secrets."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml

import issuer.settings
import verifier.settings
import wallet.host.settings
from passport.errors.storage import SecretFileUnusable
from passport.storage.secret_files import MOUNTED, read_secret_file
from tests.house.command_lines import root_command, wrong_passport

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(SOURCE)
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
SETTINGS = {
    "issuer": issuer.settings.Settings,
    "verifier": verifier.settings.Settings,
    "links-host": wallet.host.settings.HostSettings,
}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def environment(service):
    """The service's environment with the defaults of `${NAME:-default}` filled in."""
    found = SERVICES[service].get("environment", {})
    return {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for name, value in found.items()}


def options(service):
    words = SERVICES[service]["command"]
    return dict(zip(words[2::2], words[3::2], strict=True))


def test_the_services_are_the_store_and_the_four_programs():
    assert set(SERVICES) == {"mongo", "issuer", "verifier", "wallet-site", "links-host"}
    assert set(OURS) == {"issuer", "verifier", "wallet-site", "links-host"}


def test_the_store_is_a_replica_set_that_only_the_services_with_records_reach():
    assert "--replSet" in SERVICES["mongo"]["command"]
    assert "ports" not in SERVICES["mongo"]
    assert COMPOSE["networks"]["store"]["internal"] is True
    reached_by = {name for name, service in SERVICES.items() if "store" in service.get("networks", [])}
    assert reached_by == {"mongo", "issuer", "verifier", "links-host"}
    for name, prefix in (("issuer", "ISSUER"), ("verifier", "VERIFIER"), ("links-host", "HOST")):
        assert "replicaSet=rs0" in environment(name)[f"PASSPORT_{prefix}_MONGODB_URI"]
        assert SERVICES[name]["depends_on"]["mongo"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_whether_it_is_well(name):
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries", "start_period"} <= check.keys()
    if name in OURS:
        assert f"http://127.0.0.1:{options(name)['--port']}/healthz" in check["test"][-1]
        compile(check["test"][-1], name, "exec")


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_open_on_loopback_only(name):
    for port in SERVICES[name].get("ports", []):
        host, outside, inside = port.split(":")
        assert host == "127.0.0.1"
        assert outside == inside == options(name)["--port"]


@pytest.mark.parametrize("name", SERVICES)
def test_images_of_others_have_a_version(name):
    if name not in OURS:
        assert re.fullmatch(r"[\w./-]+:\d+(\.\d+)*[\w.-]*(@sha256:[0-9a-f]{64})?", SERVICES[name]["image"])


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_change_nothing_but_their_data(name):
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_volumes_have_names(name):
    for volume in SERVICES[name].get("volumes", []):
        source, _, target = volume.partition(":")
        assert source in COMPOSE["volumes"]
        assert target.startswith("/")


def test_every_secret_is_a_file_that_a_service_gets_and_names():
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
    for service, found in OURS.items():
        paths = {f"{MOUNTED[0]}/{secret}" for secret in found.get("secrets", [])}
        assert paths == {value for key, value in environment(service).items() if key.endswith("_SECRET_FILE")}
    assert "secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_no_secret_stands_in_the_environment():
    for service in SERVICES:
        for name, value in environment(service).items():
            if re.search("SECRET|PASSWORD|TOKEN|KEY", name):
                assert name.endswith("_FILE")
            assert "@" not in value


@pytest.mark.parametrize("name", SETTINGS)
def test_every_name_in_the_environment_is_a_setting(name, monkeypatch):
    prefix = SETTINGS[name].model_config["env_prefix"]
    given = {key.removeprefix(prefix).lower(): value for key, value in environment(name).items()}
    assert all(key.startswith(prefix) for key in environment(name))
    assert given.keys() <= SETTINGS[name].model_fields.keys()
    for key in list(os.environ):
        if key.startswith(prefix):
            monkeypatch.delenv(key)
    for key, value in environment(name).items():
        monkeypatch.setenv(key, value)
    settings = SETTINGS[name]()
    assert {key: str(getattr(settings, key)) for key in given} == given
    assert not getattr(settings, "allow_loopback", False)


def test_the_names_of_the_wallet_site_are_those_of_its_command():
    command = root_command("wallet").commands["wallet"].commands["site"]
    known = {each.envvar for each in command.params if getattr(each, "envvar", None)}
    assert environment("wallet-site").keys() <= known


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(name):
    assert wrong_passport(OURS[name]["command"]) is None
    words = OURS[name]["command"][:2]
    run = subprocess.run(
        [sys.executable, "-m", "passport", *words, "--help"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0


def commands_of_the_comment():
    """The indented shell lines in the comment at the top, but the one that needs an engine."""
    lines = re.findall(r"^#   (.+)$", SOURCE.partition("\nname:")[0], re.MULTILINE)
    assert lines[-1] == "docker compose up --build"
    return "\n".join(lines[:-1])


@pytest.fixture
def host():
    """A folder that everybody on this machine may pass through."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def made(host):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not at hand")
    subprocess.run(["sh", "-euc", commands_of_the_comment()], cwd=host, check=True, timeout=30)
    return host / "secrets"


def test_the_comment_makes_secrets_that_the_services_can_read(made):
    assert {path.name for path in made.iterdir()} == set(COMPOSE["secrets"])
    texts = {read_secret_file(path, mounted=[made]) for path in made.iterdir()}
    assert len(texts) == len(COMPOSE["secrets"])
    for path in made.iterdir():
        assert path.stat().st_mode & 0o777 == 0o444
        with pytest.raises(SecretFileUnusable):  # on the host they are no place to read from
            read_secret_file(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_the_folder_keeps_others_on_the_host_out_and_the_mode_lets_the_service_in(made, host):
    def seen_by_the_service(path):
        return subprocess.run(
            ["cat", path], user=10001, group=10001, extra_groups=[], capture_output=True, check=False
        )

    assert seen_by_the_service(made / "issuer_master").returncode != 0
    mounted = host / "mounted"
    mounted.mkdir(mode=0o755)
    os.link(made / "issuer_master", mounted / "issuer_master")  # the same file in a folder of the container
    assert seen_by_the_service(mounted / "issuer_master").stdout.strip()


def test_everything_that_the_dockerfile_copies_is_there():
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    ignored = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    assert not ignored & set(copied)
    assert {".git", "secrets", "tests", ".venv"} <= ignored


def test_the_image_has_every_package_that_the_project_has():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    [packages] = re.findall(r"^packages = \[(.*)\]$", project[project.index("wheel]") :], re.MULTILINE)[:1]
    assert {name.strip(' "') for name in packages.split(",")} <= set(
        re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE)
    )


def test_the_image_takes_only_what_the_lock_file_names():
    installs = re.findall(r"pip install (.+)$", DOCKERFILE, re.MULTILINE)
    locked, ours = installs
    assert "--require-hashes" in locked
    assert "-r requirements.lock" in locked
    assert "--no-deps" in ours
    assert "--no-build-isolation" in ours
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(pinned) > 20
    assert all("==" in line and "--hash=sha256:" in line for line in pinned)


def test_the_image_builds_the_wallet_for_phones_and_the_site_serves_it():
    built = re.search(r"^RUN .*\n.*passport wallet site build --out (\S+)$", DOCKERFILE, re.MULTILINE)
    kept = re.search(rf"^COPY --from=build {built[1]} (\S+)$", DOCKERFILE, re.MULTILINE)
    assert options("wallet-site")["--phone"] == kept[1]


def test_the_image_runs_as_a_user_of_its_own():
    assert re.search(r"^RUN useradd .*--uid 10001", DOCKERFILE, re.MULTILINE)
    assert re.search(r"^USER passport$", DOCKERFILE, re.MULTILINE)
    for image in re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE):
        assert re.fullmatch(r"[\w./-]+:\d[\w.-]*", image)


def test_docker_compose_takes_the_file():
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode
    ):
        pytest.skip("docker compose is not at hand")
    subprocess.run(
        [docker, "compose", "config", "--quiet"], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
