"""A program of an HR system that uses the generated clients, and has nothing else of ours."""

PROGRAM = """
import json, sys, time
from passport_issuer_client import AuthenticatedClient
from passport_issuer_client.api.achievements import create_achievement
from passport_issuer_client.api.batches import get_batch, get_rows, take_rows
from passport_issuer_client.api.credentials import get_credential, revoke_credential
from passport_issuer_client.models import BatchRow, NewAchievement, NewBatch, Problem, ReasonBody
from passport_verifier_client import AuthenticatedClient as VerifierClient
from passport_verifier_client.api.vc_api import verify_credential
from passport_verifier_client.models import JsonDocument
from passport_webhooks import Receiver, WebhookRefused

given = json.load(sys.stdin)
client = AuthenticatedClient(base_url=given["issuer"], token=given["key"], raise_on_unexpected_status=True)
verifier = VerifierClient(base_url=given["verifier"], token=given["verifierKey"])
achievement = create_achievement.sync(client=client, body=NewAchievement.from_dict(given["achievement"]))
rows = [BatchRow(reference=f"p-{n}", subject=given["did"]) for n in range(3)]
batch = take_rows.sync(client=client, body=NewBatch(achievement=achievement.id, rows=rows), idempotency_key="x-1")
again = take_rows.sync(client=client, body=NewBatch(achievement=achievement.id, rows=rows), idempotency_key="x-1")
assert again.id == batch.id
other = take_rows.sync(client=client, body=NewBatch(achievement=achievement.id, rows=rows[:1]), idempotency_key="x-1")
assert isinstance(other, Problem) and (other.status, other.code) == (422, "idempotency_key_reused")
while get_batch.sync(batch.id, client=client).state == "running":
    time.sleep(0.1)
found = get_rows.sync(batch.id, client=client).rows
assert [row.outcome for row in found] == ["issued"] * 3
source = get_credential.sync_detailed(found[0].credential, client=client).content
verified = verify_credential.sync_detailed(client=verifier, body=JsonDocument.from_dict({"verifiableCredential": json.loads(source)}))
assert json.loads(verified.content)["verified"] is True, verified.content
revoked = revoke_credential.sync(found[0].credential, client=client, body=ReasonBody())
assert revoked.standing == "revoked"
assert [row.state for row in get_rows.sync(batch.id, client=client).rows] == ["revoked", "valid", "valid"]
try:
    Receiver(["whsec_" + "A" * 44]).open({}, b"")
except WebhookRefused as error:
    assert error.reason == "missing"
print("done")
"""
