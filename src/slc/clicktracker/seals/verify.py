"""Checks sealed reports of slc.clicktracker, without the site that has made them.

    python verify.py --key PUBLIC-KEY FILE...

This is one file. It needs Python 3.10 or newer and the package ``cryptography``, and can be
copied to wherever a seal is to be checked. For time stamps it also needs the package
``rfc3161-client`` and, with ``--authority``, the certificate of the authority.

It is also where the format is defined: the site makes seals with the functions below.
docs/seals.md explains the format and what a seal proves.
"""

from argparse import ArgumentParser
from base64 import b64decode
from base64 import b64encode
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any

import hashlib
import hmac
import json
import re
import sys


FORMAT = "slc.clicktracker.seal/1"
CHAIN_FORMAT = "slc.clicktracker.seals/1"

#: What a public key begins with when it is written as text.
KEY_PREFIX = "ed25519:"

_MEMBERS = frozenset(
    ("format", "head", "signature", "parts", "digests", "people", "timestamp")
)
_HEAD = {
    "format": str,
    "site": dict,
    "number": int,
    "previous": str,
    "made": str,
    "made_by": str,
    "as_of": str,
    "about": dict,
    "key": str,
    "nonce": str,
    "parts": dict,
}
_PERSON = frozenset(("folder", "user", "name", "salt"))
_HEX = re.compile("[0-9a-f]{64}")
_SIGNATURE = re.compile("[0-9a-f]{128}")
_OUTSIDE_TEXT = re.compile(r'("(?:[^"\\]|\\.)*")|[ \t\r\n]+')

PROVES = """\
The seal proves that whoever has this private key has sealed exactly this: whom the site
expected to read the document, what it knew of their reading at the moment that is named,
and what had been declared. It does not prove that anybody read or understood the text, nor
that the site was told the truth: see what each level proves in "Reading the report"."""

NO_TIME = """\
When it was sealed is the word of the site: there is no time stamp of anybody else."""


class Unreadable(Exception):
    """This is no seal, or only part of one. The text says why."""


def canonical(value: Any) -> bytes:
    """Return plain values (texts, whole numbers, truth values, null, lists and objects with
    texts for names) as the one JSON text that stands for them: RFC 8785 for these."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def commitment(salt: str, folder: str, user: str, name: str) -> str:
    """Return what stands for a person: it tells nothing without the salt, which are 64
    hexadecimal digits, and can be of nobody else with it."""
    whole = canonical([folder, user, name])
    return hmac.new(bytes.fromhex(salt), whole, hashlib.sha256).hexdigest()


def digests_of(name: str, part: Mapping | Sequence) -> dict[str, str] | list[str]:
    """Return the digest of each item of a part: of a list by its place, else by its name."""
    if isinstance(part, Mapping):
        return {key: hash_of(canonical([name, key, part[key]])) for key in part}
    return [hash_of(canonical([name, place, item])) for place, item in enumerate(part)]


def signed_bytes(head: Mapping) -> bytes:
    """Return what is signed, and what a time stamp is about: the head of a seal."""
    return FORMAT.encode() + b"\n" + canonical(head)


def seal_hash(head: Mapping) -> str:
    """Return the fingerprint of a seal, by which the next one names it."""
    return hash_of(signed_bytes(head))


def key_text(public: bytes) -> str:
    """Return a public key, which is 32 bytes, as text."""
    return KEY_PREFIX + public.hex()


def key_fingerprint(public: bytes) -> str:
    """Return what a public key is known by in seals."""
    return hash_of(public)


def public_key(text: str) -> bytes:
    """Return the public key in a text: ``ed25519:`` and 64 digits, or PEM. Raises
    ``ValueError``."""
    text = text.strip()
    if "-----BEGIN" in text:
        key = load_pem_public_key(text.encode())
        if not isinstance(key, Ed25519PublicKey):
            raise ValueError("it is no key of Ed25519")
        return key.public_bytes_raw()
    digits = text.removeprefix(KEY_PREFIX)
    if not _HEX.fullmatch(digits):
        raise ValueError(f"it should be {KEY_PREFIX} and 64 hexadecimal digits, or PEM")
    return bytes.fromhex(digits)


@dataclass
class Checked:
    """What came of checking one file; ``asked`` is by when it had to be read, with which
    evidence, "" where nobody had said that. Where there are no ``problems``, it is as it was
    sealed; ``notes`` say what could not be checked, or is worth knowing."""

    name: str
    head: dict[str, Any] = field(default_factory=dict)
    asked: str = ""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def hash(self) -> str:
        return seal_hash(self.head) if self.head else ""


def checked(
    name: str,
    data: bytes,
    keys: Sequence[bytes],
    authorities: Sequence[bytes] = (),
) -> Checked:
    """Check a seal against public keys, and its time stamp against the certificates of
    authorities, as PEM."""
    found = Checked(name)
    try:
        seal = _parsed(data)
    except Unreadable as error:
        found.problems.append(str(error))
        return found
    found.head = seal["head"]
    found.problems.extend(_problems_of_signature(seal, keys))
    found.problems.extend(_problems_of_parts(seal))
    found.problems.extend(_problems_of_people(seal))
    unnamed = len(_committed(seal) - seal["people"].keys())
    if unnamed:
        found.notes.append(
            f"People whose names are not in the file: {unnamed}. The site has forgotten "
            "them, or somebody has taken the names out. What was sealed of them is there."
        )
    _check_time_stamp(seal, authorities, found)
    if not found.problems:
        found.asked = _asked_of(seal["parts"].get("report", {}).get("deadline"))
    return found


def _asked_of(deadline: Mapping | None) -> str:
    if not deadline:
        return ""
    by_when = map(deadline.get, ("day", "time", "zone"))
    moment = " ".join(filter(None, by_when))
    return f"to be read by {moment}, evidence asked for: {deadline.get('level')}"


def problems_of_chain(
    seals: Sequence[Checked], chain: Mapping | None = None
) -> list[str]:
    """Return what is wrong between seals of one site, of which each names the one before,
    and with the site's list of all."""
    problems = []
    by_number: dict[int, list[Checked]] = {}
    for seal in seals:
        by_number.setdefault(seal.head["number"], []).append(seal)
    for number, its in sorted(by_number.items()):
        if len({each.hash for each in its}) > 1:
            names = " and ".join(each.name for each in its)
            problems.append(f"Two different seals have the number {number}: {names}.")
        before = by_number.get(number - 1)
        if before and its[0].head["previous"] != before[0].hash:
            problems.append(
                f"Seal {number} names another seal before it than {before[0].name}."
            )
    if len({canonical(each.head["site"].get("uid")) for each in seals}) > 1:
        problems.append("The seals are of different sites.")
    if chain is not None:
        problems.extend(_problems_with_list(by_number, chain))
    return problems


