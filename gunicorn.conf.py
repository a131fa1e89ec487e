"""How gunicorn serves Bothways, on a laptop and in a hospital. Read by itself; see the manual."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
keepalive = 75  # seconds; longer than a proxy in front keeps idle connections
max_requests = 2000
max_requests_jitter = 200
graceful_timeout = 8
loglevel = "warning"
control_socket_disable = True
if os.path.isdir("/dev/shm"):  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108
