"""Every environment variable that the product reads is in the reference of the settings."""

import re
from pathlib import Path

from kawal.config.reference.variables import VARIABLES

READ = re.compile(r'(?:os\.environ(?:\.get)?[\[(]|number\(|days\()\s*"([A-Z_]+)"')
LIBRARIES = {"XDG_RUNTIME_DIR", "PROMETHEUS_MULTIPROC_DIR", "DJANGO_SETTINGS_MODULE"}
BETWEEN_OUR_PROCESSES = {"KAWAL_PROCESS"}


def test_every_variable_that_is_read_is_described_and_the_other_way_round():
    read: set[str] = set()
    for path in Path("src").rglob("*.py"):
        if "tests" not in path.parts:
            read |= set(READ.findall(path.read_text()))
    # Some are chosen by a role or in a loop, so their names do not stand in the call.
    read |= {"DATABASE_URL", "DATABASE_OWNER_URL"}
    read |= {"KAWAL_OIDC_URL", "KAWAL_OIDC_CLIENT", "KAWAL_OIDC_SECRET"}
    assert read - LIBRARIES - BETWEEN_OUR_PROCESSES == {variable.name for variable in VARIABLES}
