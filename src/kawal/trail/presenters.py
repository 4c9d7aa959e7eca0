"""Turns entries into what their public pages and files show."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from kawal.trail import registry
from kawal.trail.facts import Entry, Head, Json, Proof
from kawal.trail.fields import Day, Field, Flag, Instant, Rupiah, instant

PROOF_FORMAT = "kawal.proof/1"


@dataclass(frozen=True, slots=True)
class Fact:
    """One public fact as a reader sees it; ``form`` tells the page how to write the value."""

    label: str
    form: str
    value: object


def kind_label(name: str) -> str:
    """Return a kind's name in the reader's language; its own name when nobody knows it any more."""
    try:
        return _(registry.kind(name).label) or name
    except registry.UnknownKind:
        return name


def kind_labels() -> list[tuple[str, str]]:
    """Return every kind with its label, in the order of the labels."""
    return sorted(((kind.name, kind_label(kind.name)) for kind in registry.kinds()), key=_second)


def _second(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def subject(entry: Entry) -> str:
    """Return what the entry is about, as people know it."""
    try:
        about = registry.kind(entry.kind, entry.version).about
    except registry.UnknownKind:
        about = ""
    return str(entry.facts.get(about, "")) if about else ""


def facts(entry: Entry) -> list[Fact]:
    """Return an entry's facts in the order of its schema; those that no schema knows come last."""
    try:
        kind = registry.kind(entry.kind, entry.version)
    except registry.UnknownKind:
        return [Fact(name, "plain", _plain(value)) for name, value in entry.facts.items()]
    order = {name: place for place, name in enumerate(kind.fields)}
    names = sorted(entry.facts, key=lambda name: order.get(name, len(order)))
    return [_fact(name, entry.facts[name], kind.fields.get(name), kind.words) for name in names]


def _fact(name: str, value: Json, field: Field | None, words: Mapping[str, str]) -> Fact:
    label = _(words[name]) if name in words else name
    match field:
        case Rupiah():
            return Fact(label, "rupiah", Decimal(str(value)))
        case Day():
            return Fact(label, "day", date.fromisoformat(str(value)))
        case Instant():
            return Fact(label, "instant", datetime.fromisoformat(str(value)))
        case Flag():
            return Fact(label, "plain", _("ya") if value else _("tidak"))
        case _:
            return Fact(label, "plain", _plain(value))


def _plain(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def proof_file(proof: Proof) -> dict[str, object]:
    """Return a proof as the file that anybody can check without us."""
    return {
        "format": PROOF_FORMAT,
        **head_file(proof.head),
        "position": proof.entry.position,
        "leaf": proof.entry.canonical.decode(),
        "leaf_hash": proof.entry.hash.hex(),
        "path": [step.hex() for step in proof.path],
    }


def head_file(head: Head) -> dict[str, object]:
    """Return a head as a line to keep: ``kawal verify trail --heads`` compares it later."""
    return {
        "origin": head.origin,
        "size": head.size,
        "root": head.root.hex(),
        "at": instant(head.at),
    }
