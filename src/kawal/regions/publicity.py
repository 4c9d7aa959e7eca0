"""The modules that can be shown to the public: each upper module names its own at start-up."""

from kawal.kernel.words import N_

_modules: dict[str, str] = {"regions": N_("Perangkat daerah dan pejabat")}


def register(module: str, label: str) -> None:
    """Make known that a module has public pages; ``label`` is Indonesian, marked with ``N_``.

    :raises ValueError: when it is registered under two labels.
    """
    if _modules.setdefault(module, label) != label:
        raise ValueError(f"module {module!r} is registered twice")


def known_modules() -> dict[str, str]:
    """Return the modules that can be opened, with their labels."""
    return dict(_modules)
