"""Vietnamese text restored, and which school is twinned with which, read from scanned plans.

    import dau
    dau.restore("Truong Mam non Hoa Mai")                    # 'Trường Mầm non Hoa Mai'
    for word in dau.restore("Ha Dong", detail=True): ...     # dau.Word
    for pairing in dau.extract("plan.pdf"): ...              # dau.Pairing; bytes are taken, too
    for document in dau.documents("plans.db"): ...           # dict of facts, from a database of 'dau run'

It is libdau by ctypes. The library is $DAU_LIBRARY, or libdau.so.0 as the system finds it. What fails raises dau.Error,
whose `code` is the exit code of the command. Each thread has models of its own. Tesseract's threads slow one another
down: set OMP_THREAD_LIMIT=1 before the program starts. A file from outside may make a decoder crash, and the program
with it; 'dau run' reads in processes under limits.
"""

import ctypes
import os
import sqlite3
import tempfile
import threading
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple, Union, overload

try:
    from typing import Literal
except ImportError:  # before Python 3.8
    from typing_extensions import Literal  # type: ignore

__all__ = ["Error", "Pairing", "Place", "Reading", "Word", "documents", "extract", "restore", "version"]

_STATES = {"auto": 0, "stripped": 1, "ocr": 2, "vie": 3}
_SOME_FAILED = 10


