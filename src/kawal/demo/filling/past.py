"""Fills the invented past of 90 days, the way any city imports another tool's history."""

from kawal.demo import history
from kawal.demo.facts.applications import APPLICATIONS
from kawal.demo.filling.government import Government
from kawal.monitoring.actions.history import History, Sight
from kawal.monitoring.facts import State
from kawal.regions import queries as regions

SEED = 1275


def fill(government: Government) -> int:
    """Take in every application's past; return how many changes of state it holds."""
    at = government.first.at
    room = regions.actor(government.persons["operator"], None, at)
    histories = {
        short: History(government.agencies[short], actor=room)
        for short in dict.fromkeys(one.agency for one in APPLICATIONS)
    }
    for one in APPLICATIONS:
        for past in history.changes(SEED, one.code, at):
            state = State.UP if past.is_up else State.DOWN
            sight = Sight(past.at, one.name, state, past.status)
            _, reasons = histories[one.agency].take(sight)
            assert not reasons, reasons
    return sum(taken.keep() for taken in histories.values())
