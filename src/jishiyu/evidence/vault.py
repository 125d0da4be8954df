"""Where the files that were handed in lie: sealed with SM4, outside anything that the web server serves.

A file is named by the id of its batch or document, and sealed for that id alone.
"""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.foundations.secrets import Unreadable, seal, unseal

_BOUND_TO = b"evidence.file"


def put_away(id: UUID, content: bytes) -> None:
    """Seal and store a file. Written beside and moved into place, so that a half-written file is never read."""
    folder = Path(settings.UPLOAD_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = _place(id)
    making = target.with_suffix(f".{os.getpid()}")
    making.write_bytes(seal(content, settings.JISHIYU_SM4_KEY, _bound_to(id)))
    making.chmod(0o600)
    making.replace(target)


def fetch(id: UUID) -> bytes:
    """The file as it was handed in. Raises :class:`CannotBecause` when it is gone or does not open."""
    try:
        return unseal(_place(id).read_bytes(), settings.JISHIYU_SM4_KEY, _bound_to(id))
    except (FileNotFoundError, Unreadable):
        raise CannotBecause(
            "file_lost",
            sentence("原始文件不在或无法解封", "The original file is gone or cannot be opened"),
            sentence(
                "请联系系统管理员检查上传目录和密钥",
                "Ask the administrator to check the upload folder and keys",
            ),
        ) from None


def remove(id: UUID) -> None:
    """Take a file away: only ever one of a draft that was left."""
    _place(id).unlink(missing_ok=True)


def _place(id: UUID) -> Path:
    return Path(settings.UPLOAD_DIR) / f"{id}.sealed"


def _bound_to(id: UUID) -> bytes:
    return _BOUND_TO + b":" + str(id).encode()
