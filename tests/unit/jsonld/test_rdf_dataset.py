"""From expanded JSON-LD to quads: numbers, lists, graphs, and what RDF would leave out."""

from typing import Any

import pytest

from passport.errors.jsonld import NotAnAbsoluteIri, UnsafeDocument
from passport.jsonld.dataset import canonical_double, dataset, iri, value_literal
from passport.jsonld.nquads import RDF, XSD

P = "urn:p"


@pytest.mark.parametrize(
    ("item", "written"),
    [
        ({"@value": "x"}, '"x"'),
        ({"@value": "x", "@language": "nl"}, '"x"@nl'),
        ({"@value": True}, f'"true"^^<{XSD}boolean>'),
        ({"@value": False, "@type": "urn:t"}, '"false"^^<urn:t>'),
        ({"@value": 5}, f'"5"^^<{XSD}integer>'),
        ({"@value": -0.0}, f'"0"^^<{XSD}integer>'),
        ({"@value": 5.0}, f'"5"^^<{XSD}integer>'),
        ({"@value": 5, "@type": f"{XSD}double"}, f'"5.0E0"^^<{XSD}double>'),
        ({"@value": "5.10", "@type": f"{XSD}double"}, f'"5.1E0"^^<{XSD}double>'),
        ({"@value": "1_0", "@type": f"{XSD}double"}, f'"1_0"^^<{XSD}double>'),
        ({"@value": "٣", "@type": f"{XSD}double"}, f'"٣"^^<{XSD}double>'),
        ({"@value": 5.25}, f'"5.25E0"^^<{XSD}double>'),
        ({"@value": 1e21}, f'"1.0E21"^^<{XSD}double>'),
        ({"@value": 1.5, "@type": "urn:float"}, '"1.5E0"^^<urn:float>'),
        ({"@value": {"b": 1, "a": []}, "@type": "@json"}, rf'"{{\"a\":[],\"b\":1}}"^^<{RDF}JSON>'),
    ],
)
def test_value_objects(item: dict[str, Any], written: str) -> None:
    assert value_literal(item) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0.1, "1.0E-1"), (123456.0, "1.23456E5"), (1e-7, "1.0E-7"), (-5.3, "-5.3E0")]
)
def test_doubles(value: float, written: str) -> None:
    assert canonical_double(value) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, b"x"])
def test_values_that_json_does_not_have_are_refused(value: Any) -> None:
    with pytest.raises(UnsafeDocument):
        value_literal({"@value": value})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "relative",
        "/path",
        "#fragment",
        "//host/path",
        "https://relative.invalid/x",
        "_:blank",
        "1a:x",
        "urn:",
        "urn:a b",
        "urn:x\n",
        "urn:x\t",
        "urn:<x>",
        'urn:"x"',
        "urn:x\\u0020",
        "urn:x\x7f",
        "urn:x> <urn:p> <urn:o> .\n<urn:s",
        " urn:x",
        "https://[::1]|",
        "urn:{x}",
    ],
)
def test_identifiers_that_are_no_address_are_refused(text: str) -> None:
    with pytest.raises(NotAnAbsoluteIri):
        iri(text)


@pytest.mark.parametrize(
    "text", ["urn:x", "did:key:z6Mk#z6Mk", "https://é.example/ü?q=ø#é", "data:text/plain,x"]
)
def test_addresses(text: str) -> None:
    assert iri(text) == f"<{text}>"


def test_nodes_types_and_graphs() -> None:
    quads = dataset(
        [
            {
                "@id": "urn:s",
                "@type": ["urn:T"],
                P: [{"@id": "urn:o"}, {"@graph": [{"@id": "urn:i", P: [{"@value": "x"}]}]}],
            }
        ]
    )
    assert quads == {
        ("<urn:s>", f"<{RDF}type>", "<urn:T>", ""),
        ("<urn:s>", "<urn:p>", "<urn:o>", ""),
        ("<urn:s>", "<urn:p>", "_:b1", ""),
        ("<urn:i>", "<urn:p>", '"x"', "_:b1"),
    }


def test_lists_keep_their_order() -> None:
    quads = dataset([{"@id": "urn:s", P: [{"@list": [{"@value": "a"}, {"@value": "b"}]}]}])
    assert quads == {
        ("<urn:s>", "<urn:p>", "_:b2", ""),
        ("_:b2", f"<{RDF}first>", '"a"', ""),
        ("_:b2", f"<{RDF}rest>", "_:b1", ""),
        ("_:b1", f"<{RDF}first>", '"b"', ""),
        ("_:b1", f"<{RDF}rest>", f"<{RDF}nil>", ""),
    }
    assert dataset([{"@id": "urn:s", P: [{"@list": []}]}]) == {("<urn:s>", "<urn:p>", f"<{RDF}nil>", "")}


@pytest.mark.parametrize("expanded", [[], [{"@id": "urn:a"}, {"@id": "urn:b"}]])
def test_anything_but_one_node_is_refused(expanded: list[Any]) -> None:
    with pytest.raises(UnsafeDocument):
        dataset(expanded)


@pytest.mark.parametrize(
    "node",
    [
        {"@id": "x", P: [{"@value": "y"}]},
        {"@type": ["T"]},
        {"p": [{"@value": "y"}]},
        {"_:p": [{"@value": "y"}]},
        {P: [{"@id": "y"}]},
        {P: [{"@value": "y", "@type": "t"}]},
    ],
)
def test_what_rdf_would_leave_out_is_refused(node: dict[str, Any]) -> None:
    with pytest.raises(NotAnAbsoluteIri):
        dataset([node])


@pytest.mark.parametrize("inner", [{"@id": "urn:x"}, {}])
def test_a_node_in_a_graph_of_which_nothing_is_said_is_refused(inner: dict[str, Any]) -> None:
    """Its address is in no quad: `"proof": "urn:x"` would be signed as any other address."""
    with pytest.raises(UnsafeDocument):
        dataset([{"@id": "urn:credential", P: [{"@graph": [inner]}]}])
