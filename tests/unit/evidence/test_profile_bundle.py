"""Function profiles in a published folder: each verified by itself, whatever the index or its server says."""

import copy
from datetime import timedelta

import pytest

from passport.documents import Fetched, NotFetched
from passport.errors import MalformedJson, NotAnObject
from passport.errors.evidence import MalformedProfileBundle
from passport.evidence import Demand, Purpose, build_function_profile, parse_function_profile
from passport.evidence.bundle import parse_bundle, read_bundle, write_bundle
from passport.json import dump
from passport.limits import TRUST
from passport.verification import Context
from tests.simulators.parties import ESCO, NOW, Party, World

EMPLOYER = Party("Employer")
BASE = "https://employer.example/profiles"
DAY = timedelta(days=1)


def signed(name="welder", version=1, publisher=EMPLOYER, until=NOW + DAY, **members):
    unsigned = build_function_profile(
        profile_id=f"{BASE}/{name}/latest.json",
        version=version,
        name={"en": name},
        publisher=publisher.did,
        publisher_name=publisher.name,
        purpose=Purpose.LABOUR_MARKET,
        taxonomy="ESCO 1.1.1",
        demands=[Demand(ESCO + "1", "weld")],
        valid_from=NOW - DAY,
        valid_until=until,
        **members,
    )
    return dump(publisher.sign(unsigned, at=NOW - DAY))


def index(*sources):
    listed = []
    for source in sources:
        profile = parse_function_profile(source)
        name = profile.id.split("/")[-2]
        listed.append((f"{name}/versions/{profile.version}.json", profile, source))
    return write_bundle(listed)


def served(document, **files):
    """A world in which the index and these files are at hand; a name is written with __ for /."""
    world = World()
    world.publish(Fetched(f"{BASE}/index.json", dump(document), NOW))
    for place, source in files.items():
        world.publish(Fetched(f"{BASE}/{place.replace('__', '/versions/')}.json", source, NOW))
    return world.context


WELDER, BAKER = signed(occupation="http://data.europa.eu/esco/occupation/1"), signed("baker", 3)
LISTED = index(WELDER, BAKER)


def read(context, **expected):
    return read_bundle(f"{BASE}/index.json", context=context, **expected)


def codes(found):
    return [None if each.error is None else each.error.code for each in found]


def test_every_profile_is_read_and_verified():
    found = read(served(LISTED, welder__1=WELDER, baker__3=BAKER))
    assert [each.profile and each.profile.version for each in found] == [1, 3]
    assert found[0].item.occupation == "http://data.europa.eu/esco/occupation/1"
    pinned = read(served(LISTED, welder__1=WELDER, baker__3=BAKER), expected_publishers={"did:web:x.example"})
    assert codes(pinned) == ["unexpected_publisher"] * 2


def test_what_is_missing_is_asked_for_and_said():
    world = World()
    world.publish(Fetched(f"{BASE}/index.json", dump(LISTED), NOW))
    assert codes(read(world.context)) == ["not_fetched"] * 2
    assert world.cache.wanted == {f"{BASE}/welder/versions/1.json", f"{BASE}/baker/versions/3.json"}
    with pytest.raises(NotFetched):
        read(World().context)


def test_a_profile_swapped_for_another():
    assert codes(read(served(LISTED, welder__1=BAKER, baker__3=BAKER))) == ["digest_mismatch", None]


def test_a_profile_listed_as_another():
    swapped = copy.deepcopy(LISTED)
    swapped["profiles"][0]["id"] += "#other"
    assert codes(read(served(swapped, welder__1=WELDER, baker__3=BAKER))) == ["profile_not_as_listed", None]
    higher = copy.deepcopy(LISTED)
    higher["profiles"][1]["version"] = 4
    assert codes(read(served(higher, welder__1=WELDER, baker__3=BAKER))) == [None, "profile_not_as_listed"]


def test_a_profile_in_another_employers_name():
    forged = parse_function_profile(WELDER).document | {
        "publisher": {"id": "did:web:big.example", "name": "Big"}
    }
    source = dump(Party("Forger").sign({name: value for name, value in forged.items() if name != "proof"}))
    assert codes(read(served(index(source), welder__1=source))) == ["publisher_mismatch"]


def test_a_downgrade_of_a_profile():
    context = served(index(WELDER), welder__1=WELDER)
    address = f"{BASE}/welder/latest.json"
    assert codes(read(context, known_versions={address: 1})) == [None]
    assert codes(read(context, known_versions={address: 2})) == ["function_profile_rollback"]


def test_a_profile_past_its_last_day_stands_beside_the_others():
    old = signed(until=NOW - timedelta(hours=1))
    found = read(served(index(old, BAKER), welder__1=old, baker__3=BAKER))
    assert codes(found) == ["function_profile_expired", None]


def put(path, value):
    def change(document):
        *way, last = path
        place = document
        for step in way:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change


ITEM = LISTED["profiles"][0]
MALFORMED = {
    "another type": put(["type"], "Bundle"),
    "no profiles": put(["profiles"], ...),
    "profiles is an object": put(["profiles"], {}),
    "a member more": put(["proof"], {}),
    "a profile is its file": put(["profiles", 0], "welder/versions/1.json"),
    "a profile twice": put(["profiles"], [ITEM, {**ITEM, "file": "other/versions/1.json"}]),
    "a file twice": put(["profiles"], [ITEM, {**ITEM, "id": "https://x.example/"}]),
    "a file above the folder": put(["profiles", 0, "file"], "../versions/1.json"),
    "a file elsewhere": put(["profiles", 0, "file"], "https://evil.example/versions/1.json"),
    "a file with a query": put(["profiles", 0, "file"], "welder/versions/1.json?x"),
    "a hidden file": put(["profiles", 0, "file"], ".ssh/versions/1.json"),
    "a file of a thousand letters": put(["profiles", 0, "file"], "x" * 200 + "/1.json"),
    "no digest": put(["profiles", 0, "digestMultibase"], ...),
    "a purpose of its own": put(["profiles", 0, "purpose"], "marketing"),
    "a name turned round": put(["profiles", 0, "name"], {"en": "\u202egnp"}),
    "version 0": put(["profiles", 0, "version"], 0),
    "validUntil is a number": put(["profiles", 0, "validUntil"], 1),
    "a profile with more": put(["profiles", 0, "url"], "https://x.example"),
    "too many": put(["profiles"], [ITEM] * (TRUST.profiles + 1)),
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_index(change):
    document = copy.deepcopy(LISTED)
    change(document)
    with pytest.raises(MalformedProfileBundle):
        parse_bundle(dump(document))


def test_no_index_at_all():
    with pytest.raises(MalformedJson):
        parse_bundle(b"<html>")
    with pytest.raises(NotAnObject):
        parse_bundle(b"[]")
    assert parse_bundle(write_bundle([])) == ()


def test_as_a_verifier_serves_them():
    profile = parse_function_profile(WELDER)
    [item] = parse_bundle(write_bundle([("welder/1", profile, WELDER)]))
    world = World()
    world.publish(Fetched(f"{BASE}/index.json", dump(write_bundle([("welder/1", profile, WELDER)])), NOW))
    world.publish(Fetched(f"{BASE}/{item.file}", WELDER, NOW))
    assert codes(read(Context(world.cache, NOW))) == [None]
