"""Every step of every document needs an act that somebody is granted."""

from kawal.kernel.machines import machines
from kawal.regions.permissions import grants


def test_every_step_needs_an_act_that_is_granted():
    granted = {one.act for one in grants() if one.reaches}
    needed = {move.act for machine in machines() for move in machine.moves if move.act}
    assert needed - granted == set()


def test_every_paper_of_the_budget_has_its_states_in_the_reference():
    known = {machine.document for machine in machines()}
    assert {"RKA", "DPA", "RAK", "SPD", "Pergeseran", "Perubahan APBD"} <= known


def test_every_paper_of_the_treasury_has_its_states_in_the_reference():
    known = {machine.document for machine in machines()}
    assert {"NPD"} <= known
