"""The schema of a check's spec: which fields, of which kind, with every reason against it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

Test = Callable[[Any], Reason | None]


def wrong(at: str, text: str, mend: str = "", /, **values: object) -> Reason:
    """Return a reason about one field of a spec; its name is among the values."""
    return Reason("spec_wrong", text, at=at, mend=mend, values={"name": at, **values})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its test is asked only when it is there."""

    name: str
    test: Test
    default: Any = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """All fields of a kind, and tests over the whole."""

    fields: tuple[Field, ...]
    whole: tuple[Callable[[Mapping[str, Any]], list[Reason]], ...] = field(default=())

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec; empty when it is sound."""
        found = [
            wrong(name, N_("Isian %(name)s tidak dikenal"))
            for name in spec.keys() - {one.name for one in self.fields}
        ]
        for one in self.fields:
            if one.name in spec:
                if reason := one.test(spec[one.name]):
                    found.append(reason)
            elif one.required:
                found.append(wrong(one.name, N_("Isian %(name)s wajib ada"), name=one.name))
        if not found:
            found = [reason for test in self.whole for reason in test(self.filled(spec))]
        return found

    def filled(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        """Return the spec with its defaults."""
        return {one.name: spec.get(one.name, one.default) for one in self.fields}


def text(
    name: str,
    *,
    required: bool = False,
    default: str = "",
    longest: int = 500,
    valid: Callable[[str], object] | None = None,
    mend: str = "",
) -> Field:
    """Return a field of text; ``valid`` raises ValueError (or KeyError) where it is not sound."""

    def test(value: Any) -> Reason | None:
        if not isinstance(value, str) or len(value) > longest or (required and not value.strip()):
            return wrong(
                name,
                N_("%(name)s harus berupa teks, paling panjang %(longest)s huruf"),
                mend,
                longest=longest,
            )
        if valid and value:
            try:
                valid(value)
            except (ValueError, KeyError):
                return wrong(name, N_("%(name)s tidak sah: %(value)s"), mend, value=value)
        return None

    return Field(name, test, default, required)


def number(
    name: str,
    *,
    least: float,
    most: float,
    default: float | None = None,
    whole: bool = True,
    required: bool = False,
) -> Field:
    """Return a field of a number between two bounds, both allowed."""
    kinds: tuple[type, ...] = (int,) if whole else (int, float)

    def within(value: Any) -> bool:
        return bool(least <= value <= most)

    def test(value: Any) -> Reason | None:
        if value is None and default is None and not required:
            return None
        if isinstance(value, bool) or not isinstance(value, kinds) or not within(value):
            return wrong(
                name,
                N_("%(name)s harus angka dari %(least)s sampai %(most)s"),
                least=least,
                most=most,
            )
        return None

    return Field(name, test, default, required)


def choice(name: str, options: Sequence[str], default: str | None = None) -> Field:
    """Return a field that is one of a few words; required when it has no default."""

    def test(value: Any) -> Reason | None:
        if value not in options:
            return wrong(
                name,
                N_("%(name)s harus salah satu dari: %(options)s"),
                options=", ".join(options),
            )
        return None

    return Field(name, test, default, default is None)


def listing(
    name: str,
    valid: Callable[[Any], object],
    *,
    least: int = 0,
    most: int = 20,
    default: Sequence[Any] = (),
) -> Field:
    """Return a field of a list; ``valid`` raises ValueError (or kin) for a bad member."""

    def test(value: Any) -> Reason | None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            return wrong(
                name,
                N_("%(name)s harus daftar berisi %(least)s sampai %(most)s isian"),
                least=least,
                most=most,
            )
        for member in value:
            try:
                valid(member)
            except (ValueError, TypeError, KeyError):
                return wrong(name, N_("%(name)s tidak sah: %(value)s"), value=repr(member)[:80])
        return None

    return Field(name, test, list(default), least > 0)


def custom(name: str, test: Test, default: Any = None) -> Field:
    """Return a field with a test of its own."""
    return Field(name, test, default)
