"""The one engine of every import: CSV, spreadsheets and GeoJSON, read safely and written whole."""

from kawal.kernel.importing.batches import Import, Row, Written
from kawal.kernel.importing.command import import_command
from kawal.kernel.importing.headers import Column
from kawal.kernel.importing.problems import FileProblem, Unreadable
from kawal.kernel.importing.run import Options, Summary, run
from kawal.kernel.importing.sources import Reading

__all__ = [
    "Column",
    "FileProblem",
    "Import",
    "Options",
    "Reading",
    "Row",
    "Summary",
    "Unreadable",
    "Written",
    "import_command",
    "run",
]
