"""What can be wrong with a file as a whole, and with one cell of it."""

from kawal.kernel.refusals import Reason


class FileProblem(Exception):
    """Nothing can be taken from the file; ``reason`` says what is wrong and how to mend it."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(str(reason))


class Unreadable(ValueError):
    """One cell cannot be read as what its column holds."""

    def __init__(self, code: str, text: str, **values: object) -> None:
        self.reason = Reason(code, text, values=values)
        super().__init__(str(self.reason))


def problem(code: str, text: str, mend: str = "", **values: object) -> FileProblem:
    """Return a problem of the file, its sentence marked with ``N_``."""
    return FileProblem(Reason(f"import.{code}", text, mend=mend, values=values))
