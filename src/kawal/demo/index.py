"""The demo's own page: every simulated application, what ails it, and a way to break one."""

from datetime import datetime, timedelta
from html import escape
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from kawal.demo import pages
from kawal.demo.addresses import Addresses
from kawal.demo.answers import Answer
from kawal.demo.board import Board
from kawal.demo.facts.applications import APPLICATIONS, BY_CODE, DemoApplication
from kawal.demo.facts.places import ZONE
from kawal.demo.faults import Fault, Spell
from kawal.demo.protocol import Request

WORDS = {
    Fault.SLOW: "lambat",
    Fault.ERROR: "galat 500",
    Fault.WRONG_PAGE: "halaman salah",
    Fault.REFUSED: "sambungan ditolak",
    Fault.HANGING: "tidak menjawab",
    Fault.REDIRECT: "dialihkan ke tempat lain",
    Fault.MAINTENANCE: "pemeliharaan malam",
    Fault.STALE: "data basi",
    Fault.SILENT_JOB: "pekerjaan diam",
}


def respond(board: Board, addresses: Addresses, request: Request, at: datetime) -> Answer:
    """Show the list; ``POST /ganggu`` breaks an application and ``POST /pulihkan`` mends it."""
    if request.method in ("GET", "HEAD"):
        return Answer(200, _page(board, addresses, at))
    if request.method != "POST":
        return Answer(405, b"")
    if not _from_here(request):
        return Answer(403, b"")
    form = {name: values[0] for name, values in parse_qs(request.body.decode("latin-1")).items()}
    return _act(board, request.path, form, at)


def _from_here(request: Request) -> bool:
    """Tell whether no other site's page sent it."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _act(board: Board, path: str, form: dict[str, str], at: datetime) -> Answer:
    code, minutes = form.get("aplikasi", ""), form.get("menit", "3")
    if code not in BY_CODE or not minutes.isdigit():
        return Answer(400, b"")
    if path == "/pulihkan":
        board.mend_now(code)
    elif path == "/ganggu" and form.get("gangguan") in list(Fault):
        board.break_now(code, Fault(form["gangguan"]), timedelta(minutes=int(minutes)), at)
    else:
        return Answer(400, b"")
    return Answer(303, b"", location="/")


def _page(board: Board, addresses: Addresses, at: datetime) -> bytes:
    ailing_first = sorted(APPLICATIONS, key=lambda one: board.spell(one.code, at) is None)
    rows = "".join(_row(board, addresses, one, at) for one in ailing_first)
    choices = "".join(f'<option value="{fault}">{word}</option>' for fault, word in WORDS.items())
    names = "".join(
        f'<option value="{one.code}">{escape(one.name)}</option>' for one in APPLICATIONS
    )
    body = f"""<header><h1>Aplikasi peraga</h1>
<p class="o">{len(APPLICATIONS)} aplikasi karangan, masing-masing dengan portanya sendiri.</p>
</header><main>
<form method="post" action="/ganggu"><p>
<label>Aplikasi <select name="aplikasi">{names}</select></label>
<label>Gangguan <select name="gangguan">{choices}</select></label>
<label>Menit <input name="menit" value="3" inputmode="numeric" size="2"></label>
<button>Ganggu</button> <button formaction="/pulihkan">Pulihkan</button></p></form>
<table><thead><tr><th>Aplikasi</th><th>Pemilik</th><th>Sekarang</th><th>Berikutnya</th></tr>
</thead><tbody>{rows}</tbody></table></main>"""
    return pages.shell("Aplikasi peraga", body)


def _row(board: Board, addresses: Addresses, one: DemoApplication, at: datetime) -> str:
    now, then = board.spell(one.code, at), board.next_spell(one.code, at)
    return (
        f'<tr><td><a href="{addresses.url(one.code)}">{escape(one.name)}</a></td>'
        f"<td>{escape(one.agency)}</td><td>{_now(now)}</td><td>{_then(then)}</td></tr>"
    )


def _now(spell: Spell | None) -> str:
    return f"<strong>{WORDS[spell.fault]}</strong> sampai {_time(spell.end)}" if spell else "baik"


def _then(spell: Spell | None) -> str:
    return f"{_time(spell.start)} {WORDS[spell.fault]}" if spell else ""


def _time(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(ZONE)):%H.%M}"
