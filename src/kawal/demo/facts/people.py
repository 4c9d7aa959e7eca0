"""The demo city's people: all invented. The named ones are the same as in every test.

Names follow the peoples of the region (Batak, Karo, Melayu, Jawa, Minang). Numbers are of the
right shape and belong to nobody: the NIK's kecamatan 12.75.99 does not exist.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kawal.demo.chance import chance
from kawal.demo.facts.agencies import AGENCIES, UNITS, DemoAgency
from kawal.demo.facts.names import invented_name

MAIL_DOMAIN = "binjai.example"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One invented person; ``key`` names them in the demo's own tables."""

    key: str
    name: str
    woman: bool
    serial: int
    title_after: str = ""
    is_official: bool = True

    @property
    def email(self) -> str:
        """Return an address that reaches nobody."""
        return f"{self.key}@{MAIL_DOMAIN}"

    @property
    def born(self) -> date:
        """Return the birth date, between 1967 and 1992."""
        return date(1967, 2, 3) + timedelta(days=int(9_000 * chance("born", self.key)))

    @property
    def nip(self) -> str:
        """Return a NIP of the right shape, empty for who is no official."""
        if not self.is_official:
            return ""
        sex = 2 if self.woman else 1
        return f"{self.born:%Y%m%d}{self.born.year + 25}{1 + self.serial % 12:02}{sex}{900:03}"

    @property
    def nik(self) -> str:
        """Return a NIK of the right shape, from a kecamatan that does not exist."""
        day = self.born.day + (40 if self.woman else 0)
        return f"127599{day:02}{self.born:%m%y}{self.serial:04}"


