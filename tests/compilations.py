"""An application is made for each test: what is compiled for one serves all of a process."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class CompiledTemplates(BytecodeCache):
    """The code of each template; its key holds the name, and its checksum the source."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key] = bucket.checksum, bucket.code


templates = CompiledTemplates()


def keep_templates(app: Flask) -> None:
    app.jinja_env.bytecode_cache = templates


def keep_rules() -> None:
    """Werkzeug writes two functions for each rule of each application. They depend on nothing
    but the rule, which they take as an argument: equal rules share them from now on.
    """
    compile_builder = Rule._compile_builder
    kept: dict[tuple[Any, ...], Builder] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Builder:
        if rule.defaults:  # these are written into the function
            return compile_builder(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = compile_once  # type: ignore[method-assign]
