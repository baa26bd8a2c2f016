"""News for participants by mail: put down with the change that causes them, sent as a digest.

``services.notify`` is what other features call. The words of a kind stand in the feature that
knows what it speaks of, in its ``letters`` module, declared with ``writing.writes``.
"""
