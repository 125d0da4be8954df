"""The blind spot of import contracts: foreign keys named by a string. They too point back in the story, and leave no trace there."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model

from tests.shape.the_tree import RANK, SOURCE


def keys() -> Iterator[tuple[str, type[Model], type[Model], "Field[object, object]"]]:
    """Every key between two of our own models."""
    for model in apps.get_models():
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            other = field.related_model
            if isinstance(other, type) and {model._meta.app_label, other._meta.app_label} <= RANK.keys():
                yield f"{model._meta.label}.{field.name}", model, other, field


def test_every_room_has_its_place_in_the_story() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("jishiyu.")}
    assert ours == RANK.keys()
    assert {f"jishiyu.{room}" for room in RANK} >= {
        config.name
        for config in apps.get_app_configs()
        if config.name.count(".") == 1 and config.name.startswith("jishiyu.")
    }
    assert all(
        config.path.startswith(str(SOURCE)) for config in apps.get_app_configs() if config.label in ours
    )


def test_a_key_only_points_back() -> None:
    ahead = [
        f"{name} → {other._meta.label}"
        for name, model, other, _field in keys()
        if model._meta.app_label != other._meta.app_label
        and RANK[model._meta.app_label] <= RANK[other._meta.app_label]
    ]
    assert ahead == []


def test_a_key_into_an_earlier_room_leaves_no_name_there() -> None:
    named = [
        name
        for name, model, other, field in keys()
        if model._meta.app_label != other._meta.app_label
        and not str(field.remote_field.related_name or "").endswith("+")
    ]
    assert named == [], 'write related_name="+"'
