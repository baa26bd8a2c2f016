"""The logo of an organisation: kept in the database, gone with the organisation."""

from __future__ import annotations

from hashlib import blake2b

from flask import abort, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from matchmaker.organisations.models import Logo, Organisation
from matchmaker.pictures import redraw

CACHED = "private, max-age=31536000, immutable"  # its address changes with the picture


def logo_of(session: Session, organisation: Organisation) -> Logo | None:
    return session.get(Logo, (organisation.event_id, organisation.id))


def set_logo(session: Session, organisation: Organisation, data: bytes) -> None:
    """Keep this picture in the place of the one before; refused in words."""
    picture = redraw(data)
    logo = logo_of(session, organisation)
    if logo is None:
        logo = Logo(event_id=organisation.event_id, organisation_id=organisation.id)
        session.add(logo)
    logo.picture = picture
    logo.digest = blake2b(picture, digest_size=8).hexdigest()
    session.flush()


def remove_logo(session: Session, organisation: Organisation) -> None:
    logo = logo_of(session, organisation)
    if logo is not None:
        session.delete(logo)
        session.flush()


def send_logo(session: Session, organisation: Organisation) -> Response:
    """The picture, of a type that we chose, to be kept by the browser."""
    logo = logo_of(session, organisation) or abort(404)
    response = Response(logo.picture, mimetype="image/png")
    response.headers["Cache-Control"] = CACHED
    response.headers["Content-Disposition"] = "inline; filename=logo.png"
    response.set_etag(logo.digest)
    return response.make_conditional(request)
