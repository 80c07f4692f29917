"""Versions for the names of caches: those of the libraries themselves, found without loading them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.outputs import versions
from tests.support import ROOT


def test_they_are_what_the_libraries_say() -> None:
    """What is installed is what is loaded."""
    import jinja2
    import mkdocs
    import pydyf
    import weasyprint

    assert versions.of("weasyprint") == weasyprint.__version__
    assert versions.of("pydyf") == pydyf.__version__
    assert versions.of("mkdocs") == mkdocs.__version__
    assert versions.of("jinja2") == jinja2.__version__


def test_pango_is_the_one_that_typesets() -> None:
    """The number is the same that WeasyPrint's Pango says."""
    from weasyprint.text.ffi import pango

    versions.pango.cache_clear()
    assert versions.pango() == pango.pango_version()


def test_where_pango_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be found is not guessed; the names of PDFs then take it from WeasyPrint."""
    from generator.outputs import pdf

    known = versions.pango()
    versions.pango.cache_clear()
    pdf._pango.cache_clear()
    monkeypatch.setattr(versions, "NAMES", ("libno-such-library.so",))
    assert versions.pango() is None
    assert pdf._pango() == known
    versions.pango.cache_clear()
    pdf._pango.cache_clear()


def test_nothing_is_loaded_for_them() -> None:
    """Asking costs no import of a library."""
    code = (
        "import sys; from generator.outputs import versions;"
        "print(bool(versions.pango()), versions.of('weasyprint') > '', versions.of('mkdocs') > '',"
        "{'weasyprint', 'mkdocs', 'cffi'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "True True True set()\n"


def test_program_is_all_of_its_modules() -> None:
    """The same for the same modules, in every process."""
    code = "from generator.outputs import versions; print(versions.program())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == versions.program()
