"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from home.checks import demo_accounts, refuse, unsafe_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.production")

refuse(unsafe_settings())
application = get_wsgi_application()
refuse(demo_accounts())
connections.close_all()
