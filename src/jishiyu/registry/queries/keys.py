"""Whether the register was sealed with the keys of this installation."""

from jishiyu.foundations.secrets import Unreadable
from jishiyu.registry.models import Person


def opens_with_our_keys() -> bool:
    """Whether what is sealed can be read; so can a register that is empty. Keys of another installation open nothing."""
    try:
        Person.objects.order_by("id").values_list("id_number", flat=True).first()
    except Unreadable:
        return False
    return True
