"""The one template engine of our pages."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Return the environment: strict, escaped, translated, every module's templates by its name."""
    options.pop("loader", None)
    env = Environment(  # noqa: S701 - autoescape is on, below
        **options | {"autoescape": True, "undefined": StrictUndefined},
        loader=PrefixLoader({"ui": PackageLoader("kawal.ui", "templates/ui")}),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(static=static, url=_url)
    return env
