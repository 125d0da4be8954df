"""Services, goods, waivers and statuses on their way: what is to be delivered, by whom, when, and what came of it."""
