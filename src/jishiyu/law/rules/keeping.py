"""A pack put away whole and read again: its data files in one ZIP, the same bytes for the same pack."""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from jishiyu.law.rules.pack import Pack
from jishiyu.law.rules.read import data_files, read_pack

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def put_away(root: Path, more: Mapping[str, str] | None = None) -> bytes:
    """The data files of a pack's folder, and of what is laid over it, as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, text in data_files(root, more):
            parcel.writestr(zipfile.ZipInfo(name, _NO_TIME), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def take_out(content: bytes) -> Pack:
    """The pack that was put away. Raises BadPack when this release cannot read it any more."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(io.BytesIO(content)) as parcel:
        parcel.extractall(folder)
        return read_pack(Path(folder), kept=True)
