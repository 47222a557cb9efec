"""A real word processor opens a file of ours and saves it again."""

import subprocess
from pathlib import Path


def through_libreoffice(content: bytes, folder: Path, kind: str = "docx:MS Word 2007 XML") -> bytes:
    """The file as LibreOffice writes it; `kind` is a filter of its `--convert-to`.

    Its profile is made once in a process of tests, beside their folders, and used again by the next.
    """
    done = folder / "out"
    done.mkdir(exist_ok=True)
    file = folder / "text.docx"
    file.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder.parent / 'libreoffice'}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(done), str(file)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return (done / f"text.{kind.partition(':')[0]}").read_bytes()
