"""Write what a register's file says, and put back what was there before. Called by imports with what a person confirmed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify
from guardian.models import UserObjectPermissionBase

from accounts.models import User
from communities import permissions, powers
from communities.models import School
from communities.registers import REGISTERS, Register, Values, rows
from core import audit
from core.imports import CannotUndo, Change
from core.verdicts import require

BATCH = 500
# Decisions of the council, each of which is an act of its own; the rest is copied from a publisher's register and
# stands in the audit as the import with its counts and its file's hash.
ACTS = {
    ("community", True): "communities.opened",
    ("community", False): "communities.changed",
    ("membership", True): "communities.school_joined",
    ("membership", False): "communities.membership_changed",
    ("community_network", True): "communities.pcn_linked",
    ("community_network", False): "communities.pcn_link_changed",
}


def lock(names: Iterable[str]) -> None:
    """Hold the rows of these registers until the caller's transaction ends, so that what was compared stays true."""
    for name in names:
        list(REGISTERS[name].model._default_manager.select_for_update().order_by("pk").values_list("pk"))


@transaction.atomic
def load(*, changes: Sequence[Change], by: User, now: datetime) -> None:
    """Make every change, or raise. Raises Refused; IntegrityError where the database knows better."""
    require(permissions.may_administer(by))
    for name, mine in _by_register(changes).items():
        added = [change for change in mine if change.change == "added"]
        edited = [change for change in mine if change.change != "added"]
        _set(
            name, [(change.key, change.after or {}) for change in edited]
        )  # first: what ends makes room for what begins
        _add(REGISTERS[name], added)
        _record(name, mine, by, now)
    _forget_powers(changes)


@transaction.atomic
def take_back(*, changes: Sequence[Change], by: User, now: datetime) -> None:
    """Undo `load`: what was added goes, what was changed gets its old values. Raises Refused or CannotUndo."""
    require(permissions.may_administer(by))
    _forget_powers(changes)
    for name, mine in reversed(_by_register(changes).items()):
        there = rows(name)
        for change in mine:
            _refuse_touched(change, there.get(change.key))
        _record(name, mine, by, now, taken_back=True)
        gone = {there[change.key][0]: change.label for change in mine if change.change == "added"}
        _refuse_in_use(REGISTERS[name].model, gone)
        REGISTERS[name].model._default_manager.filter(pk__in=gone).delete()
        _set(name, [(change.key, change.before or {}) for change in mine if change.change != "added"])


def _by_register(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """In the order of REGISTERS."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.table].append(change)
    return {name: found[name] for name in REGISTERS if name in found}


def _add(register: Register, changes: Sequence[Change]) -> None:
    if not changes:
        return
    wanted = [change.after or {} for change in changes]
    resolve = _resolver(register, wanted)
    slugs = _slugs(register.model)
    objects = [register.model(**resolve(values), **slugs(values)) for values in wanted]
    register.model._default_manager.bulk_create(objects, batch_size=BATCH)


def _set(name: str, edits: Sequence[tuple[str, Values]]) -> None:
    """Give rows new values under their locks."""
    register = REGISTERS[name]
    numbers = {key: pk for key, (pk, _values) in rows(name).items()} if edits else {}
    resolve = _resolver(register, [values for _key, values in edits])
    locked = register.model._default_manager.select_for_update().in_bulk([numbers[key] for key, _values in edits])
    touched: dict[frozenset[str], list[models.Model]] = defaultdict(list)
    for key, values in edits:
        row = locked[numbers[key]]
        for column, value in resolve(values).items():
            setattr(row, column, value)
        touched[frozenset(values)].append(row)
    for columns, group in touched.items():
        register.model._default_manager.bulk_update(group, sorted(columns), batch_size=BATCH)


def _resolver(register: Register, wanted: Iterable[Values]) -> Callable[[Values], Values]:
    """Turns natural values into what the model's constructor takes: foreign keys by number, days as dates."""
    wanted = list(wanted)
    numbers: dict[str, dict[str, int]] = {}
    for name, natural in register.links.items():
        other: Any = register.model._meta.get_field(name).related_model
        known = {values[name] for values in wanted if values.get(name) not in (None, "")}
        found = other.objects.filter(**{f"{natural}__in": known}).values_list(natural, "pk") if known else []
        numbers[name] = {str(value): pk for value, pk in found}

    def resolve(values: Values) -> Values:
        return dict(_resolved(register, name, value, numbers) for name, value in values.items())

    return resolve


def _resolved(register: Register, name: str, value: Any, numbers: dict[str, dict[str, int]]) -> tuple[str, Any]:
    if name in register.links:
        return f"{name}_id", None if value in (None, "") else numbers[name][str(value)]
    kind = register.model._meta.get_field(name)
    return name, date.fromisoformat(value) if value and isinstance(kind, models.DateField) else value


def _slugs(model: type[models.Model]) -> Callable[[Values], Values]:
    """An address for each new thing, made from its first name and never changed. A school whose name is taken gets its
    number behind it; open schools come first, so that the open one of two has the short address.
    """
    if not any(column.name == "slug" for column in model._meta.get_fields()):
        return lambda _values: {}
    taken = set(model._default_manager.values_list("slug", flat=True))

    def slug(values: Values) -> Values:
        found = slugify(values["name"])[:160] or "school"
        if found in taken or (model is School and values["status"] == School.Status.CLOSED):
            found = f"{found}-{values.get('urn', len(taken))}"
        taken.add(found)
        return {"slug": found}

    return slug


def _refuse_touched(change: Change, there: tuple[int, Values] | None) -> None:
    if there is None:
        raise CannotUndo(f"{change.label} is no longer there. Somebody took it away after this import.")
    _pk, values = there
    after = {name: value for name, value in (change.after or {}).items() if name in values}
    if any(values[name] != value for name, value in after.items()):
        raise CannotUndo(f"{change.label} was changed after this import. Take that later change back first.")


def _refuse_in_use(model: type[models.Model], gone: dict[int, str]) -> None:
    """Nothing that others have come to depend on is taken away, whatever the foreign keys would allow."""
    for relation in model._meta.get_fields(include_hidden=True) if gone else ():
        if not isinstance(relation, models.ForeignObjectRel):
            continue
        other: Any = relation.related_model
        if other._meta.auto_created or issubclass(other, UserObjectPermissionBase):
            continue
        name = relation.field.name
        found = other._base_manager.filter(**{f"{name}__in": list(gone)}).values_list(name, flat=True).first()
        if found in gone:
            raise CannotUndo(f"{gone[found]} is in use by now ({other._meta.verbose_name}). Take that away first.")


def _record(name: str, changes: Sequence[Change], by: User, now: datetime, *, taken_back: bool = False) -> None:
    """One audit entry for each act of the council."""
    if (name, True) not in ACTS:
        return
    numbers = {key: pk for key, (pk, _values) in rows(name).items()}
    for change in changes:
        target = REGISTERS[name].model(pk=numbers.get(change.key, 0))
        audit.record(
            action=ACTS[(name, change.change == "added")], target=target, by=by, at=now, source="import", key=change.key,
            before=change.before, after=change.after, taken_back=taken_back,
        )  # fmt: skip


def _forget_powers(changes: Iterable[Change]) -> None:
    """Who may see a community follows from memberships: everybody at these schools is looked at again."""
    urns = {change.key.split("|")[1] for change in changes if change.table == "membership"}
    for pk in School.objects.filter(urn__in=urns).values_list("pk", flat=True):
        powers.forget_school(pk)
