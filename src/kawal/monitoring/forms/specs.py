"""Each kind's own fields: how they are asked for, read into a spec, and written back."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kawal.kernel.words import N_
from kawal.monitoring.facts import Kind
from kawal.monitoring.feeds import numbers
from kawal.monitoring.feeds.dns import RECORDS
from kawal.monitoring.feeds.http import METHODS
from kawal.monitoring.feeds.json_path import COMPARE
from kawal.monitoring.forms.fields import ChoiceField, Choices, WholeField

Made = Callable[[], forms.Field]
Spec = dict[str, Any]
KEPT = "••••••"
_UP, _DOWN = ("naik", "above"), ("turun", "below")


def _words(label: str, hint: str = "", *, required: bool = False, most: int = 500) -> Made:
    return lambda: forms.CharField(
        label=gettext_lazy(label), help_text=_hint(hint), required=required, max_length=most
    )


def _whole(label: str, hint: str = "", *, required: bool = False) -> Made:
    return lambda: WholeField(label=gettext_lazy(label), help_text=_hint(hint), required=required)


def _lines(label: str, hint: str = "") -> Made:
    return lambda: forms.CharField(
        label=gettext_lazy(label),
        help_text=_hint(hint),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )


def _one_of(label: str, choices: Choices, hint: str = "") -> Made:
    return lambda: ChoiceField(
        [(value, gettext_lazy(str(words))) for value, words in choices],
        label=gettext_lazy(label),
        help_text=_hint(hint),
    )


def _hint(hint: str) -> Any:
    return gettext_lazy(hint) if hint else ""


def _same(values: tuple[str, ...]) -> Choices:
    return [(value, value) for value in values]


FIELDS: dict[Kind, dict[str, Made]] = {
    Kind.HTTP: {
        "url": _words(
            N_("Alamat halaman"), N_("Dimulai dengan https://"), required=True, most=2000
        ),
        "method": _one_of(N_("Cara meminta"), _same(METHODS)),
        "status": _words(N_("Status yang dianggap baik"), N_("Misalnya 200-299, 401")),
        "keyword": _words(N_("Kata yang harus ada")),
        "absent": _words(N_("Kata yang tidak boleh ada")),
        "max_ms": _whole(N_("Paling lambat (milidetik)"), N_("Kosong: tidak dibatasi.")),
        "slow_is": _one_of(
            N_("Bila lebih lambat"), [("warn", N_("Perlu perhatian")), ("down", N_("Terganggu"))]
        ),
        "redirects": _one_of(
            N_("Pengalihan"),
            [
                ("follow", N_("Diikuti")),
                ("refuse", N_("Tidak diikuti")),
                ("exactly", N_("Harus ke alamat tertentu")),
            ],
        ),
        "exactly": _words(N_("Alamat tujuan pengalihan"), most=2000),
        "json": _words(N_("Isian JSON yang diperiksa"), N_("Misalnya data.status")),
        "json_compare": _one_of(N_("Perbandingan"), _same(tuple(COMPARE))),
        "json_value": _words(N_("Nilai pembanding"), N_("Angka, true, false, atau teks.")),
        "headers": _lines(N_("Kepala permintaan"), N_("Satu per baris: Nama: nilai")),
        "secret_headers": _lines(
            N_("Kepala permintaan rahasia"),
            N_("Satu per baris: Nama: nilai. Disegel; nilainya tidak ditampilkan lagi."),
        ),
        "body": _lines(N_("Isi permintaan")),
    },
    Kind.TLS: {
        "host": _words(N_("Nama server"), required=True, most=253),
        "port": _whole(N_("Porta")),
        "warn_days": _whole(N_("Perlu perhatian bila berakhir dalam (hari)")),
        "bad_days": _whole(N_("Terganggu bila berakhir dalam (hari)")),
    },
    Kind.DNS: {
        "name": _words(N_("Nama domain"), required=True, most=253),
        "record": _one_of(N_("Catatan"), _same(RECORDS)),
        "match": _one_of(
            N_("Jawabannya"),
            [
                ("any", N_("Apa saja, asal ada")),
                ("contains", N_("Memuat")),
                ("exactly", N_("Persis")),
            ],
        ),
        "expect": _lines(N_("Jawaban yang diharapkan"), N_("Satu per baris.")),
        "server": _words(N_("Server nama yang ditanya"), N_("Alamat IP; kosong: yang biasa.")),
    },
    Kind.TCP: {
        "host": _words(N_("Nama server"), required=True, most=253),
        "port": _whole(N_("Porta"), required=True),
        "banner": _words(N_("Sapaan yang diharapkan"), most=200),
    },
    Kind.PING: {
        "host": _words(N_("Nama server"), required=True, most=253),
        "tries": _whole(N_("Percobaan sekali periksa")),
    },
    Kind.HEARTBEAT: {
        "every": _whole(N_("Seharusnya melapor setiap (detik)"), N_("Atau isi jadwal di bawah.")),
        "cron": _words(N_("Jadwal cron"), N_("Misalnya 30 1 * * * untuk pukul 01.30"), most=100),
        "zone": _words(N_("Zona waktu jadwal"), most=60),
        "grace": _whole(N_("Kelonggaran (detik)")),
        "longest": _whole(N_("Paling lama berjalan (detik)"), N_("Kosong: tidak dibatasi.")),
    },
    Kind.NUMBERS: {
        "figures": _lines(
            N_("Angka yang dinilai"),
            N_(
                "Satu per baris: nama arah perhatian buruk [basi]. Arah: naik atau turun; garis (-)"
                " bila tanpa batas; basi dalam detik untuk tanggal. Misalnya: antrean naik 50 100"
            ),
        ),
        "stale_after": _whole(N_("Terganggu bila tanpa kiriman selama (detik)")),
    },
}
# what few checks of a kind need stands folded away
RARE = {
    Kind.HTTP: (
        "method",
        "redirects",
        "exactly",
        "json",
        "json_compare",
        "json_value",
        "headers",
        "secret_headers",
        "body",
    )
}
# the form has its own name for a check's name, so a domain's is asked under another one
RENAMED = {Kind.DNS: {"name": "domain"}}
for _kind, _names in RENAMED.items():
    FIELDS[_kind] = {_names.get(name, name): made for name, made in FIELDS[_kind].items()}


def read(kind: Kind, values: Mapping[str, Any]) -> tuple[Spec, dict[str, str]]:
    """Return the spec and the secrets typed; what is empty is left to the kind's own defaults."""
    if kind is Kind.HTTP:
        return _read_http(values)
    back = {typed: name for name, typed in RENAMED.get(kind, {}).items()}
    spec: Spec = {}
    for field in FIELDS[kind]:
        if values.get(field) not in (None, ""):
            spec[back.get(field, field)] = values[field]
    if kind is Kind.DNS:
        spec["expect"] = _split(values["expect"])
    if kind is Kind.NUMBERS:
        spec["figures"] = [_figure(line) for line in _split(values["figures"])]
    return spec, {}


