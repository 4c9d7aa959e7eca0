"""When something is due, said in the reader's language; its parameter holds the machine's form."""

from babel.dates import get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kawal.budget.facts.obligation_list import BY_KEY
from kawal.budget.rules.due_dates import Apart, DueRule, InWeek, OnDay, UnreadableRule, due_rule
from kawal.ui.formats import language


def rule_words(text: str) -> str:
    """Return a rule in words; one that cannot be read stands as its parameter has it."""
    try:
        return _said(due_rule(text))
    except UnreadableRule:
        return text


def _said(rule: DueRule) -> str:
    match rule:
        case OnDay(day=None):
            return _("akhir %(month)s %(year)s") % _month(rule)
        case OnDay():
            return _("%(day)s %(month)s %(year)s") % {"day": rule.day, **_month(rule)}
        case InWeek():
            words = {"week": rule.week, **_month(rule)}
            return _("minggu ke-%(week)s %(month)s %(year)s") % words
        case Apart():
            return _apart(rule)


def _apart(rule: Apart) -> str:
    """Return how far from what: another rule, or an obligation by its name."""
    days = abs(rule.days)
    if rule.working and rule.days < 0:
        text = ngettext(
            "%(days)s hari kerja sebelum: %(what)s", "%(days)s hari kerja sebelum: %(what)s", days
        )
    elif rule.working:
        text = ngettext(
            "%(days)s hari kerja setelah: %(what)s", "%(days)s hari kerja setelah: %(what)s", days
        )
    elif rule.days < 0:
        text = ngettext(
            "%(days)s hari kalender sebelum: %(what)s",
            "%(days)s hari kalender sebelum: %(what)s",
            days,
        )
    else:
        text = ngettext(
            "%(days)s hari kalender setelah: %(what)s",
            "%(days)s hari kalender setelah: %(what)s",
            days,
        )
    return text % {"days": days, "what": _what(rule.of)}


def _what(of: str | DueRule) -> str:
    if not isinstance(of, str):
        return _said(of)
    return _(BY_KEY[of].label) if of in BY_KEY else of


def _month(rule: OnDay | InWeek) -> dict[str, str]:
    """Return the words of a month and of its year, counted from the budget year."""
    return {
        "month": get_month_names("wide", locale=language())[rule.month],
        "year": _year(rule.shift),
    }


def _year(shift: int) -> str:
    if shift == -1:
        return _("tahun sebelumnya")
    if shift == 1:
        return _("tahun berikutnya")
    if shift == 0:
        return _("tahun anggaran")
    return _("tahun anggaran %(shift)s") % {"shift": f"{shift:+d}"}
