"""The module's tables."""

from kawal.nomenclature.models.codes import Account, Activity, Crosswalk, Function, Fund
from kawal.nomenclature.models.decrees import Decree
from kawal.nomenclature.models.parameters import Parameter

__all__ = ["Account", "Activity", "Crosswalk", "Decree", "Function", "Fund", "Parameter"]