def written(kind: Kind, spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spec as the form shows it."""
    if kind is Kind.HTTP:
        return _write_http(spec)
    names = RENAMED.get(kind, {})
    values = {names.get(name, name): value for name, value in spec.items()}
    if "expect" in values:
        values["expect"] = "\n".join(values["expect"])
    if "figures" in values:
        values["figures"] = "\n".join(_figure_line(one) for one in values["figures"])
    return values


def _read_http(values: Mapping[str, Any]) -> tuple[Spec, dict[str, str]]:
    plain = ("url", "method", "keyword", "absent", "max_ms", "slow_is", "body")
    spec: Spec = {name: values[name] for name in plain if values[name] not in (None, "")}
    redirects = values["redirects"]
    spec["redirects"] = {"exactly": values["exactly"]} if redirects == "exactly" else redirects
    if values["status"]:
        spec["status"] = [_status(one) for one in values["status"].replace(" ", "").split(",")]
    if values["json"]:
        spec["json"] = {"path": values["json"], "compare": values["json_compare"]}
        if values["json_compare"] != "exists":
            spec["json"]["value"] = _json_value(values["json_value"])
    hidden = dict(_headers(values["secret_headers"]))
    shown = [{"name": name, "value": value} for name, value in _headers(values["headers"])]
    if shown or hidden:
        spec["headers"] = shown + [{"name": name, "secret": True} for name in hidden]
    return spec, {name: value for name, value in hidden.items() if value != KEPT}


def _write_http(spec: Mapping[str, Any]) -> dict[str, Any]:
    values = {"method": "GET", "slow_is": "warn", "redirects": "follow", "json_compare": "equals"}
    values |= {name: value for name, value in spec.items() if name not in ("json", "headers")}
    values["status"] = ", ".join(str(one) for one in spec.get("status", []))
    if isinstance(spec.get("redirects"), Mapping):
        values |= {"redirects": "exactly", "exactly": spec["redirects"]["exactly"]}
    test = spec.get("json") or {}
    if test:
        compare, value = test.get("compare", "equals"), test.get("value", "")
        wanted = value if isinstance(value, str) else json.dumps(value)
        values |= {"json": test["path"], "json_compare": compare, "json_value": wanted}
    headers = spec.get("headers") or []
    shown = [f"{one['name']}: {one.get('value', '')}" for one in headers if not one.get("secret")]
    hidden = [f"{one['name']}: {KEPT}" for one in headers if one.get("secret")]
    return values | {"headers": "\n".join(shown), "secret_headers": "\n".join(hidden)}


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _headers(text: str) -> list[tuple[str, str]]:
    parts = (line.partition(":") for line in _split(text))
    return [(name.strip(), value.strip()) for name, _mark, value in parts]


def _status(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


def _json_value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _figure(line: str) -> dict[str, Any]:
    """Read ``antrean naik 50 100``; what does not read so is left for the kind to refuse."""
    name, direction, warn, bad, stale, *more = [*line.split(), "", "", "", ""]
    if any(more) or direction not in {*_UP, *_DOWN}:
        return {"name": line}
    found: dict[str, Any] = {
        "name": name,
        "direction": "above" if direction in _UP else "below",
        "warn": _bound(warn),
        "bad": _bound(bad),
    }
    return found | ({"stale_after": _bound(stale)} if stale else {})


def _bound(text: str) -> float | int | str | None:
    if text in ("", "-"):
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _figure_line(member: Mapping[str, Any]) -> str:
    figure = numbers.figure(member)
    bounds = ["-" if one is None else f"{one:g}" for one in (figure.warn, figure.bad)]
    words = [figure.name, "naik" if figure.above else "turun", *bounds]
    return " ".join([*words, *([str(figure.stale_after)] if figure.stale_after else [])])
