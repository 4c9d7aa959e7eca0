"""The stream process, for an ASGI server: event streams and pings, all else to the pages."""

from django.core.wsgi import get_wsgi_application

get_wsgi_application()  # loads the modules; the pages themselves are served elsewhere

from kawal.config import environment  # noqa: E402
from kawal.config.stream.app import Doorway  # noqa: E402
from kawal.config.stream.forward import Forwarder  # noqa: E402

application = Doorway(
    Forwarder(str(environment.web_socket()), trusts_proxy=environment.behind_proxy())
)
