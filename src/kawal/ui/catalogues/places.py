"""Where each module keeps its words."""

from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
LEFT_OUT = {"tests", "migrations", "catalogues", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Place:
    """A module's name and folder."""

    name: str
    folder: Path

    @property
    def po(self) -> Path:
        """Return the file that people edit."""
        return self.folder / "locale" / "en" / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        """Return the file that the running product reads; made from the other, never kept."""
        return self.po.with_suffix(".mo")

    def sources(self) -> list[Path]:
        """Return the Python files whose words people read."""
        return [path for path in sorted(self.folder.rglob("*.py")) if self._counts(path)]

    def templates(self) -> list[Path]:
        """Return the module's pages."""
        found = (self.folder / "templates").rglob("*")
        return sorted(path for path in found if path.suffix in {".jinja", ".html"})

    def _counts(self, path: Path) -> bool:
        return not LEFT_OUT & set(path.relative_to(self.folder).parts)


def modules(source: Path = SOURCE) -> list[Place]:
    """Return every module by name, those below ``sites`` each by themselves."""
    folders = [*source.glob("*/"), *source.glob("sites/*/")]
    named = [f for f in folders if (f / "__init__.py").exists() and f.name not in LEFT_OUT]
    return sorted((Place(f.name, f) for f in named if f.name != "sites"), key=lambda p: p.name)


def locale_paths(source: Path = SOURCE) -> list[str]:
    """Return the folders of all catalogues, for Django's settings."""
    return [str(place.folder / "locale") for place in modules(source) if place.po.exists()]
