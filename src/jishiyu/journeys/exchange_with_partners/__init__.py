"""What partners' systems ask and are told, and what we ask of them."""

from jishiyu.journeys.exchange_with_partners.answering import answer
from jishiyu.journeys.exchange_with_partners.telling import notify_subscribers, tell
from jishiyu.journeys.exchange_with_partners.waiting import NOTIFY, TASK, ask_for_answer

__all__ = ["NOTIFY", "TASK", "answer", "ask_for_answer", "notify_subscribers", "tell"]
