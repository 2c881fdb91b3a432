"""Loads what the emulator has with ingestr's connector for this API.

The connector knows no other address than the service's, so its requests are led
to the emulator. All else is the connector's own: which lists it reads, with which
parameters, and what it makes of the pages.
"""

import os
import urllib.parse

from dlt.sources.helpers import requests
from ingestr.src.gorgias import gorgias_source, helpers

BASE = os.environ["GORGIAS_BASE_URL"]


class Led:
    """The connector's HTTP client, led to the emulator."""

    def get(self, url, **arguments):
        path = urllib.parse.urlsplit(url).path
        response = requests.get(BASE + path, **arguments)
        response.raise_for_status()
        return response


def main():
    helpers.requests = Led()
    source = gorgias_source(
        domain=os.environ["GORGIAS_SUBDOMAIN"],
        email=os.environ["GORGIAS_EMAIL"],
        api_key=os.environ["GORGIAS_API_KEY"],
        start_date="2000-01-01",
    )
    counts = {}
    for name, resource in source.resources.items():
        rows = list(resource)
        counts[name] = len(rows)
        for row in rows:
            assert isinstance(row["id"], int), (name, row)
            assert row["updated_datetime"] is not None, (name, row)
    print(counts)
    for name in ("customers", "tickets", "ticket_messages"):
        assert counts[name] > 0, f"{name}: nothing was loaded"


if __name__ == "__main__":
    main()
