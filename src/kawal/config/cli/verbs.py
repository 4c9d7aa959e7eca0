"""The table of everything the command line can do: add a verb with one line."""

from dataclasses import dataclass
from enum import StrEnum


class Opens(StrEnum):
    """What a verb needs before it runs."""

    NOTHING = "nothing"  # not even Django
    DJANGO = "django"  # the modules, no database
    APP = "app"  # the database, as the role that serves
    OWNER = "owner"  # the database, as the role that migrates
    RUNNING = "running"  # the database that runs already; none is started for it


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: its words, where its click command is, and what it says in one line.

    The target is imported when the verb is used, after ``opens`` has been prepared, so it may
    import models. It is a plain ``click.Command``; groups come from the words.
    """

    words: str
    target: str
    says: str
    opens: Opens = Opens.APP

    @property
    def path(self) -> tuple[str, ...]:
        """Return the words, one by one."""
        return tuple(self.words.split())


GROUPS = {
    "export": "Write data into files",
    "import": "Bring data in from files",
    "region": "Regions, agencies and posts on record",
    "report": "Print figures, as text, CSV or JSON",
    "serve": "Start one process of the product (kawal run starts them all)",
    "user": "Persons, logins and roles",
    "verify": "Check that what is stored has not been changed",
}

VERBS = (
    Verb(
        "go-live",
        "kawal.config.management.go_live:command",
        "Turn a checked rehearsal into the live deployment",
    ),
    Verb(
        "import checks",
        "kawal.monitoring.imports.checks:command",
        "What another tool saw of applications",
    ),
    Verb(
        "import rka",
        "kawal.budget.imports.rka:command",
        "RKA sheets from a workbook; with one fault nothing is written",
    ),
    Verb(
        "export rka",
        "kawal.budget.management.export_rka:command",
        "RKA sheets of a year as a workbook to edit",
    ),
    Verb(
        "report uptime",
        "kawal.monitoring.management.report_uptime:command",
        "Seconds up, down and unknown of every application",
    ),
    Verb(
        "backup",
        "kawal.config.management.backup:command",
        "Write the database and the files into one archive",
        Opens.OWNER,
    ),
    Verb(
        "migrate",
        "kawal.config.management.migrate:command",
        "Bring the database up to date",
        Opens.OWNER,
    ),
    Verb(
        "reference",
        "kawal.config.management.reference:command",
        "Write the documents that are made from the code",
        Opens.DJANGO,
    ),
    Verb(
        "restore",
        "kawal.config.management.restore:command",
        "Bring a backup back into an empty database",
        Opens.OWNER,
    ),
    *(
        Verb(f"import {name}", f"kawal.regions.imports.{module}:command", says)
        for name, module, says in (
            ("regions", "regions", "Provinces to villages, by Kemendagri's codes"),
            ("region-codes", "codes", "The codes of BPS and DJPK beside Kemendagri's"),
            ("boundaries", "boundaries", "Outlines of regions, from GeoJSON"),
            ("holidays", "holidays", "Holidays and joint leave"),
            ("agencies", "agencies", "Agencies (OPD) and units"),
            ("appointments", "appointments", "Officials and their decrees, as proposals"),
        )
    ),
    *(
        Verb(f"import {name}", f"kawal.nomenclature.imports.{name}:command", says)
        for name, says in (
            ("accounts", "Account codes of six levels, by decree"),
            ("activities", "Program, kegiatan and sub kegiatan, by decree"),
            ("funds", "Sources of money, by decree"),
        )
    ),
    Verb(
        "import apbd",
        "kawal.budget.imports.apbd:command",
        "Published budgets (DJPK) by jenis, and which do not close",
    ),
    Verb(
        "import ceilings",
        "kawal.budget.imports.ceilings:command",
        "A round of ceilings (pagu), as the KUA-PPAS lists them",
    ),
    Verb(
        "import prices",
        "kawal.budget.imports.prices:command",
        "Standard prices (SSH, HSPK, ASB, SBU) that a Perkada enacted",
    ),
    Verb("init", "kawal.regions.management.init:command", "Found an empty city"),
    *(
        Verb(f"region {name}", f"kawal.regions.management.lists:{target}", says)
        for name, target, says in (
            ("list", "regions", "The regions of the city"),
            ("agencies", "agencies", "The agencies and units"),
            ("posts", "posts", "Who holds which post"),
        )
    ),
    Verb("run", "kawal.config.management.run:command", "Start everything", Opens.NOTHING),
    *(
        Verb(f"serve {name}", f"kawal.config.management.serve:{name}", says, Opens.RUNNING)
        for name, says in (
            ("web", "The pages"),
            ("stream", "The port: event streams, pings, and the way to the pages"),
            ("worker", "Jobs, messages, places in the public log"),
            ("prober", "The checks of every application"),
            ("demo", "The simulated applications of a demo deployment"),
        )
    ),
    *(
        Verb(f"user {verb}", f"kawal.identity.management.{file}:command", says)
        for verb, file, says in (
            ("add", "add", "Enter a person and open a login"),
            ("close", "close", "Close a login and end its sessions"),
            ("erase", "erase", "Forget who a person was (UU 27/2022)"),
            ("export", "export", "Print all that is held on a person (UU 27/2022)"),
            ("found", "found", "Create the two persons with whom an empty city begins"),
            ("list", "list_logins", "List the logins"),
            ("password", "password", "Give a login a password to be replaced"),
            ("reseal", "reseal", "Move all sealed data to the newest key"),
            ("reset-mfa", "reset_mfa", "Take a login's second factors away"),
        )
    ),
    Verb(
        "verify files",
        "kawal.documents.management.verify_files:command",
        "Compare every kept file with its hash",
    ),
    Verb(
        "verify funds",
        "kawal.budget.management.verify_funds:command",
        "Add up every entry of the budget's lines and compare",
    ),
    Verb(
        "verify trail",
        "kawal.trail.management.verify_trail:command",
        "Recompute the public log and name every fault",
    ),
    Verb(
        "verify versions",
        "kawal.budget.management.verify_versions:command",
        "Take every sum and digest of enacted budgets again",
    ),
)
