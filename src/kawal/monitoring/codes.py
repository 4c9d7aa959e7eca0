"""Why a check is in its state: one small number a result, with its words (no Django).

100 to 599 are the HTTP status where that is the whole story; the others are listed here.
"""

from enum import IntEnum

from kawal.kernel.words import N_


class Code(IntEnum):
    """A reason. Below 50 the fault is on our own side: the state is then unknown, never down."""

    OK = 0
    NOT_WATCHED = 1
    MISSED = 2
    OVERLOADED = 3
    STARVED = 4
    CLOCK_STEPPED = 5
    UPLINK = 6
    NOT_PERMITTED = 7
    INGEST_DOWN = 8
    WAITING = 9
    LIMITS = 10
    INTERNAL = 11
    FORBIDDEN_ADDRESS = 12
    BAD_SPEC = 13
    PAUSED = 20
    RESUMED = 21
    IMPORTED = 22
    NAME_UNKNOWN = 50
    NAME_FAILED = 51
    NAME_TIMEOUT = 52
    REFUSED = 53
    UNREACHABLE = 54
    CONNECT_TIMEOUT = 55
    TIMEOUT = 56
    TLS_FAILED = 57
    CLOSED = 58
    MALFORMED = 59
    TOO_LARGE = 60
    REDIRECT_LOOP = 61
    REDIRECT_ELSEWHERE = 62
    CERT_EXPIRED = 63
    CERT_UNTRUSTED = 64
    CERT_HOST = 65
    CERT_SOON = 66
    SILENT = 67
    KEYWORD_ABSENT = 601
    KEYWORD_PRESENT = 602
    JSON_MALFORMED = 603
    JSON_MISSING = 604
    JSON_DIFFERS = 605
    SLOW = 606
    ANSWER_DIFFERS = 607
    BANNER_DIFFERS = 608
    LATE = 620
    FAILED = 621
    OVERRUN = 622
    NUMBER_WARN = 630
    NUMBER_BAD = 631
    NUMBER_MISSING = 632
    STALE = 633


_WORDS = {
    Code.OK: N_("Menjawab sebagaimana mestinya"),
    Code.NOT_WATCHED: N_("Tidak diawasi pada waktu itu"),
    Code.MISSED: N_("Pemeriksaan tidak sempat dijalankan"),
    Code.OVERLOADED: N_("Pengawas kami kelebihan beban"),
    Code.STARVED: N_("Pengawas kami kekurangan prosesor"),
    Code.CLOCK_STEPPED: N_("Jam mesin pengawas melompat"),
    Code.UPLINK: N_("Jaringan pengawas kami terputus"),
    Code.NOT_PERMITTED: N_("Mesin pengawas tidak mengizinkan pemeriksaan ini"),
    Code.INGEST_DOWN: N_("Penerima kiriman kami tidak berjalan"),
    Code.WAITING: N_("Menunggu kiriman pertama"),
    Code.LIMITS: N_("Batas berkas terbuka pengawas tercapai"),
    Code.INTERNAL: N_("Kesalahan pada pengawas kami"),
    Code.FORBIDDEN_ADDRESS: N_("Alamat dalam negeri jaringan; belum diizinkan administrator"),
    Code.BAD_SPEC: N_("Aturan pemeriksaan tidak sah"),
    Code.PAUSED: N_("Dijeda"),
    Code.RESUMED: N_("Dilanjutkan; menunggu hasil"),
    Code.IMPORTED: N_("Dari riwayat yang diimpor"),
    Code.NAME_UNKNOWN: N_("Nama domain tidak dikenal"),
    Code.NAME_FAILED: N_("Server nama menolak menjawab"),
    Code.NAME_TIMEOUT: N_("Server nama tidak menjawab"),
    Code.REFUSED: N_("Sambungan ditolak"),
    Code.UNREACHABLE: N_("Alamat tidak terjangkau"),
    Code.CONNECT_TIMEOUT: N_("Sambungan tidak terbentuk tepat waktu"),
    Code.TIMEOUT: N_("Tidak menjawab tepat waktu"),
    Code.TLS_FAILED: N_("Sambungan aman gagal"),
    Code.CLOSED: N_("Sambungan diputus sebelum menjawab"),
    Code.MALFORMED: N_("Jawaban tidak terbaca"),
    Code.TOO_LARGE: N_("Jawaban melampaui batas ukuran"),
    Code.REDIRECT_LOOP: N_("Pengalihan berputar atau terlalu banyak"),
    Code.REDIRECT_ELSEWHERE: N_("Dialihkan ke alamat lain"),
    Code.CERT_EXPIRED: N_("Sertifikat kedaluwarsa"),
    Code.CERT_UNTRUSTED: N_("Sertifikat tidak dipercaya"),
    Code.CERT_HOST: N_("Sertifikat bukan untuk nama ini"),
    Code.CERT_SOON: N_("Sertifikat segera berakhir"),
    Code.SILENT: N_("Tidak menjawab ping"),
    Code.KEYWORD_ABSENT: N_("Kata yang harus ada tidak ditemukan"),
    Code.KEYWORD_PRESENT: N_("Kata yang tidak boleh ada ditemukan"),
    Code.JSON_MALFORMED: N_("Jawaban bukan JSON"),
    Code.JSON_MISSING: N_("Isian JSON tidak ada"),
    Code.JSON_DIFFERS: N_("Isian JSON tidak sesuai"),
    Code.SLOW: N_("Menjawab terlalu lambat"),
    Code.ANSWER_DIFFERS: N_("Jawaban DNS tidak sesuai"),
    Code.BANNER_DIFFERS: N_("Sapaan server tidak sesuai"),
    Code.LATE: N_("Denyut terlambat"),
    Code.FAILED: N_("Pekerjaan melapor gagal"),
    Code.OVERRUN: N_("Pekerjaan berjalan terlalu lama"),
    Code.NUMBER_WARN: N_("Angka melewati batas perhatian"),
    Code.NUMBER_BAD: N_("Angka melewati batas buruk"),
    Code.NUMBER_MISSING: N_("Angka tidak dikirim"),
    Code.STALE: N_("Data tidak diperbarui"),
}

OUR_SIDE = 50


def is_ours(code: int) -> bool:
    """Tell whether the reason lies with the watcher, not with the watched."""
    return 0 < code < OUR_SIDE


def words(code: int) -> str:
    """Return the Indonesian sentence of a code, to be translated; ``%(status)s`` for HTTP."""
    if 100 <= code < 600:
        return N_("Menjawab dengan status HTTP %(status)s")
    try:
        return _WORDS[Code(code)]
    except ValueError:
        return N_("Alasan tidak dikenal")
