"""Whole rupiah divided by weights, nothing lost: the largest remainders get what is left."""

from collections.abc import Sequence


def split(total: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """Return parts of a total by weight, in their order, that add up to it exactly.

    Parts are multiples of ``step``, except that the largest takes what no step fits into.

    :raises ValueError: when nothing has a weight.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("nothing to divide by")
    steps, odd = divmod(total, step)
    parts = [steps * weight // whole for weight in weights]
    left = steps - sum(parts)
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(steps * weights[place] % whole), place)
    )
    for place in by_remainder[:left]:
        parts[place] += 1
    parts = [part * step for part in parts]
    parts[weights.index(max(weights))] += odd
    return parts
