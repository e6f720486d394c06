"""FILES in a bucket that speaks S3, for a site on several hosts without a shared disk. Optional: `make setup-s3`.

Nobody but this site reads it: pages stream what they let people have, and no address of the bucket is ever given away.
What goes wrong is an OSError, as it is with a disk.
"""

import errno
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

IN_MEMORY = 1 << 20  # bytes of a file that is fetched; what is larger lies in a temporary file without a name


class Bucket(S3Storage):
    def get_default_settings(self) -> dict[str, Any]:
        """Who we are there, and in which region, boto3 reads from the environment itself."""
        own = {"file_overwrite": False, "max_memory_size": IN_MEMORY, "client_config": _config(self._is_elsewhere)}
        return super().get_default_settings() | own

    def __init__(self, *, endpoint_url: str, **options: Any) -> None:
        self._is_elsewhere = bool(endpoint_url)
        super().__init__(endpoint_url=endpoint_url or None, **options)

    def __str__(self) -> str:
        return f"s3://{self.bucket_name}/{self.location}".rstrip("/")

    def url(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError("Files are private: a page streams them.")

    def names(self) -> Iterator[str]:
        """Of everything, in every folder; folders themselves, which some tools make, are none."""
        below = f"{self.location}/" if self.location else ""
        with self._as_a_disk():
            for kept in self.bucket.objects.filter(Prefix=below):
                name = kept.key.removeprefix(below)
                if name and not name.endswith("/") and ".." not in name.split("/"):
                    yield name

    def is_empty(self) -> bool:
        return next(self.names(), None) is None

    def free(self) -> None:
        """Nobody knows."""

    def opened(self, name: str) -> IO[bytes]:
        return self.open(name)

    def put(self, name: str, source: Path) -> None:
        """In place of what is there."""
        with self._as_a_disk():
            self.bucket.Object(self._normalize_name(name)).upload_file(str(source))

    def remove_all(self, *, but: Collection[str]) -> None:
        for name in list(self.names()):
            if name not in but:
                self.delete(name)

    # --- Seen by the doctor -------------------------------------------------------------------

    def is_versioned(self) -> bool:
        """Whether what is deleted stays there, as an earlier version."""
        with self._as_a_disk():
            return bool(self.bucket.Versioning().status == "Enabled")

    def is_open(self, name: str = "") -> bool:
        """Whether a stranger may read this file; without a name, list what there is."""
        there = self.unsigned_connection
        with self._as_a_disk():
            try:
                if name:
                    there.Object(self.bucket_name, self._normalize_name(name)).load()
                else:
                    list(there.Bucket(self.bucket_name).objects.limit(1))
            except ClientError:
                return False
        return True

    def be_reached(self) -> None:
        """Raises OSError where the bucket is not there, or not ours."""
        with self._as_a_disk():
            self.connection.meta.client.head_bucket(Bucket=self.bucket_name)

    # --- As a disk does it --------------------------------------------------------------------

    @contextmanager
    def _as_a_disk(self) -> Iterator[None]:
        """A failure says its kind, as the server calls it: its text may hold addresses."""
        try:
            yield
        except (BotoCoreError, ClientError, Boto3Error) as failure:
            code = failure.response.get("Error", {}).get("Code") if isinstance(failure, ClientError) else None
            raise OSError(errno.EIO, str(code or type(failure).__name__), str(self)) from failure

    def _open(self, name: str, mode: str = "rb") -> File:
        with self._as_a_disk():
            file = super()._open(name, mode)
            file.open()  # fetched here and now, while a failure can still be told
        return file

    def _save(self, name: str, content: File) -> str:
        with self._as_a_disk():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with self._as_a_disk():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self._as_a_disk():
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self._as_a_disk():
            return super().listdir(path)


def _config(is_elsewhere: bool) -> Config:
    """Patience for seconds, since people wait; and nothing that only Amazon's own servers understand."""
    return Config(
        connect_timeout=3,
        read_timeout=20,
        retries={"mode": "standard", "total_max_attempts": 3},
        s3={"addressing_style": "path" if is_elsewhere else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