def _problems_with_list(
    by_number: Mapping[int, list[Checked]], chain: Mapping
) -> Iterator[str]:
    listed, previous = {}, ""
    for place, entry in enumerate(chain["seals"], 1):
        if entry["number"] != place:
            yield f"In the list of seals, number {place} is missing."
            return
        if entry["previous"] != previous:
            yield f"In the list of seals, number {place} names another one before it."
        listed[place] = previous = entry["hash"]
    for number, its in sorted(by_number.items()):
        if number not in listed:
            yield f"Seal {number} is not in the list of seals."
        elif its[0].hash != listed[number]:
            yield f"In the list of seals, number {number} is not {its[0].name}."


def parsed_json(data: bytes) -> Any:
    """Return what a JSON text says. Raises ``Unreadable``: also where names are there
    twice, as programs then don't agree on what it says."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(f"This is no text in UTF-8: byte {error.start}.") from error
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or "Unterminated" in error.msg:
            raise Unreadable(
                f"The file is cut off: it ends after {len(data)} bytes, in the middle."
            ) from error
        raise Unreadable(
            f"This is no JSON: line {error.lineno}, column {error.colno}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"This is no seal: {error}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice.")
    return found


def _refused(text: str) -> None:
    raise ValueError(f"there is a number that no seal has: {text[:20]}")


def _parsed(data: bytes) -> dict[str, Any]:
    seal = parsed_json(data)
    if not isinstance(seal, dict) or seal.get("format") != FORMAT:
        raise Unreadable(f"This is no seal of the format {FORMAT}.")
    if seal.keys() != _MEMBERS:
        names = ", ".join(sorted(seal.keys() ^ _MEMBERS))
        raise Unreadable(f"The file has not the parts of a seal: {names}.")
    kinds = {"signature": str, "timestamp": (dict, type(None))}
    for name in _MEMBERS - {"format"}:
        if not isinstance(seal[name], kinds.get(name, dict)):
            raise Unreadable(f"“{name}” is not what a seal has there.")
    head = seal["head"]
    wrong = [n for n in head.keys() | _HEAD.keys() if not _is_of_head(head, n)]
    if wrong:
        raise Unreadable(f"The head was changed: {', '.join(sorted(wrong))}.")
    try:
        written = _OUTSIDE_TEXT.sub(lambda found: found[1] or "", data.decode())
        if written.encode() != canonical(seal):
            raise Unreadable(
                "Characters were changed in how the file is written: it says the same, "
                "but in another way than a seal does."
            )
    except UnicodeEncodeError as error:
        raise Unreadable("There is half a character in it.") from error
    return seal


def _is_of_head(head: Mapping, name: str) -> bool:
    return name in _HEAD and type(head.get(name)) is _HEAD[name]


def _problems_of_signature(seal: Mapping, keys: Sequence[bytes]) -> Iterator[str]:
    head, signature = seal["head"], seal["signature"]
    by_fingerprint = {key_fingerprint(key): key for key in keys}
    key = by_fingerprint.get(head["key"])
    if not _SIGNATURE.fullmatch(signature):
        yield "The signature was changed: it is no signature."
        return
    for one in [key] if key else keys:
        try:
            Ed25519PublicKey.from_public_bytes(one).verify(
                bytes.fromhex(signature), signed_bytes(head)
            )
        except InvalidSignature:
            continue
        if key:
            return
        yield "The head names another key than the one that has signed it."
        return
    if key:
        yield (
            "The signature does not fit: the head (site, number, times, document, digests) "
            "or the signature was changed."
        )
    else:
        given = ", ".join(f"{each[:16]}…" for each in by_fingerprint)
        yield (
            f"It is sealed with another key, {head['key'][:16]}…, than the one given, "
            f"{given}; or the head was changed."
        )


def _problems_of_parts(seal: Mapping) -> Iterator[str]:
    signed, parts, digests = seal["head"]["parts"], seal["parts"], seal["digests"]
    for name in sorted(signed.keys() | parts.keys() | digests.keys()):
        if not (name in signed and name in parts and name in digests):
            yield f"The part “{name}” was taken out or put in."
            continue
        part, its = parts[name], digests[name]
        if not isinstance(part, dict | list) or type(part) is not type(its):
            yield f"The part “{name}” was changed: it is of another kind."
            continue
        if hash_of(canonical(its)) != signed[name]:
            yield f"The digests of the part “{name}” were changed."
        yield from _problems_of_items(name, part, its, seal["people"])


def _problems_of_items(
    name: str, part: dict | list, sealed: dict | list, people: Mapping
) -> Iterator[str]:
    found = digests_of(name, part)
    if isinstance(part, dict):
        for key in sorted(found.keys() | sealed.keys()):
            if found.get(key) != sealed.get(key):
                yield f"In the part “{name}”, “{key}” was changed."
        return
    if len(part) != len(sealed):
        yield f"The part “{name}” has {len(part)} entries; {len(sealed)} were sealed."
    for place, item in enumerate(part):
        if place >= len(sealed) or found[place] != sealed[place]:
            whose = _whose(item, people)
            yield f"In the part “{name}”, entry {place + 1}{whose} was changed."


def _whose(item: Any, people: Mapping) -> str:
    """Return the person that an entry is about, in brackets, as far as is known."""
    person = people.get(item.get("person", "")) if isinstance(item, dict) else None
    if not isinstance(person, dict):
        return ""
    return f" ({person.get('name') or person.get('user')})"


def _problems_of_people(seal: Mapping) -> Iterator[str]:
    known = _committed(seal)
    for key, person in seal["people"].items():
        is_whole = isinstance(person, dict) and person.keys() == _PERSON
        if not is_whole or not all(type(each) is str for each in person.values()):
            yield f"The entry of a person was changed: {key[:16]}…"
            continue
        shown = person["name"] or person["user"]
        if key not in known:
            yield f"{shown} is not among the people who were sealed."
        elif not _HEX.fullmatch(person["salt"]) or key != commitment(
            person["salt"], person["folder"], person["user"], person["name"]
        ):
            yield f"The name, id or salt of {shown} was changed."


def _committed(seal: Mapping) -> set[str]:
    """Return what stands for people, wherever it is in what was sealed."""
    found = {seal["head"]["made_by"]} - {""}
    waiting: list[Any] = list(seal["parts"].values())
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(
                each for each in value.values() if type(each) in (dict, list)
            )
            for name in ("person", "by", "ended_by"):
                one = value.get(name)
                if isinstance(one, str) and one:
                    found.add(one)
    return found


def _check_time_stamp(
    seal: Mapping, authorities: Sequence[bytes], found: Checked
) -> None:
    stamp = seal["timestamp"]
    if stamp is None:
        found.notes.append(NO_TIME)
        return
    try:
        if stamp.keys() != {"response", "sha256"}:
            raise ValueError
        response = b64decode(stamp["response"], validate=True)
        if b64encode(response).decode() != stamp["response"]:
            raise ValueError
    except (ValueError, TypeError):
        found.problems.append("The time stamp was changed: it can't be read.")
        return
    if hash_of(response) != stamp["sha256"]:
        found.problems.append("The time stamp was changed.")
    elif not authorities:
        found.notes.append(
            "There is a time stamp. It was not checked: give the certificate of the "
            "authority with --authority."
        )
    else:
        _check_against(authorities, response, seal, found)


def _check_against(
    authorities: Sequence[bytes], response: bytes, seal: Mapping, found: Checked
) -> None:
    try:
        stamped = stamped_at(response, signed_bytes(seal["head"]), authorities)
    except ImportError:
        found.notes.append(
            "There is a time stamp. It was not checked: that takes the package "
            "rfc3161-client."
        )
    except ValueError as error:
        found.problems.append(f"The time stamp does not prove anything: {error}")
    else:
        found.notes.append(f"An authority has stamped it: it was there at {stamped}.")


def stamped_at(response: bytes, data: bytes, authorities: Sequence[bytes]) -> str:
    """Return the time in UTC at which an authority has stamped some data, by its response.

    It is for one of the ``authorities``, certificates as PEM. Raises ``ValueError``, and
    ``ImportError`` where the package for that is missing.
    """
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import decode_timestamp_response
    from rfc3161_client import VerificationError
    from rfc3161_client import VerifierBuilder

    decoded = decode_timestamp_response(response)
    builder = VerifierBuilder()
    for pem in authorities:
        for certificate in load_pem_x509_certificates(pem):
            builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(decoded, data)
    except VerificationError as error:
        raise ValueError(str(error)) from error
    return f"{decoded.tst_info.gen_time:%Y-%m-%d %H:%M:%S} UTC"


def _chain_from(path: Path) -> dict[str, Any]:
    chain = parsed_json(path.read_bytes())
    entries = chain.get("seals") if isinstance(chain, dict) else None
    names = {"number", "hash", "previous"}
    is_list = isinstance(entries, list) and all(
        isinstance(each, dict) and names <= each.keys() for each in entries
    )
    if not is_list or chain.get("format") != CHAIN_FORMAT:
        raise Unreadable(f"{path} is no list of seals.")
    return chain


def _key_from(text: str) -> bytes:
    path = Path(text)
    try:
        is_file = len(text) < 1000 and path.is_file()
        return public_key(path.read_text() if is_file else text)
    except (OSError, ValueError) as error:
        raise Unreadable(f"The key {text!r} can't be used: {error}") from error


def _said(found: Checked) -> Iterator[str]:
    """Return what there is to say of a file, by lines."""
    if found.problems:
        yield f"{found.name}: NOT AS IT WAS SEALED"
    else:
        head = found.head
        yield f"{found.name}: as it was sealed"
        yield f"  seal {head['number']} of {head['site'].get('title', '')}"
        yield f"  about {head['about'].get('title', '')}, as of {head['as_of']}"
        if found.asked:
            yield f"  {found.asked}"
        yield f"  made {head['made']}, fingerprint {found.hash}"
        if head["number"] > 1:
            yield f"  the seal before it: {head['previous']}"
    yield from (f"  {each}" for each in (*found.problems, *found.notes))


def add_arguments(parser: ArgumentParser) -> None:
    """Let a command line say what is to be checked."""
    parser.add_argument(
        "--key",
        action="append",
        required=True,
        help="the public key, or a file with it; several where it was replaced",
    )
    parser.add_argument(
        "--authority",
        action="append",
        default=[],
        type=Path,
        help="a file with the certificate of a time stamp authority, as PEM",
    )
    parser.add_argument(
        "--chain", type=Path, help="the list of all seals, as the site hands it out"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")


def verified(options: Any) -> int:
    """Check what a command line asks for, and print it. Return 0 where all is as it was
    sealed, 1 where something isn't, 2 where something can't be looked at."""
    try:
        keys = [_key_from(text) for text in options.key]
        authorities = [path.read_bytes() for path in options.authority]
        chain = _chain_from(options.chain) if options.chain else None
        seals = [
            checked(str(path), path.read_bytes(), keys, authorities)
            for path in options.files
        ]
    except (OSError, Unreadable) as error:
        print(error)
        return 2
    for each in seals:
        print("\n".join(map(_shown, _said(each))))
    whole = [each for each in seals if not each.problems]
    problems = problems_of_chain(whole, chain)
    for problem in problems:
        print(_shown(problem))
    if problems or len(whole) < len(seals):
        return 1
    print(f"\n{PROVES}")
    return 0


def _shown(text: str) -> str:
    """Return text without what could steer a terminal: a file that was changed may have
    anything in it."""
    return "".join(
        each if each.isprintable() else f"\\u{ord(each):04x}" for each in text
    )


def main() -> None:
    """Check what the command line names."""
    parser = ArgumentParser(
        prog="verify.py", description="Checks sealed reports of slc.clicktracker."
    )
    add_arguments(parser)
    sys.exit(verified(parser.parse_args()))


if __name__ == "__main__":
    main()
