"""The settings of the tests, with a scratch database and a floor view to compare with."""

from lms.settings.test import *

ROOT_URLCONF = "bench.urls"
DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "bench.sqlite3")}
if not DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": "bothways_bench"}
