"""The first part of the story: a school and an employer issue, the worker receives."""

import base64
from typing import Any

from passport.demo.doors import Door
from passport.demo.record import Record
from passport.demo.setting import Stage
from passport.demo.skills import CERTIFICATE, COURSE, EXPERIENCE, OTHER, TIME_SHEETS, Skill
from passport.json import JsonObject, dump
from passport.pictures.qr import draw_png, read_image
from passport.texts import Language, shared


def open_accounts(stage: Stage, record: Record) -> None:
    """The school and the employer get an account, a key and a DID document."""
    address = f"http://localhost:{stage.ports['issuer']}"
    secret = (stage.folder / "issuer" / "bootstrap.secret").read_text(encoding="ascii").strip()
    operator = Door(address, key=secret)
    with record.step("a school and an employer", "They open an account and publish their keys"):
        for slug, name in (("school", "Synthetic school"), ("employer", "Synthetic employer")):
            made = operator.post("/api/organisations", {"slug": slug, "name": name})
            stage.dids[slug] = made["did"]
            document = operator.get(f"/o/{slug}/did.json")
            methods = len(document["verificationMethod"])
            record.say(f"{name}: {made['did']} ({methods} keys in its DID document)")
            setattr(stage, slug, Door(address, key=made["owner"]["api_key"]))
        record.facts(dids=dict(stage.dids))
    operator.close()


def publish_trust(stage: Stage, record: Record) -> None:
    """The registrar says who is recognised as what; the wallet takes its list."""
    with record.step("a registrar", "It signs a list: the school is an educator, the employer an employer"):
        listed = stage.trust_list()
        (stage.folder / "trust-list.json").write_bytes(dump(listed))
        stage.wallet.post("/api/trust-lists", {"trustList": listed})
        record.say(f"{len(listed['entries'])} entries, version {listed['version']}, by {stage.registrar_did}")


def issue_course(stage: Stage, record: Record) -> str:
    """A micro-credential, offered as a QR picture that the wallet reads. Returns the credential's id."""
    with record.step("a school", "It issues a micro-credential, offered by QR"):
        achievement = _achievement(
            stage.school, "Working on electrical installations", "MicroCredential", COURSE
        )
        offer = stage.school.post(
            "/api/offers",
            {
                "achievement": achievement,
                "validUntil": "2036-12-31T23:59:59Z",
                "evidence": [{"name": "Practical examination", "genre": "examination"}],
            },
        )
        picture = draw_png(offer["link"])
        record.picture("1-offer.png", picture, "The offer, as the worker scans it")
        [scanned] = read_image(picture)
        record.say(f"The picture was read back from its pixels: {len(scanned)} characters, the same link.")
        assert scanned == offer["link"]
    with record.step("the worker", "The wallet scans it, proves its key and takes the credential"):
        received = stage.wallet.post("/api/receive", {"picture": base64.b64encode(picture).decode("ascii")})
        return _received(record, received)


def issue_experience(stage: Stage, record: Record) -> str:
    """Work experience with time sheets that are bound by their digest, offered as a link."""
    with record.step("an employer", "It confirms work experience, with time sheets bound by their digest"):
        kept = stage.employer.send("/api/evidence", TIME_SHEETS, "text/csv")
        achievement = _achievement(
            stage.employer, "Fourteen months of solar panels", "ApprenticeshipCertificate", EXPERIENCE
        )
        offer = stage.employer.post(
            "/api/offers",
            {
                "achievement": achievement,
                "role": "assistant fitter",
                "activityStartDate": "2025-09-01T00:00:00Z",
                "activityEndDate": "2026-10-31T00:00:00Z",
                "evidence": [{"file": kept["id"], "name": "Time sheets", "genre": "work-record"}],
            },
        )
        record.say(f"Time sheets: {kept['size']} bytes, digest {kept['digestMultibase']}")
    with record.step("the worker", "The wallet opens the link and takes the credential and the records"):
        received = stage.wallet.post("/api/receive", {"link": offer["link"]})
        record.say(f"{received['files']} file kept in the wallet, digest checked")
        return _received(record, received)


def issue_certificates(stage: Stage, record: Record) -> None:
    """Certificates for a holder that the school knows, sent as files; one is about other work."""
    holder = stage.wallet.get("/api/wallet")["did"]
    files: list[JsonObject] = []
    with record.step("a school", "It issues two certificates to the worker's DID and sends them as files"):
        for name, skills in (("Safe at heights", CERTIFICATE), ("Forklift driver", OTHER)):
            issued = stage.school.post(
                "/api/credentials",
                {
                    "achievement": _achievement(stage.school, name, "Certificate", skills),
                    "subject": holder,
                    "evidence": [{"name": "Examination", "genre": "examination"}],
                },
            )
            path = record.folder / f"{name.lower().replace(' ', '-')}.json"
            path.write_bytes(dump(issued["credential"]))
            files.append(issued["credential"])
            record.say(f"{path.name}: {path.stat().st_size} bytes, a plain Open Badge 3.0")
    with record.step("the worker", "The wallet takes the files"):
        for document in files:
            [taken] = stage.wallet.post("/api/receive", {"credential": document})["credentials"]
            record.say(f"{taken['name']}, from {taken['issuer']['id']}: {taken['answer']}")


def _achievement(door: Door, name: str, kind: str, skills: tuple[Skill, ...]) -> str:
    made: JsonObject = door.post(
        "/api/achievements",
        {
            "name": name,
            "description": f"{name}. Synthetic, for a demonstration.",
            "achievementType": kind,
            "criteria": {"narrative": "Shown in practice. Synthetic, for a demonstration."},
            "alignment": [skill.alignment() for skill in skills],
        },
    )
    identifier: str = made["id"]
    return identifier


def _received(record: Record, received: Any) -> str:
    [credential] = received["credentials"]
    record.say(f"{credential['name']}, from {credential['issuer']['id']}")
    record.say(f"Kept as one credential in {len(credential['forms'])} forms that all say the same.")
    checks = [
        (
            str(check["number"]),
            shared().say(check["code"], Language.EN),
            check["answer"],
            check["reason"]["text"],
        )
        for check in credential["checks"]
    ]
    record.table("What the wallet checked before it kept it", ("", "check", "answer", "found"), checks)
    record.facts(credential=credential["credentialId"], answer=credential["answer"])
    identifier: str = credential["credentialId"]
    return identifier
