"""The attributes that templates read, against the fields of what they are given.

A template is followed as it would be drawn: into loops, includes and the macros that it calls.
What is of a type that nobody declares is not looked into.
"""

import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, nodes
from pydantic import BaseModel

Scope = dict[str, Any]


@cache
def attributes(kind: type) -> dict[str, Any] | None:
    """The attributes of a frozen value and their types; None for what is not one."""
    if is_dataclass(kind):
        found = {name: typing.get_type_hints(kind)[name] for name in (f.name for f in fields(kind))}
    elif isinstance(kind, type) and issubclass(kind, BaseModel) and kind.model_fields:
        found = {name: info.annotation for name, info in kind.model_fields.items()}
    else:
        return None
    own = [base for base in kind.__mro__ if base.__module__.startswith("game.")]
    told = {n: p.fget for base in own for n, p in vars(base).items() if isinstance(p, property)}
    return {**found, **{n: typing.get_type_hints(get).get("return") for n, get in told.items()}}


def bare(kind: Any) -> Any:
    """The type of something that may also be None."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        rest = [each for each in typing.get_args(kind) if each is not type(None)]
        return rest[0] if len(rest) == 1 else None
    return typing.get_args(kind)[0] if typing.get_origin(kind) is typing.Annotated else kind


def element(kind: Any) -> Any:
    """The type of what is in a sequence of such a type."""
    origin, inner = typing.get_origin(bare(kind)), typing.get_args(bare(kind))
    is_sequence = isinstance(origin, type) and issubclass(origin, Sequence)
    return inner[0] if is_sequence and (len(inner) == 1 or inner[1:] == (...,)) else None


@dataclass
class Reader:
    """Follows templates; `faults` are what they read and is not there, `read` what is."""

    env: Environment
    kind: str
    instead: Mapping[tuple[type, str], type]  # what an attribute is, where it is known better
    faults: set[str] = field(default_factory=set)
    read: set[tuple[type, str]] = field(default_factory=set)

    def template(self, name: str, scope: Scope) -> None:
        """One template, with what it is given."""
        tree = self._tree(name)
        self.name = name
        self.body(tree.body, scope)

    def _tree(self, name: str) -> nodes.Template:
        assert self.env.loader
        return self.env.parse(self.env.loader.get_source(self.env, name)[0], name)

    def body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Assign(target=nodes.Name(name=name)):
                scope[name] = self.type_of(node.node, scope)
            case nodes.For():
                each = element(self.type_of(node.iter, scope))
                inner = {**scope, "loop": None}
                if isinstance(node.target, nodes.Name):
                    inner[node.target.name] = each
                self.body((*node.body, *node.else_), inner)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    inner[getattr(target, "name", "")] = self.type_of(value, scope)
                self.body(node.body, inner)
            case nodes.Include():
                self._include(node, scope)
            case nodes.FromImport(template=nodes.Const(value=source)):
                macros = {m.name: m for m in self._tree(source).find_all(nodes.Macro)}
                top = dict(scope)
                for name in node.names:
                    wanted, known_as = name if isinstance(name, tuple) else (name, name)
                    scope[known_as] = (macros[wanted], source, top)
            case nodes.CallBlock():
                self.type_of(node.call, scope)
                self.body(node.body, scope)
            case nodes.Macro():
                pass  # followed where it is called
            case nodes.Expr():
                self.type_of(node, scope)
            case _:
                for child in node.iter_child_nodes():
                    self.statement(child, scope)

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        several = node.template.items if isinstance(node.template, nodes.List) else [node.template]
        there = [name for name in map(self._named, several) if name in self.env.list_templates()]
        before = self.name
        if there:
            self.template(there[0], dict(scope))
        self.name = before

    def _named(self, template: nodes.Expr) -> str:
        parts = template.nodes if isinstance(template, nodes.Concat) else [template]
        return "".join(getattr(part, "value", self.kind) for part in parts)

    def _call(self, node: nodes.Call, scope: Scope) -> None:
        given = [self.type_of(each, scope) for each in node.args]
        named = {each.key: self.type_of(each.value, scope) for each in node.kwargs}
        called = scope.get(getattr(node.node, "name", ""))
        if not isinstance(called, tuple):
            self.type_of(node.node, scope)
            return
        macro, source, top = called
        names = [each.name for each in macro.args]
        own = {**dict.fromkeys(names), **dict(zip(names, given, strict=False)), **named}
        siblings: Scope = {}
        for statement in self._tree(source).body:
            if isinstance(statement, nodes.FromImport | nodes.Assign):
                self.statement(statement, siblings)
        beside = {m.name: (m, source, top) for m in self._tree(source).find_all(nodes.Macro)}
        before, self.name = self.name, source
        self.body(macro.body, {**top, **beside, **siblings, **own})
        self.name = before

    def type_of(self, node: nodes.Node, scope: Scope) -> Any:
        """The type of an expression as far as it is known; notes what it reads."""
        match node:
            case nodes.Name(name=name):
                found = scope.get(name)
                return None if isinstance(found, tuple) else found
            case nodes.Getattr():
                return self._attribute(self.type_of(node.node, scope), node)
            case nodes.Getitem():
                whole = self.type_of(node.node, scope)
                self.type_of(node.arg, scope)
                return whole if isinstance(node.arg, nodes.Slice) else element(whole)
            case nodes.CondExpr():
                kinds = [self.type_of(each, scope) for each in node.iter_child_nodes()]
                return kinds[1]
            case nodes.Call():
                self._call(node, scope)
            case _:
                for child in node.iter_child_nodes():
                    self.type_of(child, scope)
        return None

    def _attribute(self, of: Any, node: nodes.Getattr) -> Any:
        kind = bare(of)
        there = attributes(kind) if isinstance(kind, type) else None
        if there is None:
            return None
        if node.attr not in there:
            self.faults.add(f"{self.name}:{node.lineno}: {kind.__name__} has no {node.attr}")
            return None
        self.read.add((kind, node.attr))
        return self.instead.get((kind, node.attr), there[node.attr])
