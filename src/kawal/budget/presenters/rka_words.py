"""The words that the grid's script says, in the reader's language."""

from django.utils.translation import gettext as _

from kawal.budget.forms.components import LABELS


def labels() -> dict[str, str]:
    """Return the names of the grid's columns by field."""
    return {field: _(words) for field, words in LABELS.items()}


def grid_words() -> dict[str, object]:
    """Return what the script says; {n}, {left} and {name} are filled in there."""
    return {
        "labels": labels(),
        "row": _("baris"),
        "unnamed": _("(tanpa uraian)"),
        "states": {
            "saving": _("menyimpan …"),
            "unsaved": _("belum tersimpan"),
            "wrong": _("belum tersimpan: ada yang salah"),
        },
        "add": _("Tambah baris"),
        "remove": _("Hapus"),
        "whole": _("Isian lengkap"),
        "undo": _("Urungkan"),
        "prices": _("Standar harga yang cocok"),
        "found": _("{n} saran"),
        "wrong": _("{n} isian belum tersimpan karena salah"),
        "saveAll": _("Simpan lagi semuanya"),
        "saved": _("Tersimpan. Sisa pagu {left}."),
        "savedPlain": _("Tersimpan."),
        "removed": _("“{name}” dihapus."),
        "pasting": _("Menempel …"),
        "pasted": _("{n} baris ditempel dan tersimpan."),
        "refreshed": _("Lembar ditampilkan seperti yang tersimpan sekarang."),
        "refused": _("Tidak dapat disimpan. Muat ulang halaman untuk melihat sebabnya."),
        "offline": _("Sambungan terputus. Isian Anda dikirim lagi begitu tersambung."),
        "signedOut": _("Sesi Anda berakhir. Masuklah lagi di tab lain, lalu simpan dengan Ctrl+S."),
    }


def keyboard() -> list[tuple[tuple[str, ...], str]]:
    """Return the keys of the grid and what each does."""
    return [
        (("Enter",), _("Simpan, lalu ke baris berikutnya; di baris terakhir mulai baris baru")),
        (("Tab",), _("Ke kolom berikutnya; dari kolom terakhir ke baris berikutnya")),
        (("↑",), _("Ke baris di atas, di kolom yang sama")),
        (("↓",), _("Ke baris di bawah, di kolom yang sama")),
        (("Ctrl", "Enter"), _("Sisipkan baris baru di bawah baris ini")),
        (("Ctrl", "Delete"), _("Hapus baris ini; dapat diurungkan")),
        (("Ctrl", "S"), _("Simpan semua dan tunjukkan yang salah")),
        (("Ctrl", "V"), _("Tempel banyak baris dari lembar kerja di bawah baris ini")),
        (("Esc",), _("Batalkan perubahan baris ini")),
    ]
