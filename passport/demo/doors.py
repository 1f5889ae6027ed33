"""HTTP as the people of the story use it: one client a service, an error that says which step was refused."""

from typing import Any

import httpx

from passport.errors import Invalid

_SECONDS = 60.0


class StepRefused(Invalid):
    code = "step_refused"
    sentence = "A service refused a step of the demo."


class Door:
    """One party's way into one service."""

    def __init__(self, address: str, *, key: str = "") -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.address, self.key = address, key
        self._client = httpx.Client(base_url=address, headers=headers, timeout=_SECONDS)

    def get(self, path: str) -> Any:
        return self._read(self._client.get(path))

    def picture(self, path: str) -> bytes:
        response = self._client.get(path)
        self._check(response)
        return response.content

    def post(self, path: str, body: Any = None) -> Any:
        return self._read(self._client.post(path, json={} if body is None else body))

    def put(self, path: str, body: Any) -> Any:
        return self._read(self._client.put(path, json=body))

    def send(self, path: str, data: bytes, media_type: str) -> Any:
        return self._read(self._client.post(path, content=data, headers={"Content-Type": media_type}))

    def refused(self, path: str, data: bytes, media_type: str) -> dict[str, Any]:
        """Send something that must be refused, and return the problem document."""
        response = self._client.post(path, content=data, headers={"Content-Type": media_type})
        if response.is_success:
            raise StepRefused(expected="a refusal", status=response.status_code)
        problem: dict[str, Any] = response.json()
        return problem

    def close(self) -> None:
        self._client.close()

    def _read(self, response: httpx.Response) -> Any:
        self._check(response)
        return response.json() if response.content else None

    @staticmethod
    def _check(response: httpx.Response) -> None:
        if not response.is_success:
            code = (
                response.json().get("code", "") if "json" in response.headers.get("content-type", "") else ""
            )
            raise StepRefused(status=response.status_code, code=str(code), path=response.request.url.path)
