"""Fills a browser test's database with a small demo district. Run as ``python -m tests.browser.demo_seed``."""

import django


def main() -> None:
    """Build the demo as of the site's own clock."""
    django.setup()
    from jishiyu.doors.jobs.demo_district import build_demo

    build_demo(households=600, say=lambda _: None)


if __name__ == "__main__":
    main()
