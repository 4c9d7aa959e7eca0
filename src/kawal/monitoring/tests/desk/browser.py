"""A browser without a screen: signs people in and sends forms as their pages would."""

import re
import uuid
from html import unescape

from django.contrib.auth import get_user_model
from django.http import HttpResponseBase
from django.test import Client

from kawal.identity import actions as identity
from kawal.monitoring.tests.desk.conftest import NOON
from kawal.regions.facts import Actor


class Browser:
    """One person's browser."""

    def __init__(self, actor: Actor, lang: str = "id") -> None:
        assert actor.person_id is not None
        made = identity.open_login(actor.person_id, f"orang-{actor.person_id}", at=NOON)
        login = get_user_model().objects.get(pk=made.id)
        login.must_change_password = False
        login.save()
        self.client = Client()
        self.client.force_login(login, backend="kawal.identity.backend.Backend")
        self.client.cookies["lang"] = lang

    def get(self, path: str, status: int = 200) -> str:
        """Return the text of a page below ``/office/``."""
        answer = self.client.get(f"/office/{path}")
        assert answer.status_code == status, (path, answer.status_code, text_of(answer)[:500])
        return text_of(answer)

    def send(self, path: str, fields: dict[str, object], status: int = 302) -> str:
        """Send a form; return where it leads to, or the text of the page that comes back."""
        values = {"_key": uuid.uuid4().hex} | {k: v for k, v in fields.items() if v is not None}
        answer = self.client.post(f"/office/{path}", values)
        assert answer.status_code == status, (path, answer.status_code, text_of(answer)[:800])
        return str(answer.headers["Location"]) if status == 302 else text_of(answer)


def text_of(answer: HttpResponseBase) -> str:
    """Return a page's words, without its tags, in one line."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", body.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())
