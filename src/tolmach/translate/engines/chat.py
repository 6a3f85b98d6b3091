"""A language model behind a server with an OpenAI-compatible API: llama.cpp, Ollama, LM Studio.

The server gets one sentence at a time, with the house's renderings of its terms and the neighbouring sentences. Texts
stay on this computer unless another one is expressly allowed.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.files import load_table
from tolmach.messages import _
from tolmach.translate.engine import Decoder, EnginePlugin, Sentence, Settings

_URL = "http://127.0.0.1:8080/v1"
_TIMEOUT = 600.0  # seconds: a large model on a small computer
_LARGEST_ANSWER = 1 << 20
_AT_ONCE = 2
# what some models think aloud before they answer
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_QUOTES = (("\u201e", "\u201c"), ("\u201c", "\u201d"), ("\u00ab", "\u00bb"), ('"', '"'))


class ChatEngine:
    """Translates with a language model; every pair of languages directly."""

    name = "chat"
    drafts = True

    def __init__(self, settings: Settings) -> None:
        self._url = _checked(settings.url or _URL, settings.remote).rstrip("/")
        self._model = settings.models[0] if settings.models else ""
        self._at_once = settings.threads or _AT_ONCE
        # an address on this computer is not reached through a proxy
        proxies = urllib.request.ProxyHandler(None if settings.remote else {})
        self._opener = urllib.request.build_opener(proxies, _NoRedirect)

    def pivot(self, source: str, target: str) -> str | None:
        """None: a language model knows all languages."""

    def signature(self, source: str, target: str) -> str:
        """The engine and the model the server was asked for."""
        return f"{self.name} {self._model or 'default'}"

    def decoder(self, source: str, target: str) -> Decoder | None:
        """None: the API tells no probabilities of given texts."""

    def translate(self, sentences: Iterable[Sentence], source: str, target: str) -> Iterator[str]:
        """One translation for each sentence, in order; raises TolmachError when the server does not answer."""
        running: deque[Future[str]] = deque()
        with ThreadPoolExecutor(self._at_once) as pool:
            try:
                for sentence in sentences:
                    if len(running) > self._at_once:
                        yield running.popleft().result()
                    running.append(pool.submit(self._one, sentence, source, target))
                while running:
                    yield running.popleft().result()
            finally:
                for waiting in running:
                    waiting.cancel()

    def _one(self, sentence: Sentence, source: str, target: str) -> str:
        if not sentence.text.strip():
            return ""
        asked = {"messages": _messages(sentence, source, target), "temperature": 0, "stream": False}
        if self._model:
            asked["model"] = self._model
        return _cleaned(self._answer(json.dumps(asked).encode()), sentence.text)

    def _answer(self, body: bytes) -> str:
        request = urllib.request.Request(
            f"{self._url}/chat/completions", body, {"Content-Type": "application/json"}, method="POST"
        )
        try:
            with self._opener.open(request, timeout=_TIMEOUT) as response:
                answer = json.loads(response.read(_LARGEST_ANSWER))
        except urllib.error.HTTPError as error:
            raise self._failed(f"HTTP {error.code}: {_reason(error)}") from None
        except (OSError, http.client.HTTPException) as error:
            raise self._failed(str(getattr(error, "reason", error))) from None
        except (ValueError, RecursionError):
            raise self._failed(_("the answer is not JSON")) from None
        return _content(answer)

    def _failed(self, reason: str) -> TolmachError:
        return TolmachError(
            _("the server {url} does not translate: {reason}").format(url=self._url, reason=reason),
            hint=_("start it, and name it and its model: --url {url} --model NAME").format(url=_URL),
        )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A server that sends texts elsewhere is not followed."""

    def redirect_request(self, *_asked: object) -> None:
        """Not followed."""


def _checked(url: str, remote: bool) -> str:
    """The address, if texts may go there."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise TolmachError(_("not an address of a server: {url}").format(url=url), hint=f"--url {_URL}")
    if not remote and not _is_here(parts.hostname):
        raise TolmachError(
            _("{host} is not this computer: texts would leave it").format(host=parts.hostname),
            hint=_("allow it with --allow-remote"),
        )
    return url


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _messages(sentence: Sentence, source: str, target: str) -> list[dict[str, str]]:
    prompts, names = _prompts()["prompts"], _prompts()["languages"]
    system = prompts["system"].format(
        source=names.get(primary(source), source), target=names.get(primary(target), target)
    )
    if sentence.terms:
        terms = (prompts["term"].format(source=term, target=wanted) for term, wanted in sentence.terms)
        system += prompts["terms"].format(terms="\n".join(terms))
    lines = [prompts[use].format(text=text) for use, text in (("before", sentence.before),) if text]
    lines += [prompts["after"].format(text=sentence.after)] if sentence.after else []
    lines.append(prompts["sentence"].format(text=sentence.text))
    return [{"role": "system", "content": system.strip()}, {"role": "user", "content": "\n".join(lines)}]


@cache
def _prompts() -> dict[str, Any]:
    return load_table(__package__, "chat.toml")


def _content(answer: object) -> str:
    """The text in what the server answered, nothing where there is none."""
    try:
        text = answer["choices"][0]["message"]["content"]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return ""
    return text if isinstance(text, str) else ""


def _cleaned(answer: str, sentence: str) -> str:
    """The translation alone, in one line."""
    text = " ".join(_THOUGHT.sub("", answer).split())
    for left, right in _QUOTES:
        quoted = text.startswith(left) and text.endswith(right) and len(text) > 1
        if quoted and not sentence.startswith(tuple(mark for pair in _QUOTES for mark in pair)):
            return text[len(left) : -len(right)].strip()
    return text


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        body = error.read(1000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        body = ""
    return " ".join(body.split())[:200] or str(error.reason)


ENGINE = EnginePlugin(ChatEngine)
