"""The tool that keeps the words finds what is missing, and keeps what is known."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from kawal.ui.catalogues import compiled, faults, store, unmarked, written_out
from kawal.ui.catalogues.places import Place


@pytest.fixture
def module(tmp_path: Path) -> Place:
    """A small module: one Python file, one page."""
    (tmp_path / "templates" / "parks").mkdir(parents=True)
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "rules.py").write_text(
        'A = N_("Taman ditutup.")\nB = ngettext("%(n)s taman", "%(n)s taman", n)\n'
    )
    (tmp_path / "templates" / "parks" / "park.jinja").write_text('<h1>{{ _("Taman") }}</h1>')
    return Place("parks", tmp_path)


def english(place: Place, msgid: str, msgstr: str) -> None:
    text = place.po.read_text()
    assert f'msgid "{msgid}"\nmsgstr ""' in text
    place.po.write_text(
        text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    )


def test_update_finds_python_and_templates(module: Place):
    assert store.update(module) == 3
    assert store.untranslated(store.read(module)) == ["%(n)s taman", "Taman", "Taman ditutup."]


def test_update_keeps_the_english_that_is_known_and_changes_nothing_twice(module: Place):
    store.update(module)
    english(module, "Taman", "Park")
    before = module.po.read_bytes()
    assert store.update(module) == 2
    assert module.po.read_bytes() == before
    assert store.read(module)["Taman"].string == "Park"


def test_update_lets_go_of_words_that_are_gone(module: Place):
    store.update(module)
    (module.folder / "rules.py").write_text("")
    store.update(module)
    assert [m.id for m in store.read(module) if m.id] == ["Taman"]


def test_check_names_missing_english_and_a_catalogue_that_is_not_current(module: Place):
    store.update(module)
    english(module, "Taman", "Park")
    (module.folder / "rules.py").write_text('A = N_("Taman dibuka.")\n')
    found = faults.of_module(module)
    assert found[0].startswith("parks: the catalogue is not current")
    assert "parks: no English for 'Taman ditutup.'" in found


def test_check_sees_a_place_that_the_english_forgot(module: Place):
    (module.folder / "rules.py").write_text('A = N_("Taman %(name)s ditutup.")\n')
    store.update(module)
    english(module, "Taman", "Park")
    english(module, "Taman %(name)s ditutup.", "The park is closed: %(nama)s")
    fault = next(f for f in faults.of_module(module) if "Taman %(name)s" in f)
    assert "unknown named placeholder 'nama'" in fault


def test_compiled_file_is_made_when_stale_and_only_then(
    module: Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(compiled, "modules", lambda: [module])
    store.update(module)
    english(module, "Taman", "Park")
    assert compiled.compile_all() == 1
    with module.mo.open("rb") as file:
        assert read_mo(file)["Taman"].string == "Park"
    assert compiled.compile_all() == 0
    os.utime(module.mo, (1, 1))
    assert compiled.compile_all() == 1
    left = sorted(path.name for path in module.mo.parent.iterdir())
    assert left == ["django.mo", "django.po"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Simpan dulu</p>", ["Simpan dulu"]),
        ('<p title="Simpan">{{ x }}</p>', ["Simpan"]),
        ('<input placeholder="Nama dinas">', ["Nama dinas"]),
        ('<p>{% if x %}Ada{% else %}{{ _("Tidak") }}{% endif %}</p>', ["Ada"]),
        ('{{ ui.button("Simpan") }}', ["Simpan"]),
        ('{{ ui.tasks([{"label": "Unggah SK"}]) }}', ["Unggah SK"]),
        ('{% call ui.panel("Daftar dinas") %}{% endcall %}', ["Daftar dinas"]),
        ('{% set title = "Daftar dinas" %}{{ title }}', ["Daftar dinas"]),
        ('{{ "Ya" if x else _("Tidak") }}', ["Ya"]),
        ('<p class="stat big">{{ _("Simpan dulu") }}</p>', []),
        ("<p>{% trans %}Simpan dulu{% endtrans %}</p>", []),
        ('<p title="{{ _("Simpan") }}">{{ x | tanggal }} · HTTP 200</p>', []),
        ("<code>make run</code>", []),
        ('<span translate="no">Binjai Kota</span>', []),
        ('{{ ui.button(_("Simpan"), "secondary") }}', []),
        ('{{ {"label": _("Nama"), "numeric": true} }}', []),
    ],
)
def test_text_written_out_in_a_template_is_found(source: str, found: list[str]):
    assert written_out.in_template(source) == found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('Reason("late", "Terlambat.")', [1]),
        ('Reason("late", N_("Terlambat."), mend="Kirim lagi.")', [1]),
        ('Reason(code="late", text=f"Terlambat {n}")', [1]),
        ('messages.success(request, "Tersimpan.")', [1]),
        ('forms.CharField(label="Nama")', [1]),
        ('forms.CharField(\n    label=_("Nama"),\n    help_text="Nama lengkap",\n)', [3]),
        ('raise ValidationError("Salah.")', [1]),
        ('Item(section="office", label="Dinas", url_name="x")', [1]),
        ('Reason("late", N_("Terlambat."), at="due")', []),
        ('messages.success(request, _("Tersimpan."))', []),
        ('forms.CharField(label=gettext_lazy("Nama"), help_text="")', []),
        ('log.info("started", "Apa pun")', []),
    ],
)
def test_text_not_marked_in_python_is_found(source: str, lines: list[int]):
    assert [line for line, _text in unmarked.in_source(source)] == lines


def test_the_command_refuses_a_module_that_does_not_exist():
    command = [sys.executable, "-m", "kawal.ui.catalogues", "update", "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no module nowhere" in done.stderr
