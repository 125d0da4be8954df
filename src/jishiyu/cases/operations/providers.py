"""The register of who provides services, kept by each agency and sub-district for itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jishiyu.cases.models import Provider
from jishiyu.cases.queries import services as queries
from jishiyu.cases.rules.service_kinds import KINDS
from jishiyu.foundations.clock import day_of
from jishiyu.foundations.outcomes import CannotBecause, NotYours, sentence
from jishiyu.journal.operations import record
from jishiyu.offices.rules import Post, require


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A provider as entered: its name, whether it is an outside body, the kinds of service, and whom to call."""

    name: str
    outside: bool
    services: Sequence[str]
    contact_name: str = ""
    phone: str = ""


def enter_provider(new: NewProvider, *, actor: Post, moment: datetime) -> Provider:
    """Enter a provider in the register of the actor's own office."""
    require(actor, "cases.keep_providers")
    services = [key for key in new.services if key in KINDS]
    if len(new.name.strip()) < 2 or not services:
        raise CannotBecause(
            "cases.provider_incomplete",
            sentence(
                "请填写服务方名称和至少一种服务", "Enter the provider's name and at least one kind of service"
            ),
        )
    office = queries.office_of(actor)
    if Provider.objects.filter(name=new.name.strip(), **office).exists():
        raise CannotBecause(
            "cases.provider_known",
            sentence("本单位已登记同名服务方", "Your office has a provider of this name already"),
        )
    row = Provider.objects.create(
        name=new.name.strip(),
        outside=new.outside,
        services=services,
        contact_name=new.contact_name.strip(),
        phone=new.phone.strip(),
        since=day_of(moment),
        recorded_by=actor.code,
        **office,
    )
    record(act="cases.enter_provider", about=("provider", str(row.id)), detail={"services": services})
    return row


def end_provider(provider_id: UUID, *, actor: Post, moment: datetime) -> Provider:
    """Take a provider out of the register: it gets no new work; what it did stays."""
    require(actor, "cases.keep_providers")
    row = Provider.objects.select_for_update().filter(pk=provider_id, **queries.office_of(actor)).first()
    if row is None:
        raise NotYours(
            "cases.not_your_provider",
            sentence("只能维护本单位登记的服务方", "Each office keeps its own providers only"),
        )
    row.ended_on = day_of(moment)
    row.save(update_fields=["ended_on"])
    record(act="cases.end_provider", about=("provider", str(row.id)))
    return row
