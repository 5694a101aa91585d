"""The application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from hub.env import no_owner_here

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
no_owner_here()
django_application = get_wsgi_application()

from hub.in_front import with_kept_answers, with_places_for_senders  # noqa: E402 - they know of models: Django first
from hub.leaving import SaysWhetherItStays  # noqa: E402

application = SaysWhetherItStays(with_places_for_senders(with_kept_answers(django_application)))
