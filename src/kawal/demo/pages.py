"""The pages of the demo applications: small, in Indonesian, and labelled as simulation."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from kawal.demo.chance import chance
from kawal.demo.facts.applications import DemoApplication
from kawal.demo.facts.places import ZONE
from kawal.demo.numbers import Figures

KEYWORD = "Layanan siap"

_STYLE = """
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1c2530;background:#f4f6f8}
.sim{background:#7a1f5c;color:#fff;padding:.4rem 1rem;font-weight:600}
header,main,footer{max-width:46rem;margin:0 auto;padding:1rem}
h1{margin:.5rem 0 0}p.o{margin:0;color:#4a5763}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1rem}
dl div{background:#fff;border:1px solid #d5dbe1;padding:.8rem}dt{color:#4a5763}
dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse;background:#fff}
td,th{border:1px solid #d5dbe1;padding:.4rem .6rem;text-align:left}
"""
_STAGES = ("Diterima", "Diperiksa", "Menunggu berkas", "Selesai")


def shell(title: str, body: str) -> bytes:
    """Return a whole page around a body (both already escaped)."""
    return f"""<!doctype html>
<html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>{title} (SIMULASI)</title>
<style>{_STYLE}</style></head><body>
<div class="sim">SIMULASI. Bukan layanan pemerintah; datanya karangan.</div>
{body}
<footer><p class="o">Aplikasi peraga dari Kawal.</p></footer></body></html>""".encode()


def home(seed: int, application: DemoApplication, figures: Figures, at: datetime) -> bytes:
    """Return the first page of an application that is well."""
    body = f"""{_head(application)}<main><p><strong>{KEYWORD}.</strong> {_time(at)} WIB</p>
<dl><div><dt>Transaksi hari ini</dt><dd>{_number(figures.transactions)}</dd></div>
<div><dt>Antrean</dt><dd>{_number(figures.waiting)}</dd></div>
<div><dt>Pengguna terdaftar</dt><dd>{_number(application.users)}</dd></div></dl>
<h2>Permohonan terakhir</h2>
<table><thead><tr><th>Nomor</th><th>Tahap</th></tr></thead>
<tbody>{_rows(seed, application, figures)}</tbody></table>
<p class="o">Data per {_time(figures.data_at)} WIB</p></main>"""
    return shell(escape(application.name), body)


def broken(application: DemoApplication, title: str, sentence: str) -> bytes:
    """Return a page that only says what is wrong."""
    body = f"{_head(application)}<main><h2>{escape(title)}</h2><p>{escape(sentence)}</p></main>"
    return shell(escape(application.name), body)


def parked() -> bytes:
    """Return the page of somebody else, to which a lapsed domain leads."""
    return shell(
        "Domain diparkir",
        "<main><h1>Domain ini diparkir</h1><p>Nama ini sudah tidak diperpanjang.</p></main>",
    )


def _head(application: DemoApplication) -> str:
    return (
        f"<header><h1>{escape(application.name)}</h1>"
        f'<p class="o">{escape(application.owner)}</p>'
        f"<p>{escape(application.serves)}</p></header>"
    )


def _rows(seed: int, application: DemoApplication, figures: Figures) -> str:
    last = figures.transactions
    return "".join(
        f"<tr><td>{number:06}</td>"
        f"<td>{_STAGES[int(chance(seed, application.code, number) * len(_STAGES))]}</td></tr>"
        for number in range(last, max(last - 4, 0), -1)
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _time(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(ZONE)):%d-%m-%Y %H.%M}"
