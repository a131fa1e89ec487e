"""The file itself: written with mode 600 from the first byte, read with suspicion."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

MANIFEST = "manifest.json"
FOLDERS = {"database", "media"}
FORMAT = 1
CHUNK = 1 << 20


class BackupError(Exception):
    """Why a backup or a restore did not happen, in a sentence for the operator."""


@dataclass
class Manifest:
    """What is in the file, and how to know that it is whole."""

    engine: str
    made_at: str
    versions: dict[str, str]
    migrations: list[list[str]]
    tables: dict[str, int]
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: int = FORMAT


class Counted(io.RawIOBase):
    """A stream that is hashed and counted while somebody reads it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sha256 = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.source.read(size)
        self.sha256.update(data)
        self.size += len(data)
        return data

    def facts(self) -> dict[str, Any]:
        """What the manifest says about the file."""
        return {"sha256": self.sha256.hexdigest(), "size": self.size}


class Writer:
    """Puts files into a new backup. The last call is `finish`."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.file = os.fdopen(descriptor, "wb")
        self.tar = tarfile.open(fileobj=self.file, mode="w:gz", compresslevel=6)  # noqa: SIM115
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, source: Path) -> None:
        """Add one file, as long as it is now."""
        with source.open("rb") as file:
            counted = Counted(file)
            self._add(name, counted, os.fstat(file.fileno()).st_size)
        self.files[name] = counted.facts()

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest and see that everything is on the disk."""
        manifest.files = self.files
        text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        self._add(MANIFEST, io.BytesIO(text), len(text))
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def _add(self, name: str, source: IO[bytes] | Counted, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, source)  # type: ignore[arg-type]


@contextmanager
def suspicion(path: Path) -> Iterator[None]:
    """Whatever a damaged file makes the libraries say becomes one sentence."""
    try:
        yield
    except (tarfile.TarError, zlib.error, EOFError, KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{path} is damaged or not a backup of Bothways ({error}).") from error
    except OSError as error:
        raise BackupError(f"{path}: {error}.") from error


def check(path: Path) -> Manifest:
    """Read the whole file, compare every hash, and return the manifest."""
    seen: dict[str, dict[str, Any]] = {}
    manifest = None
    with suspicion(path), tarfile.open(path, "r:gz") as tar:
        for member in tar:
            stream = open_member(tar, member)
            if manifest is not None or member.name in seen:
                raise ValueError(f"{member.name!r} stands where nothing may stand")
            if member.name == MANIFEST:
                manifest = Manifest(**json.load(stream))
            else:
                while stream.read(CHUNK):
                    pass
                seen[member.name] = stream.facts()
        while tar.fileobj and tar.fileobj.read(CHUNK):
            pass  # the checksum of the whole stands at the very end
        if manifest is None:
            raise ValueError("its end is missing")
        if manifest.format != FORMAT:
            raise ValueError(f"its format is {manifest.format}, not {FORMAT}")
        names = sorted(seen.keys() | manifest.files)
        wrong = [name for name in names if seen.get(name) != manifest.files.get(name)]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is not what was saved")
    return manifest


def open_member(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Counted:
    """The content of a plain file with an honest name; anything else was put there by a foe."""
    parts = PurePosixPath(member.name).parts
    is_ours = member.name == MANIFEST or (len(parts) > 1 and parts[0] in FOLDERS)
    is_plain = member.isreg() and str(PurePosixPath(*parts)) == member.name
    stream = tar.extractfile(member) if is_ours and is_plain and ".." not in parts else None
    if stream is None or "\\" in member.name or "\0" in member.name:
        raise ValueError(f"{member.name!r} has no place in a backup")
    return Counted(stream)


def extract(path: Path, folder: str, place: Callable[[str], Path]) -> int:
    """Write the files of one folder to where `place` says; how many there were."""
    count = 0
    with suspicion(path), tarfile.open(path, "r:gz") as tar:
        for member in tar:
            stream = open_member(tar, member)
            name = member.name.removeprefix(f"{folder}/")
            if name != member.name:
                write(place(name), stream)
                count += 1
    return count


def write(target: Path, stream: Counted) -> None:
    """Write one file, readable by this user and group only."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(descriptor, "wb") as file:
        while data := stream.read(CHUNK):
            file.write(data)
