"""The stages in order: what `nohin build` does, read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

from generator.checking import Checked, check
from generator.intake.remembered import Memory
from generator.outputs import archives, calendar, finished, folders, leaks, manifest, pdf, typesetting
from generator.outputs.cache import Cache
from generator.outputs.finished import Finished
from generator.outputs.pdf import Job
from generator.outputs.shown import Shown
from generator.outputs.site import searchfiles, website
from generator.outputs.site.theme import Part
from generator.problems import NohinError, Problem, has_errors, in_order
from generator.workshop import Request, Workshop


def build(request: Request) -> tuple[list[Problem], bool]:
    """Make the site and the PDFs; with errors, leave the last good output as it is.

    Says what was wrong, and whether there is new output.
    """
    checked = looked_at(request)
    if has_errors(checked.problems) and not request.draft:
        return checked.problems, False
    shop, wanted = Workshop(request, checked), _wanted(checked, request)
    store = Finished(request.cache("finished"), request.out)
    names = {name: shop.share_name(shop.contracts[name]) for name in _told_of(shop, wanted)}
    shown = _shown(shop, store, names, wanted)
    parts = [shop.home(), *map(shop.part, shown.values())]
    jobs = typesetting.jobs(list(shown.values()), shop.site, shop.tree)
    if has_errors(shop.site.problems):
        return in_order(checked.problems + shop.site.problems), False
    try:
        with folders.replaced(request.out, request.project) as new:
            _write(shop, shown, parts, jobs, new)
            leaks.refuse(new, shop.redaction, request.cache("leaks"))
            for name in shown:
                store.keep(names[name], name, shop.told[name].kept(), new)
    except leaks.Leaked as found:
        return in_order(checked.problems + found.problems), False
    if shown.keys() == shop.contracts.keys():
        _forget_unused(shop, parts, jobs, names.values())
    return checked.problems, True


def looked_at(request: Request) -> Checked:
    """The project, read and checked; what was read is remembered."""
    memory = Memory(Cache.of(request.project, "data"))
    checked = check(request.project, memory, Cache.of(request.project, "effects"), request.as_of)
    memory.save()
    return checked


def _wanted(checked: Checked, request: Request) -> list[str]:
    names = checked.loaded.portfolio.contracts
    wanted = [name for name in names if request.only is None or fnmatch(name, request.only)]
    if request.only and not wanted:
        raise NohinError(f"「{request.only}」に当たる契約がありません。あるのは: {'、'.join(names)}")
    return wanted


def _told_of(shop: Workshop, wanted: Sequence[str]) -> Sequence[str]:
    """The contracts the home tells of: those that are made, and those that are in the output already."""
    return [name for name in shop.contracts if name in wanted or (shop.request.out / name / "index.html").is_file()]


def _shown(shop: Workshop, store: Finished, names: Mapping[str, str], wanted: Sequence[str]) -> dict[str, Shown]:
    """The contracts that have to be made; the home is told of all."""
    shown = {}
    for name, known in names.items():
        said = store.told(known, name)
        if said is None and name in wanted:
            shown[name] = shop.show(shop.contracts[name])
        shop.tell(name, said, shown.get(name))
    return shown


def _write(shop: Workshop, shown: Mapping[str, Shown], parts: Sequence[Part], jobs: Sequence[Job], new: Path) -> None:
    """Everything, into a new folder."""
    request, entries = shop.request, list(shown.values())
    carried = [name for name in shop.told if name not in shown]
    for name in carried:
        finished.carry(name, request.out, new)
    if not all(shop.told[name].found for name in carried):
        shop.recall(searchfiles.read(request.out))  # a contract that has changed, and is not to be made
    made = pdf.make_all(jobs, request.cache("pdf"), request.progress, request.workers)
    manifest.write(made, entries, manifest.rows(request.out, carried), new)
    for entry in entries:
        archives.write(entry, made, new, request.as_of)
    found = website.build(parts, shop.look, request.cache("pages"), new, request.progress, request.workers)
    searchfiles.write(shop.found(found), new)
    calendar.write_all(shop.told.values(), list(shown), new, request.as_of)


def _forget_unused(shop: Workshop, parts: Sequence[Part], jobs: Sequence[Job], shares: Iterable[str]) -> None:
    """Drop from the caches what a build of everything did not ask for."""
    request = shop.request
    request.cache("pdf").forget_all_but(job.key for job in jobs)
    request.cache("pages").forget_all_but(website.names(parts, shop.look, request.cache("pages")))
    request.cache("finished").forget_all_but(shares)
    shop.forget_unused()
