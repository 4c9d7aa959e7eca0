"""Letters about one's own login; sent behind the request, so that its time gives nothing away."""

import smtplib
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import lru_cache
from typing import Any

import structlog
from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.template import loader
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kawal.identity.backend import may_enter
from kawal.identity.models import Login

log = structlog.get_logger(__name__)
_under_way: set["Future[None]"] = set()


@lru_cache(maxsize=1)
def _postmen() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="letters")


def later(job: Callable[..., None], *args: Any) -> None:
    """Do a job behind the request, in the reader's language; at the process's end it is awaited."""
    future = _postmen().submit(_in_language, translation.get_language() or "id", job, args)
    _under_way.add(future)
    future.add_done_callback(_under_way.discard)


def settled(patience: float = 10.0) -> bool:
    """Wait until no letter is under way; tell whether that came true in so many seconds."""
    return not wait(set(_under_way), timeout=patience).not_done


def _in_language(language: str, job: Callable[..., None], args: tuple[Any, ...]) -> None:
    try:
        with translation.override(language):
            job(*args)
    except (OSError, smtplib.SMTPException):
        log.exception("letter_not_sent", job=job.__name__)
    finally:
        connection.close()


def send(address: str, subject: str, template: str, context: dict[str, Any]) -> None:
    """Send one letter now; the text is ``identity/mail/<template>.txt.jinja``."""
    body = loader.get_template(f"identity/mail/{template}.txt.jinja", using="jinja2").render(
        context | {"base_url": settings.BASE_URL}
    )
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address]).send()


def send_notice(login: Login, what: str, *, at: datetime, address: str) -> None:
    """Tell the owner, behind the request, that the safety of his login was changed."""
    if login.email:
        context = {"name": login.full_name, "username": login.username, "what": what, "at": at}
        subject = _("Keamanan akun Anda: %(what)s") % {"what": what}
        later(send, login.email, subject, "notice", context | {"address": address})


def send_warning(address: str, names: Sequence[str], owner: str, what: str, at: datetime) -> None:
    """Tell an owner that somebody else changed the ways into his logins; no address, no letter.

    One who keeps the persons could else point a login to himself in silence.
    """
    if address and names:
        context = {"name": owner, "username": ", ".join(names), "what": what, "at": at}
        subject = _("Keamanan akun Anda: %(what)s") % {"what": what}
        later(send, address, subject, "notice", context | {"address": ""})


def send_reset(address: str) -> None:
    """Mail the links that set a new password, where open logins have this address.

    It looks them up itself, so that the request takes as long for a stranger's address.
    """
    later(_send_reset, address.strip().lower())


def _send_reset(address: str) -> None:
    rows = Login.objects.filter(person__email=address, is_demo=False).order_by("username")
    links = [(row.username, _reset_link(row)) for row in rows if may_enter(row)]
    if links:
        context = {"name": rows[0].full_name, "links": links}
        send(address, _("Kata sandi baru untuk Kawal"), "reset", context)


def _reset_link(login: Login) -> str:
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(login)
    place = {"uidb36": user_pk_to_url_str(login), "key": key}
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=place)}"
