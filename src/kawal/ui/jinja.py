"""The one template engine of our pages."""

import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from kawal.kernel.words import N_
from kawal.ui import assets, charts, formats, shell

COMPONENTS = Path(__file__).parent / "templates" / "ui" / "components"
FONT = "ui/vendor/plus-jakarta-sans-5.3.0/plus-jakarta-sans-latin-wght-normal.woff2"


class Components:
    """Every macro below ``ui/components/``, as ``ui.<name>`` in every template."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._files = [f"ui/components/{path.name}" for path in sorted(COMPONENTS.glob("*.jinja"))]

    def __getattr__(self, name: str) -> Any:
        """Return the macro of that name; a private one stays inside its file."""
        if not name.startswith("_"):
            for file in self._files:
                macro = getattr(self._env.get_template(file).module, name, None)
                if macro is not None:
                    self.__dict__[name] = macro  # found once: pages call components often
                    return macro
        raise AttributeError(f"ui has no component {name!r}")


def form_tokens(request: HttpRequest) -> Markup:
    """Return a writing form's hidden fields: against forgery, and against doing it twice."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format("csrfmiddlewaretoken", get_token(request)) + field.format(
        "_key", uuid.uuid4()
    )


def told(id: str, hint: object, error: object, invalid: bool = True) -> dict[str, str]:
    """Return the attributes that tie a field to its hint and its error."""
    ids = [f"{id}-{part}" for part, text in (("hint", hint), ("error", error)) if text]
    wrong = {"aria-invalid": "true"} if error and invalid else {}
    return ({"aria-describedby": " ".join(ids)} if ids else {}) | wrong


def said(text: Any) -> str:
    """Translate a msgid that a fact or rule carries; a Reason fills its own values in."""
    if hasattr(text, "values") and hasattr(text, "text"):
        values = {name: _written(value) for name, value in dict(text.values).items()}
        return translation.gettext(text.text) % values
    return translation.gettext(str(text)) if text else ""


def _written(value: Any) -> Any:
    """Return an amount as people write it, with the places that it has; anything else as it is."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return value
    exponent = value.as_tuple().exponent
    return formats.angka(value, max(0, -int(exponent)))


def query(request: HttpRequest, **changes: object) -> str:
    """Return this page's query with some fields changed; ``None`` takes a field away."""
    fields = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = str(value)
    return f"?{fields.urlencode()}"


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _folders() -> list[Path]:
    """Return the template folders of our own modules, outermost first."""
    ours = [app for app in apps.get_app_configs() if app.name.startswith("kawal.")]
    return [Path(app.path) / "templates" for app in ours]


def environment(**options: Any) -> Environment:
    """Return the environment: strict, escaped, translated, every module's templates by its name."""
    options.pop("loader", None)
    env = Environment(  # noqa: S701 - autoescape is on, below
        **options | {"autoescape": True, "undefined": StrictUndefined},
        loader=FileSystemLoader(_folders()),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        static=assets.static,
        url=_url,
        form_tokens=form_tokens,
        font=assets.static(FONT),
        query=query,
        shell_of=shell.of,
        charts=charts,
        language=formats.language,
        said=said,
        told=told,
        N_=N_,
        ui=Components(env),
    )
    env.filters.update(formats.FILTERS)
    env.filters["said"] = pass_context(lambda _context, text: said(text))
    return env


def ui_of() -> Components:
    """Return the components, for a presenter that puts one into a table's cell."""
    backend = engines["jinja2"]
    assert isinstance(backend, Jinja2)
    components = backend.env.globals["ui"]
    assert isinstance(components, Components)
    return components
