"""What a browser sends is read before its request takes one of the few places at the database.

A slow telephone, or somebody who opens connections and says nothing, waits outside; the others are served.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any

from huiyin.kernel.typed import row_number

IN_MEMORY = 1 << 20  # bytes of a body that are kept in memory; a larger one lies in a file until its request is done
PIECE = 1 << 16
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BodiesFirst:
    """A WSGI application with `places` requests at once; bodies of up to `most` bytes are there before one is taken.

    A body that says to be larger is left unread: the application refuses it by its length.
    """

    def __init__(self, application: Application, *, places: int, most: int) -> None:
        self.application, self.most = application, most
        self.places = BoundedSemaphore(places)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = row_number(environ.get("CONTENT_LENGTH", "")) or 0
        if 0 < length <= self.most:
            environ["wsgi.input"] = _read(environ["wsgi.input"], length)
        with self.places:
            return self.application(environ, start_response)


def _read(sent: Any, length: int) -> IO[bytes]:
    """The body, or as much of it as came before the sender went away."""
    body: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – closed with the request
    while length > 0 and (piece := sent.read(min(PIECE, length))):
        body.write(piece)
        length -= len(piece)
    body.seek(0)
    return body