@dataclass(frozen=True, slots=True)
class Post:
    """What a person holds: a role by the law's name, its agency's short name, in what capacity.

    ``days`` says for how long from the day of the filling; ``None`` is without an end. One who
    ``left`` held it until the day before.
    """

    person: str
    role: str
    agency: str = ""
    acting: str = "definitive"
    days: int | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A way in for visitors of the demo; ``says`` tells who it is."""

    username: str
    person: str
    says: str


# key | name | w(oman) or m(an) | title
_NAMED = """
walikota | Ridwan Halomoan Ginting | m | S.E., M.Si.
sekda | Elfrida Kusuma Tarigan | w | S.H., M.AP.
siti | Siti Rahmadani Lubis | w | S.Pd., M.Pd.
budi | Budi Hartono Sembiring | m | S.E., Ak.
rina | Rina Marlina Simanjuntak | w | S.Ak.
lurah | Suryadi Pasaribu | m | S.IP.
joko | Joko Prasetyo | m | S.Kom.
operator | Yusniar Harahap | w | S.Kom.
operator-disdik | Hamdan Rangkuti | m | S.Kom.
admin1 | Andri Syahputra Nasution | m | S.T.
admin2 | Lestari Karo-Karo | w | M.Kom.
auditor | Timbul Manurung | m | S.E., CFrA.
ppkd | Marihot Pandapotan Sihombing | m | S.E., M.M.
tapd | Rosmala Dewi Nasution | w | S.T., M.Si.
pptk | Fitri Handayani Siregar | w | S.Pd.
inspektur | Parlindungan Sitepu | m | S.H., CGCAE.
bendahara | Nurhayati Damanik | w | A.Md.
"""
# A person who holds these is named above, so that no other is invented for the post.
_POSTS = """
walikota | KEPALA_DAERAH |
sekda | SEKDA |
sekda | PA | Setda
siti | PA | Disdik
budi | KUASA_BUD |
rina | PPK_SKPD | Disdik
lurah | LURAH | Kel. Pahlawan
lurah | KPA | Kel. Pahlawan
joko | OPERATOR_OPD | Dishub
operator | OPERATOR_PUSAT_KENDALI |
operator-disdik | OPERATOR_OPD | Disdik
ppkd | PA | BPKAD
ppkd | PPKD |
ppkd | BUD |
tapd | TAPD |
pptk | PPTK | Disdik
bendahara | BENDAHARA_PENGELUARAN | Disdik
inspektur | PA | Inspektorat
inspektur | APIP |
"""
KEEPERS = ("admin1", "admin2")
AUDIT_DAYS = 60
# The Sekda is PA of his Setda, the PPKD of BPKAD: another signs there what they validate later.
BESIDE = (("asisten-umum", "Setda"), ("sekretaris-bpkad", "BPKAD"))
STOOD_IN = ("Dispora", "Kel. Satria")

LOGINS = (
    DemoLogin("walikota", "walikota", "Wali Kota"),
    DemoLogin("sekda", "sekda", "Sekretaris Daerah"),
    DemoLogin("siti", "siti", "Siti, Kepala Dinas Pendidikan (PA)"),
    DemoLogin("budi", "budi", "Budi, Kuasa BUD"),
    DemoLogin("rina", "rina", "Rina, PPK-SKPD Dinas Pendidikan"),
    DemoLogin("pptk", "pptk", "Fitri, PPTK Dinas Pendidikan"),
    DemoLogin("bendahara", "bendahara", "Nurhayati, bendahara pengeluaran Dinas Pendidikan"),
    DemoLogin("tapd", "tapd", "Anggota TAPD"),
    DemoLogin("ppkd", "ppkd", "Kepala BPKAD (PPKD dan BUD)"),
    DemoLogin("inspektur", "inspektur", "Inspektur (APIP)"),
    DemoLogin("lurah", "lurah", "Pak Lurah Pahlawan"),
    DemoLogin("operator", "operator", "Operator pusat kendali"),
    DemoLogin("operator-disdik", "operator-disdik", "Operator Dinas Pendidikan"),
    DemoLogin("joko", "joko", "Joko, operator Dinas Perhubungan"),
    DemoLogin("admin1", "admin1", "Pengelola sistem"),
    DemoLogin("admin2", "admin2", "Pengelola sistem, orang kedua"),
    DemoLogin("auditor", "auditor", "Auditor (hanya baca)"),
    DemoLogin("dewi", "dewi", "Dewi, warga"),
)
PASSWORD = "kota-contoh-terbuka"  # noqa: S105 - opens nothing outside a demo deployment


def _cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.split("\n") if line]


def _named() -> list[DemoPerson]:
    officials = [
        DemoPerson(key, name, sex == "w", serial, title)
        for serial, (key, name, sex, title) in enumerate(_cells(_NAMED), start=1)
    ]
    dewi = DemoPerson("dewi", "Dewi Anggraini Chaniago", True, 99, is_official=False)
    return [*officials, dewi]


def _invented(key: str, serial: int) -> DemoPerson:
    """Return a person for a post: the name depends on the post alone."""
    name, woman = invented_name(key)
    return DemoPerson(key, name, woman, serial)


def _slug(agency: DemoAgency) -> str:
    return agency.short.lower().replace(".", "").replace(" ", "-")


def _posts_of(agency: DemoAgency) -> list[tuple[str, str]]:
    """Return whom an agency or unit needs: (a word for the key, the role)."""
    if agency.kind == "kelurahan":
        return [("kepala", "LURAH"), ("kepala", "KPA")]
    if agency.parent:
        return [("kepala", "KPA")]
    head = [("kepala", "CAMAT"), ("kepala", "PA")] if agency.kind == "kecamatan" else []
    return [*(head or [("kepala", "PA")]), ("operator", "OPERATOR_OPD"), ("pptk", "PPTK")]


def _city() -> tuple[tuple[DemoPerson, ...], tuple[Post, ...]]:
    people = {one.key: one for one in _named()}
    posts = [Post(person, role, agency) for person, role, agency in _cells(_POSTS)]
    taken = {(post.agency, post.role) for post in posts}
    for agency in AGENCIES + UNITS:
        for word, role in _posts_of(agency):
            if (agency.short, role) in taken:
                continue
            key = f"{word}-{_slug(agency)}"
            people.setdefault(key, _invented(key, 100 + len(people)))
            posts.append(_post(key, role, agency))
            if posts[-1].days is not None:
                before = f"mantan-{key}"
                people.setdefault(before, _invented(before, 100 + len(people)))
                posts.insert(-1, Post(before, role, agency.short, left=True))
    for key, short in BESIDE:
        people[key] = _invented(key, 100 + len(people))
        posts.append(Post(key, "PA", short, "plh", left=True))
    posts += [
        Post("kepala-diskominfo", "WALIDATA"),
        Post("auditor", "AUDITOR", days=AUDIT_DAYS),
    ]
    return tuple(people.values()), tuple(posts)


def _post(key: str, role: str, agency: DemoAgency) -> Post:
    """Return a post; one head of an agency and one lurah only stand in, for a time."""
    if agency.short in STOOD_IN and role not in ("OPERATOR_OPD", "PPTK"):
        return Post(key, role, agency.short, "plt", days=90)
    return Post(key, role, agency.short)


PEOPLE, POSTS = _city()
BY_KEY = {person.key: person for person in PEOPLE}
