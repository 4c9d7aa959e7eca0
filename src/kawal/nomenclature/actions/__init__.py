"""What may be done to codes and parameters."""

from kawal.nomenclature.actions.decrees import record_decrees
from kawal.nomenclature.actions.intake import Taken, record_codes

__all__ = ["Taken", "record_codes", "record_decrees"]
