"""The test cases of the SD-JWT reference implementation: issue what is marked, show what is chosen, compare.

Each folder has claims with `!sd` marks, what the holder shows, and what the verifier must then read. Two of them
ask for the JSON form, which we don't write: their claims go through the compact form.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from passport.encoding import base64url_decode
from passport.errors.sd_jwt import MalformedSdJwt
from passport.jose import jws
from passport.keys import KeyType, PublicKey, load_signer
from passport.sd_jwt import issue, parse, present, processed, verify_key_binding
from passport.sd_jwt.disclosure import digest
from passport.sd_jwt.pointers import write_pointer

CASES = (
    "array_data_types",
    "array_full_sd",
    "array_in_sd",
    "array_nested_in_plain",
    "array_none_disclosed",
    "array_of_nulls",
    "array_of_objects",
    "array_of_scalars",
    "array_recursive_sd",
    "array_recursive_sd_some_disclosed",
    "header_mod",
    "json_serialization_flattened",
    "json_serialization_general",
    "key_binding",
    "no_sd",
    "object_data_types",
    "recursions",
)


@dataclass(frozen=True)
class Marked:
    """A key or an element that the file marks with `!sd`."""

    value: Any


class Loader(yaml.SafeLoader):
    pass


def marked(loader, node):
    if isinstance(node, yaml.MappingNode):
        return Marked(loader.construct_mapping(node, deep=True))
    if isinstance(node, yaml.SequenceNode):
        return Marked(loader.construct_sequence(node, deep=True))
    plain = node.style is None
    tag = loader.resolve(yaml.ScalarNode, node.value, (plain, not plain))
    return Marked(loader.construct_object(yaml.ScalarNode(tag, node.value)))


Loader.add_constructor("!sd", marked)


def split(value, at=()):
    """The claims without marks, and the pointers that were marked."""
    if isinstance(value, dict):
        claims, pointers = {}, []
        for key, inner in value.items():
            name = str(key.value if isinstance(key, Marked) else key)
            claims[name], found = split(inner, (*at, name))
            pointers += [(*at, name)] * isinstance(key, Marked) + found
        return claims, pointers
    if isinstance(value, list):
        items, pointers = [], []
        for index, element in enumerate(value):
            place = (*at, str(index))
            item, found = split(element.value if isinstance(element, Marked) else element, place)
            items.append(item)
            pointers += [place] * isinstance(element, Marked) + found
        return items, pointers
    return value, []


def chosen(value, at=()):
    if value is True:
        return [at]
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for name, each in inner for place in chosen(each, (*at, str(name)))]


@pytest.fixture(scope="module")
def folder(vectors):
    return vectors / "sd-jwt"


@pytest.fixture(scope="module")
def settings(folder):
    return yaml.safe_load((folder / "settings.yml").read_text())


def signer_of(jwk):
    return load_signer(KeyType(jwk["crv"]), base64url_decode(jwk["d"]))


def test_every_case_is_run(folder):
    assert sorted(path.parent.name for path in folder.glob("*/specification.yml")) == list(CASES)


@pytest.mark.parametrize("decoys", [0, 3])
@pytest.mark.parametrize("name", CASES)
def test_the_verifier_reads_what_the_case_expects(folder, settings, name, decoys):
    case = yaml.load((folder / name / "specification.yml").read_text(), Loader)
    claims, pointers = split(case["user_claims"])
    issuer = signer_of(settings["key_settings"]["issuer_keys"][0])
    holder = signer_of(settings["key_settings"]["holder_key"]) if case.get("key_binding") else None
    who, verifier = settings["identifiers"]["issuer"], settings["identifiers"]["verifier"]
    nonce, now = settings["key_binding_nonce"], datetime.fromtimestamp(settings["iat"], UTC)
    meta = {"iss": who, "iat": settings["iat"], "exp": settings["exp"]}
    text = issue(
        claims | meta,
        disclosable=[write_pointer(place) for place in pointers],
        signer=issuer,
        header=case.get("extra_header_parameters", {}),
        holder_key=None if holder is None else holder.public_key,
        decoys=decoys,
    )
    held = processed(parse(text))
    assert {key: held[key] for key in claims} == claims
    wanted = [write_pointer(place) for place in chosen(case.get("holder_disclosed_claims", {}))]
    shown = parse(present(text, pointers=wanted, holder=holder, nonce=nonce, audience=verifier, now=now))

    jws.verify(shown.jwt, issuer.public_key)
    read = processed(shown)
    assert {key: value for key, value in read.items() if key not in {*meta, "cnf"}} == case[
        "expect_verified_user_claims"
    ]
    if holder is not None:
        assert verify_key_binding(shown, nonce=nonce, audience=verifier, now=now) == holder.public_key
    for key, value in case.get("extra_header_parameters", {}).items():
        assert shown.jwt.header[key] == value


@pytest.mark.parametrize("name", ["json_serialization_flattened", "json_serialization_general"])
def test_the_json_forms_are_refused(name):
    signed = {"payload": "e30", "protected": "e30", "signature": "AA", "header": {"disclosures": []}}
    whole = signed if name.endswith("flattened") else {"payload": "e30", "signatures": [signed]}
    with pytest.raises(MalformedSdJwt):
        parse(json.dumps(whole))


def test_the_digests_of_rfc_9901():
    """Sections 4.2.3 and 4.2.6."""
    claim = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    element = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0"
    assert digest(claim) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert digest(element) == "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"


def test_the_credential_that_openid4vci_prints(vectors, settings):
    """Appendix A.3: made with the same keys, by the reference implementation."""
    response = (vectors / "openid4vci-examples" / "credential_response_sd_jwt_vc.txt").read_text()
    text = re.sub(r"\s", "", response.partition('"credential": "')[2].partition('"')[0])
    sd_jwt = parse(text)
    jws.verify(sd_jwt.jwt, PublicKey.from_jwk(without_secret(settings["key_settings"]["issuer_keys"][0])))
    claims = processed(sd_jwt)
    assert claims["vct"] == "https://credentials.example.com/identity_credential"
    assert claims["address"]["locality"] == "Anytown"
    assert len(sd_jwt.disclosures) == 9


def without_secret(jwk):
    return {name: value for name, value in jwk.items() if name != "d"}
