"""What may be done to codes and parameters."""

from kawal.nomenclature.actions.decrees import record_decrees
from kawal.nomenclature.actions.functions import record_functions
from kawal.nomenclature.actions.intake import Taken, record_codes
from kawal.nomenclature.actions.parameters import decide_parameter, propose_parameter

__all__ = [
    "Taken",
    "decide_parameter",
    "propose_parameter",
    "record_codes",
    "record_decrees",
    "record_functions",
]
