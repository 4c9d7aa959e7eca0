"""The map of the modules, from what their code imports."""

import ast
from collections import defaultdict
from pathlib import Path

import kawal

ROOT = Path(kawal.__file__).parent

# From the top down, as the import borders in pyproject.toml have it.
ORDER = (
    *("config", "demo", "sites", "monitoring", "messages", "documents"),
    *("regions", "identity", "trail", "ui", "kernel"),
)


def page() -> str:
    """Return the map: each module's one line, what it uses, and who uses it."""
    uses = {name: _uses(name) for name in modules()}
    used_by = defaultdict(set)
    for name, others in uses.items():
        for other in others:
            used_by[other].add(name)
    rows = [
        f"| `{name}` | {_says(name)} | {_names(uses[name])} | {_names(used_by[name])} |"
        for name in modules()
    ]
    return "\n".join(
        [
            "# The modules",
            "",
            "An arrow points down only: a module uses those below it, never one above or beside.",
            "`make test` refuses an import that breaks this (import-linter, in pyproject.toml).",
            "",
            "| Module | What it is | Uses | Used by |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def modules() -> list[str]:
    """Return the modules from the top down; new ones follow those of the order."""
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    return [name for name in ORDER if name in found] + sorted(found - set(ORDER))


def _says(name: str) -> str:
    doc = ast.get_docstring(ast.parse((ROOT / name / "__init__.py").read_text())) or ""
    return doc.split("\n")[0].replace("|", "\\|")


def _uses(name: str) -> set[str]:
    found: set[str] = set()
    for path in (ROOT / name).rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            found |= _imports(path)
    return (found & set(modules())) - {name}


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "kawal":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kawal."):
            names.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("kawal.")}
    return names


def _names(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in modules() if name in names) or "-"
