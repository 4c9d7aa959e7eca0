"""``kawal import accounts``: accounts of six levels, under the decree that each row names."""

from kawal.kernel.importing import Column, Import, import_command
from kawal.kernel.words import N_
from kawal.nomenclature.facts import CodeKind
from kawal.nomenclature.flags import flags_of
from kawal.nomenclature.imports.cells import code_of
from kawal.nomenclature.imports.tree import (
    BASIS,
    LEVEL,
    NAME,
    WITHDRAWN,
    TreeImport,
    decree_option,
)
from kawal.nomenclature.known import KNOWN

CODE = code_of("5.1.02.01.01.0024", (1, 1, 2, 2, 2, 4))


class AccountsImport(TreeImport):
    """Accounts; their flags follow from the code and the decree's first day."""

    kind = CodeKind.ACCOUNT
    columns = (
        Column("code", N_("Kode"), ("kode rekening", "kode akun"), CODE, required=True),
        NAME,
        LEVEL,
        WITHDRAWN,
        BASIS,
    )

    def values(self, code: str, decree: str) -> dict[str, object]:
        """Return the level and the flags."""
        flags = flags_of(code, KNOWN[decree].valid_from)
        return super().values(code, decree) | {"flags": flags}


@decree_option
def _accounts(decree: str | None) -> Import:
    """Import accounts (rekening) of six levels; each row names its decree: 90, 50 or 0.

    \b
    Example:
      kawal import accounts rekening_lengkap.csv
    """
    return AccountsImport(decree=decree)


_accounts.columns = AccountsImport.columns  # type: ignore[attr-defined]
command = import_command(_accounts, name="accounts")
