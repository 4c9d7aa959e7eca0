"""Writes of the budget: one function a use case, each in one transaction."""

from kawal.budget.actions.amendments import (
    detail_amendment,
    enact_amendment,
    open_amendment,
    withdraw_amendment,
)
from kawal.budget.actions.cash_plans import (
    begin_plan,
    drop_plan,
    propose_plan,
    return_plan,
    save_plan,
    submit_plan,
    validate_plan,
)
from kawal.budget.actions.ceilings import (
    set_ceilings,
)
from kawal.budget.actions.dpa import (
    approve_dpa,
    make_dpa,
    ratify_dpa,
    sign_dpa,
    verify_dpa,
)
from kawal.budget.actions.efficiency import (
    agree_cuts,
    enact_efficiency,
    order_efficiency,
    withdraw_efficiency,
)
from kawal.budget.actions.funds import (
    commit,
    lock_funds,
    move_ceiling,
    record_payment,
    reduce_commitment,
    release,
    release_reservation,
    reserve,
    return_payment,
    set_ceiling,
)
from kawal.budget.actions.hand_over import (
    hand_over,
)
from kawal.budget.actions.interim import (
    open_interim,
    propose_interim,
    withdraw_interim,
)
from kawal.budget.actions.locks import (
    lock,
    unlock,
)
from kawal.budget.actions.notes import (
    answer_note,
    write_note,
)
from kawal.budget.actions.price_lists import (
    enact_prices,
    tell_enacted,
)
from kawal.budget.actions.prices import (
    approve_price,
    check_price,
    propose_price,
    reject_price,
)
from kawal.budget.actions.rka import (
    put_component,
    remove_component,
    replace_lines,
    save_header,
)
from kawal.budget.actions.rka_intake import draft_sheets
from kawal.budget.actions.rka_order import put_component_after
from kawal.budget.actions.rka_steps import (
    drop,
    send_back,
    submit,
    verify,
)
from kawal.budget.actions.rka_steps_many import submit_sheets, verify_sheets
from kawal.budget.actions.sheets import (
    begin_revision,
    copy_contents,
    open_sheet,
)
from kawal.budget.actions.shift_desks import (
    approve_shift,
    enact_shift,
    refuse_shift,
    return_shift,
)
from kawal.budget.actions.shifts import (
    propose_shift,
    submit_shift,
    withdraw_shift,
)
from kawal.budget.actions.spd import (
    draft_spd,
    drop_spd,
    save_spd,
    sign_spd,
    withdraw_spd,
)
from kawal.budget.actions.versions import (
    compile_version,
)
from kawal.budget.actions.years import (
    open_year,
)

__all__ = [
    "agree_cuts",
    "answer_note",
    "approve_dpa",
    "approve_price",
    "approve_shift",
    "begin_plan",
    "begin_revision",
    "check_price",
    "commit",
    "compile_version",
    "copy_contents",
    "detail_amendment",
    "draft_sheets",
    "draft_spd",
    "drop",
    "drop_plan",
    "drop_spd",
    "enact_amendment",
    "enact_efficiency",
    "enact_prices",
    "enact_shift",
    "hand_over",
    "lock",
    "lock_funds",
    "make_dpa",
    "move_ceiling",
    "open_amendment",
    "open_interim",
    "open_sheet",
    "open_year",
    "order_efficiency",
    "propose_interim",
    "propose_plan",
    "propose_price",
    "propose_shift",
    "put_component",
    "put_component_after",
    "ratify_dpa",
    "record_payment",
    "reduce_commitment",
    "refuse_shift",
    "reject_price",
    "release",
    "release_reservation",
    "remove_component",
    "replace_lines",
    "reserve",
    "return_payment",
    "return_plan",
    "return_shift",
    "save_header",
    "save_plan",
    "save_spd",
    "send_back",
    "set_ceiling",
    "set_ceilings",
    "sign_dpa",
    "sign_spd",
    "submit",
    "submit_plan",
    "submit_sheets",
    "submit_shift",
    "tell_enacted",
    "unlock",
    "validate_plan",
    "verify",
    "verify_dpa",
    "verify_sheets",
    "withdraw_amendment",
    "withdraw_efficiency",
    "withdraw_interim",
    "withdraw_shift",
    "withdraw_spd",
    "write_note",
]
