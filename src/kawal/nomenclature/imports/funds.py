"""``kawal import funds``: sources of money, general and earmarked."""

from kawal.kernel.importing import Column, Import, import_command
from kawal.kernel.words import N_
from kawal.nomenclature.facts import CodeKind
from kawal.nomenclature.imports.cells import code_of
from kawal.nomenclature.imports.tree import (
    BASIS,
    LEVEL,
    NAME,
    WITHDRAWN,
    TreeImport,
    decree_option,
)

CODE = code_of("2.2.01.01.03.01", (1, 1, 2, 2, 2, 2))
EARMARKED = "2"  # dana khusus


class FundsImport(TreeImport):
    """Sources of money; all below 2 (dana khusus) are earmarked."""

    kind = CodeKind.FUND
    columns = (
        Column("code", N_("Kode"), ("kode sumber dana",), CODE, required=True),
        NAME,
        LEVEL,
        WITHDRAWN,
        BASIS,
    )

    def values(self, code: str, decree: str) -> dict[str, object]:
        """Return the level, and whether the money may be spent on one thing only."""
        own = {"is_earmarked": code.split(".")[0] == EARMARKED}
        return super().values(code, decree) | own


@decree_option
def _funds(decree: str | None) -> Import:
    """Import sources of money (sumber dana); each row names its decree: 90 or 50.

    \b
    Example:
      kawal import funds sumber_dana_lengkap.csv
    """
    return FundsImport(decree=decree)


_funds.columns = FundsImport.columns  # type: ignore[attr-defined]
command = import_command(_funds, name="funds")