class Error(Exception):
    """What failed: a sentence, and `code`, the exit code of the command (README, 'Exit codes')."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class Reading(NamedTuple):
    text: str
    prob: float


class Word(NamedTuple):
    raw: str  # as it stood
    text: str  # restored; "" where it was joined to the word before
    prob: float  # that text is right
    at: int  # of raw in the text, bytes of UTF-8
    len: int
    readings: List[Reading]  # the likeliest first, the chosen one among them; none where there is but one


class Place(NamedTuple):
    page: int  # from 1
    x: int  # pixels of the page as scanned; characters and lines of a text
    y: int
    w: int
    h: int


class Pairing(NamedTuple):
    no: str
    level: str
    school: str
    partner: str
    school_raw: str
    partner_raw: str
    district: str
    partner_district: str
    prob: float
    place: Place
    rule: str
    flags: List[str]
    since: str
    until: str
    school_prob: float
    partner_prob: float
    mentions: List[Place]
    kind: str


class _Error(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int), ("text", ctypes.c_char * 500)]


class _Reading(ctypes.Structure):
    _fields_ = [("text", ctypes.c_char_p), ("prob", ctypes.c_double)]


class _Word(ctypes.Structure):
    _fields_ = [
        ("raw", ctypes.c_char_p),
        ("text", ctypes.c_char_p),
        ("prob", ctypes.c_double),
        ("at", ctypes.c_size_t),
        ("len", ctypes.c_size_t),
        ("readings", ctypes.POINTER(_Reading)),
        ("reading_count", ctypes.c_size_t),
    ]


class _Place(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in Place._fields]


class _Pairing(ctypes.Structure):
    _fields_ = (
        [(n, ctypes.c_char_p) for n in ("no", "level", "school", "partner", "school_raw", "partner_raw")]
        + [("district", ctypes.c_char_p), ("partner_district", ctypes.c_char_p), ("prob", ctypes.c_double)]
        + [("place", _Place), ("rule", ctypes.c_char_p), ("flags", ctypes.c_char_p)]
        + [("since", ctypes.c_char_p), ("until", ctypes.c_char_p)]
        + [("school_prob", ctypes.c_double), ("partner_prob", ctypes.c_double)]
        + [("mentions", ctypes.POINTER(_Place)), ("mention_count", ctypes.c_size_t), ("kind", ctypes.c_char_p)]
    )


def _load() -> ctypes.CDLL:
    lib = ctypes.CDLL(os.environ.get("DAU_LIBRARY", "libdau.so.0"))
    p, s, e = ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(_Error)
    calls: Dict[str, Tuple[Any, List[Any]]] = {
        "dau_version": (s, []),
        "dau_restorer_open": (p, [ctypes.c_int, e]),
        "dau_restorer_close": (None, [p]),
        "dau_restore_words": (p, [p, s, ctypes.c_size_t, e]),
        "dau_words_next": (ctypes.POINTER(_Word), [p]),
        "dau_words_free": (None, [p]),
        "dau_restore": (p, [p, s, ctypes.c_size_t, e]),
        "dau_reader_open": (p, [s, e]),
        "dau_extract": (p, [p, s, e]),
        "dau_pairings_next": (ctypes.POINTER(_Pairing), [p]),
        "dau_pairings_free": (None, [p]),
    }
    for name, (result, arguments) in calls.items():
        call = getattr(lib, name)
        call.restype, call.argtypes = result, arguments
    return lib


_lib: Optional[ctypes.CDLL] = None
_libc = ctypes.CDLL(None)
_libc.free.argtypes = [ctypes.c_void_p]
_local = threading.local()


def _library() -> ctypes.CDLL:
    global _lib
    if _lib is None:
        _lib = _load()
    return _lib


def _raise(error: _Error) -> None:
    raise Error(error.code, error.text.decode("utf-8", "replace"))


def _opened(kind: str, key: Any, call: Any, *arguments: Any) -> Any:
    """What this thread has opened, or opens now."""
    have = _local.__dict__.setdefault(kind, {})
    if key not in have:
        error = _Error()
        have[key] = call(*arguments, ctypes.byref(error))
        if not have[key]:
            del have[key]
            _raise(error)
    return have[key]


def version() -> str:
    return _library().dau_version().decode()


@overload
def restore(text: str, *, detail: Literal[False] = False, state: str = "auto") -> str: ...
@overload
def restore(text: str, *, detail: Literal[True], state: str = "auto") -> List[Word]: ...


def restore(text: str, *, detail: bool = False, state: str = "auto") -> Union[str, List[Word]]:
    """The text with its marks. state: what it is, "auto", "stripped", "ocr" or "vie"; with detail the words."""
    if state not in _STATES:
        raise ValueError(f"state is one of {', '.join(_STATES)}")
    lib, error, data = _library(), _Error(), text.encode()
    restorer = _opened("restorers", state, lib.dau_restorer_open, _STATES[state])
    call = lib.dau_restore_words if detail else lib.dau_restore
    got = call(restorer, data, len(data), ctypes.byref(error))
    if not got:
        _raise(error)
    try:
        return list(_words(lib, got)) if detail else ctypes.string_at(got).decode()
    finally:
        lib.dau_words_free(got) if detail else _libc.free(got)


def _words(lib: ctypes.CDLL, got: int) -> Iterator[Word]:
    at = lib.dau_words_next(got)
    while at:
        w = at.contents
        readings = [Reading(r.text.decode(), r.prob) for r in w.readings[: w.reading_count]]
        yield Word(w.raw.decode(), w.text.decode(), w.prob, w.at, w.len, readings)
        at = lib.dau_words_next(got)


def _place(p: _Place) -> Place:
    return Place(p.page, p.x, p.y, p.w, p.h)


def _pairing(p: _Pairing) -> Pairing:
    value = {name: getattr(p, name) for name in Pairing._fields}
    value = {name: v.decode() if isinstance(v, bytes) else v for name, v in value.items()}
    value["place"] = _place(p.place)
    value["flags"] = value["flags"].split()
    value["mentions"] = [_place(m) for m in p.mentions[: p.mention_count]]
    return Pairing(**value)


def extract(source: Union[str, "os.PathLike[str]", bytes], *, tessdata: Optional[str] = None) -> Iterator[Pairing]:
    """The pairings of a file, or of its bytes. When some pages cannot be read, Error with code 10 comes after those of
    the others."""
    if isinstance(source, (bytes, bytearray)):
        with tempfile.NamedTemporaryFile(prefix="dau-") as file:
            file.write(source)
            file.flush()
            yield from extract(file.name, tessdata=tessdata)
        return
    lib, error = _library(), _Error()
    folder = tessdata.encode() if tessdata else None
    reader = _opened("readers", tessdata, lib.dau_reader_open, folder)
    found = lib.dau_extract(reader, os.fsencode(source), ctypes.byref(error))
    if not found:
        _raise(error)
    try:
        at = lib.dau_pairings_next(found)
        while at:
            yield _pairing(at.contents)
            at = lib.dau_pairings_next(found)
    finally:
        lib.dau_pairings_free(found)
    if error.code == _SOME_FAILED:
        _raise(error)


def documents(database: Union[str, "os.PathLike[str]"]) -> Iterator[Dict[str, Any]]:
    """What the documents of a database say of themselves: the columns of its view document_list. It is opened to read."""
    from pathlib import Path

    try:
        db = sqlite3.connect(f"{Path(database).absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as e:
        raise Error(5, f"cannot open '{os.fspath(database)}': {e}") from None
    try:
        db.row_factory = sqlite3.Row
        for row in db.execute("SELECT * FROM document_list"):
            yield {name: row[name] for name in row.keys() if name != "document"}
    except sqlite3.Error as e:
        raise Error(2, f"'{os.fspath(database)}' is no database of dau: {e}") from None
    finally:
        db.close()
