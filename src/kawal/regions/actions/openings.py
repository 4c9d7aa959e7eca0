"""Opening a module to the public, and closing it, by the number of a decree."""

from datetime import date

from django.db import transaction

from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions import acts, queries, rules
from kawal.regions.actions.who import person_of
from kawal.regions.facts import Actor, OpeningFacts
from kawal.regions.models import PublicOpening
from kawal.regions.permissions import require
from kawal.regions.publicity import known_modules
from kawal.trail import actions as trail


@transaction.atomic
def open_module(module: str, *, decree: str, decree_date: date, actor: Actor) -> OpeningFacts:
    """Show a module to the public from now on.

    :raises Refused: with every reason; nothing is then opened.
    """
    require(actor, acts.OPEN_MODULES)
    reasons = rules.applying(
        [
            (
                module not in known_modules(),
                Reason("regions.no_such_module", N_("Modul ini tidak ada."), at="module"),
            ),
            (
                not decree.strip(),
                Reason("regions.no_decree", N_("Isi nomor keputusannya."), at="decree"),
            ),
            (
                decree_date > queries.today(actor.at),
                Reason("regions.decree_ahead", N_("Tanggal SK di masa depan."), at="decree_date"),
            ),
            (
                queries.is_open(module),
                Reason("regions.already_open", N_("Modul ini sudah terbuka."), at="module"),
            ),
        ]
    )
    if reasons:
        raise Refused(reasons)
    row = PublicOpening.objects.create(
        module=module,
        decree=decree.strip(),
        decree_date=decree_date,
        opened_by_id=person_of(actor),
        opened_at=actor.at,
    )
    facts = {"module": module, "decree": row.decree, "decree_date": decree_date}
    trail.append("module.opened", facts, at=actor.at)
    return row.as_facts()


@transaction.atomic
def close_module(module: str, *, actor: Actor) -> OpeningFacts:
    """Show a module to the public no longer.

    :raises NotThere: when it is not open.
    """
    require(actor, acts.OPEN_MODULES)
    rows = PublicOpening.objects.select_for_update()
    row = rows.filter(module=module, closed_at__isnull=True).first()
    if row is None:
        raise NotThere(f"opening of {module}")
    row.closed_at, row.closed_by_id = actor.at, person_of(actor)
    row.save(update_fields=["closed_at", "closed_by"])
    trail.append("module.closed", {"module": module, "decree": row.decree}, at=actor.at)
    return row.as_facts()
