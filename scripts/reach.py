"""See whether PostgreSQL or Redis answers.

python scripts/reach.py postgres://root@127.0.0.1:5432/bothways redis://127.0.0.1:6379/5
"""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import psycopg
import redis

SECONDS = 5


def reach(address: str) -> None:
    """Connect, or raise what the client says. The database itself need not exist yet."""
    if address.startswith("redis"):
        redis.Redis.from_url(address, socket_connect_timeout=SECONDS).ping()
    else:
        server = urlsplit(address)._replace(path="/postgres").geturl()
        psycopg.connect(server, connect_timeout=SECONDS).close()


def main(addresses: list[str]) -> int:
    """One sentence for each that does not answer."""
    status = 0
    for address in addresses:
        place = urlsplit(address)
        try:
            reach(address)
        except (psycopg.Error, redis.RedisError) as error:
            reason = str(error).splitlines()[0]
            print(f"{place.scheme} at {place.hostname}:{place.port}: {reason}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
