"""Sentences are asked for in English here, by services as by pages."""

from __future__ import annotations

import pytest
from flask import g
from sqlalchemy.orm import Session


@pytest.fixture
def session(session: Session) -> Session:
    g.language = "en"
    return session
