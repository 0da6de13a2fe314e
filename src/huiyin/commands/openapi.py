"""`huiyin openapi`: prints the OpenAPI description of the REST API, as kept in docs/openapi.json."""

from __future__ import annotations

import json

import click

from huiyin.commands import start_django


@click.command(help="写出接口说明（OpenAPI，JSON）· Print the OpenAPI description of the API.")
def command() -> None:
    """Prints the description with sorted keys, so that differences are easy to read."""
    start_django()
    from huiyin.api.v1.routes import api

    click.echo(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False, indent=1, sort_keys=True))
