"""Writes of monitoring: one function a use case, one transaction each; ``actor.at`` is the time.

Locks are taken in one order: the application's row, then its checks, then its incidents.
"""

from kawal.monitoring.actions.checks import (
    amend_check,
    create_check,
    new_push_key,
    pause_check,
    resume_check,
    retire_check,
)
from kawal.monitoring.actions.history import History, Sight
from kawal.monitoring.actions.incidents import (
    acknowledge_incident,
    assign_incident,
    comment_incident,
    open_incident,
    reopen_incident,
    resolve_incident,
)
from kawal.monitoring.actions.inventory import (
    amend_application,
    decide_application,
    register_application,
    retire_application,
)
from kawal.monitoring.actions.networks import close_network, open_network
from kawal.monitoring.actions.policy import set_policy
from kawal.monitoring.actions.proposals import (
    confirm_proposals,
    propose_checks,
    reject_proposals,
)

__all__ = [
    "History",
    "Sight",
    "acknowledge_incident",
    "amend_application",
    "amend_check",
    "assign_incident",
    "close_network",
    "comment_incident",
    "confirm_proposals",
    "create_check",
    "decide_application",
    "new_push_key",
    "open_incident",
    "open_network",
    "pause_check",
    "propose_checks",
    "register_application",
    "reject_proposals",
    "reopen_incident",
    "resolve_incident",
    "resume_check",
    "retire_application",
    "retire_check",
    "set_policy",
]
