"""What is wrong with the catalogues: one sentence each."""

from collections import defaultdict

from babel.messages.catalog import Message

from kawal.ui.catalogues import store, unmarked, written_out
from kawal.ui.catalogues.places import Place, modules


def of_module(place: Place) -> list[str]:
    """Return the faults of one module's words."""
    faults = []
    if (place.po.read_bytes() if place.po.exists() else b"") != store.merged(place):
        faults.append(
            f"the catalogue is not current: python -m kawal.ui.catalogues update {place.name}"
        )
    catalog = store.read(place)
    faults += [f"no English for {msgid!r}" for msgid in store.untranslated(catalog)]
    faults += [f"{error}: {m.id!r}" for m in catalog for error in _errors(m)]
    faults += [f"written out in {text!r}" for text in written_out.in_templates(place.templates())]
    faults += [f"not marked in {text}" for text in unmarked.in_sources(place.sources())]
    return [f"{place.name}: {fault}" for fault in faults]


def _errors(message: Message) -> list[str]:
    """Return what is wrong between a msgid and its English, such as a missing ``%(name)s``."""
    return [str(error) for error in message.check()] if message.id and message.string else []


def between(places: list[Place]) -> list[str]:
    """Return msgids that two modules put into different English: the product would show either."""
    english: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for place in places:
        for message in store.read(place):
            if message.id and message.string:
                said = str(message.string)
                english[str(message.id), message.context or ""].setdefault(said, place.name)
    return [
        f"{msgid!r} is said in two ways: " + ", ".join(f"{s!r} ({m})" for s, m in ways.items())
        for (msgid, _context), ways in english.items()
        if len(ways) > 1
    ]


def all_faults(names: list[str] | None = None) -> list[str]:
    """Return the faults of the named modules, or of all and between them."""
    places = modules()
    chosen = [place for place in places if not names or place.name in names]
    found = [fault for place in chosen for fault in of_module(place)]
    return found + ([] if names else between(places))
