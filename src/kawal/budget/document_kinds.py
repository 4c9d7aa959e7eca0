"""The kinds of document that the budget issues, and who may read one."""

from kawal.budget.facts.papers import SUBJECT_LABELS
from kawal.budget.queries.issued import may_read
from kawal.documents.facts import MediaType
from kawal.documents.registry import Kind, MiB
from kawal.documents.registry import register as register_kinds

LARGEST = 100 * MiB  # an agency of 30,000 lines


def register() -> None:
    """Make them known; called once, at start-up."""
    register_kinds(
        *(
            Kind(f"budget.{subject}", label, may_read, frozenset({MediaType.PDF}), LARGEST)
            for subject, label in SUBJECT_LABELS.items()
        )
    )
