"""Text travels compressed, so that pages open where the network is slow.

The gzip head carries a file name of random length: how long a secret makes an answer cannot be
measured from outside (the BREACH attack), as Django does it, too.
"""

from __future__ import annotations

import gzip
import io
import secrets

from flask import Flask, Response, request

COMPRESSED = {
    "text/html", "text/css", "text/javascript", "text/calendar", "text/plain",
    "image/svg+xml", "application/json", "application/javascript",
}  # fmt: skip
SMALLEST = 500  # bytes
MOST_PADDING = 100


def compress_answers(app: Flask) -> None:
    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in COMPRESSED or not (200 <= response.status_code < 300):
            return response
        response.vary.add("Accept-Encoding")
        takes_it = request.accept_encodings["gzip"] > 0
        if not takes_it or not _is_whole(response):
            return response
        data = _read(response)
        if len(data) >= SMALLEST:
            response.set_data(squeeze(data))
            response.headers["Content-Encoding"] = "gzip"
            _weaken_etag(response)
        return response


def _read(response: Response) -> bytes:
    """The whole body; a file that it came from is closed."""
    source = response.response
    response.direct_passthrough = False
    data = response.get_data()
    if hasattr(source, "close"):
        source.close()
    return data


def squeeze(data: bytes) -> bytes:
    out = io.BytesIO()
    padding = "a" * secrets.randbelow(MOST_PADDING)
    with gzip.GzipFile(padding, "wb", compresslevel=6, fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def _is_whole(response: Response) -> bool:
    """Neither a stream that is still being made, nor a part of a file."""
    is_file = request.endpoint == "static"
    return "Content-Encoding" not in response.headers and (is_file or response.is_sequence)


def _weaken_etag(response: Response) -> None:
    """The same content in other bytes."""
    etag, _is_weak = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)
