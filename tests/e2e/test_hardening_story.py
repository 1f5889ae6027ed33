"""The worked case of docs/hardening.md, played as it stands there: over real services, with the real commands."""

import json
from xml.etree import ElementTree as ET

from passport.demo.hardening import play
from tests.simulators.warm_demo import warm_demo


def test_from_a_workers_word_to_hard_proof_and_back(tmp_path, capsys):
    folder = tmp_path / "report"
    with warm_demo():
        play(folder, as_json=True)
    steps = json.loads(capsys.readouterr().out)["steps"]
    weighed = [(step["strength"], step["acts"]) for step in steps if "strength" in step]
    assert weighed == [
        ("soft", {"claim": "yes"}),
        ("semi-hard", {"confirmation": "yes", "claim": "yes"}),
        ("hard", {"validation": "yes", "confirmation": "yes", "claim": "yes"}),
        ("hard", {"validation": "yes", "confirmation": "no", "claim": "yes"}),
        ("soft", {"validation": "no", "confirmation": "no", "claim": "yes"}),
    ]
    assert [step["asked"] for step in steps if "asked" in step] == [
        {"answer": "yes", "strength": "hard", "verdict": "genuine"},
        {"answer": "yes", "strength": "hard", "verdict": "withdrawn"},
        {"answer": "no", "strength": "soft", "verdict": "withdrawn"},
    ]
    page = (folder / "index.html").read_text()
    assert "passport weigh proof-5" in page
    assert "passport wallet respond request-5.txt" in page
    for number in range(1, 6):
        for name in (f"hardening-{number}.svg", f"hardening-{number}-nl.svg"):
            assert ET.parse(folder / name).getroot().get("role") == "img"
        assert f'src="hardening-{number}.svg"' in page
    assert not (folder / "services").exists()
