"""What is sent to us is stopped when it is more than anything that we accept: before it fills the disk, whoever sends it."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

# The largest thing accepted is a workbook of 40 MB; each room refuses its own kinds sooner, with how to mend it.
LARGEST = 48 * 1024 * 1024


class NoMoreThanAccepted(FileUploadHandler):
    """The first of the upload handlers: counts, and passes everything on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - as Django calls it
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse what says itself that it is too much. A length that lies is counted below."""
        if content_length > LARGEST:
            raise RequestDataTooBig(f"{content_length} bytes sent")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what comes."""
        self._received += len(raw_data)
        if self._received > LARGEST:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""
