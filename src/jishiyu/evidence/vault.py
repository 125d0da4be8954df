"""Where the files that were handed in lie: sealed with SM4, outside anything that the web server serves, named by batch."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from jishiyu.foundations.outcomes import CannotBecause, sentence
from jishiyu.foundations.secrets import Unreadable, seal, unseal

_BOUND_TO = b"evidence.file"


def put_away(batch: UUID, content: bytes) -> None:
    """Seal and store a file. Written beside and moved into place, so that a half-written file is never read."""
    folder = Path(settings.UPLOAD_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = _place(batch)
    making = target.with_suffix(f".{os.getpid()}")
    making.write_bytes(seal(content, settings.JISHIYU_SM4_KEY, _bound_to(batch)))
    making.chmod(0o600)
    making.replace(target)


def fetch(batch: UUID) -> bytes:
    """The file as it was handed in. Raises :class:`CannotBecause` when it is gone or does not open."""
    try:
        return unseal(_place(batch).read_bytes(), settings.JISHIYU_SM4_KEY, _bound_to(batch))
    except (FileNotFoundError, Unreadable):
        raise CannotBecause(
            "file_lost",
            sentence("原始文件不在或无法解封", "The original file is gone or cannot be opened"),
            sentence(
                "请联系系统管理员检查上传目录和密钥",
                "Ask the administrator to check the upload folder and keys",
            ),
        ) from None


def _place(batch: UUID) -> Path:
    return Path(settings.UPLOAD_DIR) / f"{batch}.sealed"


def _bound_to(batch: UUID) -> bytes:
    return _BOUND_TO + b":" + str(batch).encode()
