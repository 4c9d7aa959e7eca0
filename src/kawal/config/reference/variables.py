"""Every setting of an installation: the environment variables that the product reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: what it is when it is not given, and what it says."""

    name: str
    otherwise: str
    says: str


VARIABLES = (
    Variable("KAWAL_DEPLOYMENT", "demo", "The kind of deployment: `demo`, `rehearsal` or `live`."),
    Variable("KAWAL_HOME", "var", "The data folder: keys, files, and the embedded database."),
    Variable("PORT", "8000", "The port of the pages and of everything else."),
    Variable(
        "KAWAL_BIND",
        "127.0.0.1",
        "The address that the port is opened on; `0.0.0.0` lets the network in.",
    ),
    Variable(
        "KAWAL_URL",
        "http://localhost:PORT",
        "The address that people use, for links and for the host name that is answered. A live "
        "deployment needs https.",
    ),
    Variable(
        "KAWAL_PROXY",
        "",
        "`1` when a reverse proxy stands in front and sets X-Forwarded-For and X-Forwarded-Proto.",
    ),
    Variable(
        "DATABASE_URL",
        "the embedded PostgreSQL",
        "An outside PostgreSQL, as the role that serves: "
        "`postgresql://kawal_app:PASSWORD@HOST:5432/kawal`.",
    ),
    Variable(
        "DATABASE_OWNER_URL",
        "the embedded PostgreSQL",
        "The same database as the role that migrates; only `kawal run`, `kawal migrate`, "
        "`kawal backup` and `kawal restore` read it.",
    ),
    Variable(
        "KAWAL_SECRET_KEY",
        "KAWAL_HOME/keys/session",
        "What signs sessions. Kept in a file when it is not given.",
    ),
    Variable(
        "KAWAL_SEAL_KEYS",
        "KAWAL_HOME/keys/seal",
        "What seals personal numbers, newest first, with a comma between: 64 hexadecimal digits "
        "each. Kept in a file when it is not given; a backup never holds it.",
    ),
    Variable(
        "KAWAL_LOG",
        "console at a terminal, else json",
        "How log lines are written: `json` or `console`.",
    ),
    Variable(
        "KAWAL_METRICS_TOKEN",
        "",
        "Who bears it may read `/metrics` from another machine (`Authorization: Bearer ...`).",
    ),
    Variable(
        "KAWAL_ACCESS_LOG_DAYS",
        "365",
        "How long the private access log is kept, at least 90 days.",
    ),
    Variable(
        "KAWAL_SMTP_URL",
        "a folder of the demo, else nothing",
        "The mail server: `smtp+starttls://USER:PASSWORD@HOST:587`, `smtps://`, `smtp://`, or "
        "`folder:/PATH`. Without one, messages wait in the outbox.",
    ),
    Variable("KAWAL_MAIL_FROM", "kawal@ the host of KAWAL_URL", "The sender of mail."),
    Variable(
        "KAWAL_CA_FILE",
        "the machine's own",
        "The file of authorities that checks trust, for applications with certificates of the "
        "city's own authority.",
    ),
    Variable(
        "KAWAL_CANARIES",
        "",
        "Addresses (HOST:PORT, comma between) that answer whenever our own uplink works; when none "
        "does, checks are unknown, never down.",
    ),
    Variable("KAWAL_OIDC_URL", "", "The city's own sign-in (OpenID Connect)."),
    Variable("KAWAL_OIDC_CLIENT", "", "Kawal's client id there."),
    Variable("KAWAL_OIDC_SECRET", "", "Its secret."),
    Variable("KAWAL_OIDC_NAME", "SSO", "What the button says."),
    Variable(
        "KAWAL_SECOND_FACTOR",
        "on, but off in a demo",
        "Whether those in power need a second factor; only a demo may switch it `off`.",
    ),
    Variable(
        "KAWAL_IDLE_MINUTES", "60", "After how many idle minutes a session ends, from 5 to 720."
    ),
    Variable("KAWAL_WEB_WORKERS", "2", "How many processes serve pages."),
    Variable("KAWAL_WEB_THREADS", "4", "How many requests each of them serves at once."),
    Variable(
        "KAWAL_WEB_SOCKET",
        "KAWAL_HOME/run/web.sock",
        "The unix socket of the pages. A named one is open to the group, for a reverse proxy; its "
        "folder says to whom.",
    ),
)


def page() -> str:
    """Return the reference of the settings."""
    rows = [f"| `{v.name}` | {_or_none(v.otherwise)} | {v.says} |" for v in VARIABLES]
    return "\n".join(
        [
            "# Settings",
            "",
            "All settings are environment variables, read when a process starts.",
            "",
            "| Variable | When it is not given | What it says |",
            "|---|---|---|",
            *rows,
        ]
    )


def _or_none(text: str) -> str:
    return text or "(nothing)"
