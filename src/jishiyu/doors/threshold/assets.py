"""Third-party files that pages may use, by name: an allow-list into the installed packages, nothing else of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# address under /static/ -> file in node_modules
ALLOWED = {
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "vendor/tabler-icons.min.css": "@tabler/icons-webfont/dist/tabler-icons.min.css",
    "vendor/fonts/tabler-icons.woff2": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
    "vendor/fonts/tabler-icons.woff": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff",
    "vendor/fonts/tabler-icons.ttf": "@tabler/icons-webfont/dist/fonts/tabler-icons.ttf",
    "vendor/echarts.min.js": "echarts/dist/echarts.min.js",
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/alpine-csp.min.js": "@alpinejs/csp/dist/cdn.min.js",
}


class PackagedAssets(BaseFinder):
    """A staticfiles finder over the allow-list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.BASE_DIR) / "node_modules"
        self.storage = FileSystemStorage(location=self.root)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        source = ALLOWED.get(path)
        found = self.root / source if source else None
        if found is None or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for address, source in ALLOWED.items():
            if (self.root / source).is_file():
                yield address, _Renamed(self.root / source, address)


class _Renamed(FileSystemStorage):
    """Opens one packaged file under the address that pages use."""

    def __init__(self, source: Path, address: str) -> None:
        super().__init__(location=source.parent)
        self.source, self.address = source, address

    def path(self, name: str) -> str:
        return str(self.source) if name == self.address else super().path(name)
