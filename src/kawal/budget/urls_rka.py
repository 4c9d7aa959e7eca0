"""Addresses of RKA sheets, below ``office/anggaran/``."""

from django.urls import URLPattern, path

from kawal.budget.views import (
    rka_choice,
    rka_components,
    rka_header,
    rka_history,
    rka_list,
    rka_notes,
    rka_pasting,
    rka_saving,
    rka_sheet,
    rka_steps,
    rka_workbooks,
)

urlpatterns: list[URLPattern] = [
    path("rka/", rka_list.rka_newest, name="rka_newest"),
    path("<int:year>/rka/", rka_list.rka, name="rka"),
    path("<int:year>/rka/baru/", rka_list.rka_new, name="rka_new"),
    path(
        "<int:year>/rka/sub-kegiatan/", rka_list.activity_suggestions, name="activity_suggestions"
    ),
    path("rka/<int:sheet_id>/", rka_sheet.sheet, name="sheet"),
    path("rka/<int:sheet_id>/baris/", rka_sheet.rows, name="sheet_rows"),
    path("rka/<int:sheet_id>/baris/simpan/", rka_saving.save, name="component_save"),
    path("rka/<int:sheet_id>/baris/buang/", rka_saving.drop, name="component_drop"),
    path("rka/<int:sheet_id>/baris/baru/", rka_components.component_new, name="component_new"),
    path("rka/<int:sheet_id>/baris/tempel/", rka_pasting.paste, name="sheet_paste"),
    path(
        "rka/<int:sheet_id>/baris/<int:component_id>/",
        rka_components.component,
        name="component",
    ),
    path(
        "rka/<int:sheet_id>/baris/<int:component_id>/hapus/",
        rka_components.component_remove,
        name="component_remove",
    ),
    path("rka/<int:sheet_id>/rekening/", rka_choice.account_choice, name="account_choice"),
    path("rka/<int:sheet_id>/harga/", rka_choice.price_suggestions, name="price_suggestions"),
    path("rka/<int:sheet_id>/kepala/", rka_header.header, name="sheet_header"),
    path("rka/<int:sheet_id>/catatan/", rka_notes.notes, name="sheet_notes"),
    path("rka/<int:sheet_id>/catatan/<int:note_id>/jawab/", rka_notes.answer, name="note_answer"),
    path("rka/<int:sheet_id>/riwayat/", rka_history.history, name="sheet_history"),
    path("rka/<int:sheet_id>/ajukan/", rka_steps.submit, name="sheet_submit"),
    path("rka/<int:sheet_id>/ubah/", rka_steps.begin, name="sheet_begin"),
    path("rka/<int:sheet_id>/batalkan/", rka_steps.drop, name="sheet_drop"),
    path("<int:year>/rka/excel/", rka_workbooks.rka_workbook_page, name="rka_workbook"),
    path("<int:year>/rka/excel/unduh/", rka_workbooks.rka_download, name="rka_download"),
    path("rka/<int:sheet_id>/excel/", rka_workbooks.sheet_workbook, name="sheet_workbook"),
    path("rka/<int:sheet_id>/excel/unduh/", rka_workbooks.sheet_download, name="sheet_download"),
]
