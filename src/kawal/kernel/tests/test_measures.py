"""A figure has one question, and a name that begins with ours."""

import pytest

from kawal.kernel import measures


def test_a_name_has_one_question():
    def none() -> list[tuple[dict[str, str], float]]:
        return []

    try:
        measures.register("kawal_trial", "A trial", none)
        measures.register("kawal_trial", "A trial", none)
        assert [m.name for m in measures.all_measures() if m.name == "kawal_trial"] == [
            "kawal_trial"
        ]
        with pytest.raises(ValueError, match="registered twice"):
            measures.register("kawal_trial", "Another", list)
    finally:
        measures._measures.pop("kawal_trial", None)
    with pytest.raises(ValueError, match="begins with kawal_"):
        measures.register("trial", "A trial", none)
