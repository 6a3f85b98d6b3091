"""The engine that asks a language model, against a small server on this computer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tolmach.errors import TolmachError
from tolmach.translate import engine
from tolmach.translate.engine import Sentence, Settings

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


@contextmanager
def server(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server whose answers are given; its address, and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, **body})
            status, payload = answer(body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_words: object) -> None:
            """Nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/v1", asked
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def says(text: object) -> tuple[int, bytes]:
    return 200, json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def last_line(body: dict[str, Any]) -> str:
    return str(body["messages"][-1]["content"]).splitlines()[-1].removeprefix("Translate: ")


def translate(url: str, *sentences: Sentence, **settings: Any) -> list[str]:
    chat = engine.create("chat", Settings(url=url, **settings))
    return list(chat.translate(sentences, "de", "ru"))


def test_translations_come_in_order_though_many_are_asked_at_once() -> None:
    with server(lambda body: says(f"ru: {last_line(body)}")) as (url, asked):
        found = translate(url, *(Sentence(f"Satz {number}.") for number in range(30)), threads=4)
    assert found == [f"ru: Satz {number}." for number in range(30)]
    assert {one["path"] for one in asked} == {"/v1/chat/completions"}


def test_terms_and_neighbours_are_in_the_prompt() -> None:
    sentence = Sentence("Tokajew sprach.", (("Tokajew", "Токаев"), ("ODKB", "ОДКБ")), "Es war kalt.", "Er ging.")
    with server(lambda body: says("Токаев выступил.")) as (url, asked):
        assert translate(url, sentence, models=("llama",)) == ["Токаев выступил."]
    system, user = (message["content"] for message in asked[0]["messages"])
    assert "from German into Russian" in system
    assert "Tokajew = Токаев\nODKB = ОДКБ" in system
    assert "Es war kalt." in user
    assert "Er ging." in user
    assert user.endswith("Translate: Tokajew sprach.")
    assert asked[0]["model"] == "llama"
    assert asked[0]["temperature"] == 0


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("<think>Hm, «Токаев»?</think>\n\nТокаев выступил.", "Токаев выступил."),
        ("<think>endless", ""),
        ("«Токаев выступил.»", "Токаев выступил."),
        ("Токаев\nвыступил.", "Токаев выступил."),
        ("", ""),
        (None, ""),
        ('"', '"'),
    ],
)
def test_only_the_translation_is_kept(answer: object, found: str) -> None:
    with server(lambda body: says(answer)) as (url, _asked):
        assert translate(url, Sentence("Tokajew sprach.")) == [found]


def test_quotation_marks_of_the_sentence_stay() -> None:
    with server(lambda body: says("«Нет», — сказал он. «Да»")) as (url, _asked):
        assert translate(url, Sentence("„Nein“, sagte er. „Ja“")) == ["«Нет», — сказал он. «Да»"]


def test_an_empty_sentence_is_not_asked() -> None:
    with server(lambda body: says("?")) as (url, asked):
        assert translate(url, Sentence(" ")) == [""]
    assert asked == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((500, b"model\nnot loaded"), "HTTP 500: model not loaded"),
        ((404, b""), "HTTP 404"),
        ((302, b""), "HTTP 302"),
        ((200, b"<html>"), "not JSON"),
        ((200, b"[" * 100_000), "not JSON"),
    ],
)
def test_a_server_that_fails_is_a_user_error(answer: tuple[int, bytes], message: str) -> None:
    with server(lambda body: answer) as (url, _asked), pytest.raises(TolmachError, match=message) as raised:
        translate(url, Sentence("Tokajew sprach."))
    assert "--url" in str(raised.value.hint)


@pytest.mark.parametrize("answer", [b"{}", b'{"choices": []}', b"[1]", b'{"choices": [{"message": {"content": 1}}]}'])
def test_an_answer_without_text_is_an_empty_draft(answer: bytes) -> None:
    with server(lambda body: (200, answer)) as (url, _asked):
        assert translate(url, Sentence("Tokajew sprach.")) == [""]


def test_no_server_is_a_user_error() -> None:
    with pytest.raises(TolmachError, match="does not translate"):
        translate("http://127.0.0.1:9/v1", Sentence("Tokajew sprach."))


@pytest.mark.parametrize(
    "url", ["http://example.com/v1", "https://192.168.1.7", "http://localhost.example.com", "http://[2001:db8::1]/"]
)
def test_texts_leave_the_computer_only_when_that_is_allowed(url: str) -> None:
    with pytest.raises(TolmachError, match="not this computer") as raised:
        engine.create("chat", Settings(url=url))
    assert "--allow-remote" in str(raised.value.hint)
    assert engine.create("chat", Settings(url=url, remote=True)).name == "chat"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "127.0.0.1:8080", "http://", "ftp://localhost"])
def test_what_is_no_address_is_a_user_error(url: str) -> None:
    with pytest.raises(TolmachError, match="not an address"):
        engine.create("chat", Settings(url=url))


@pytest.mark.parametrize("url", ["", "http://localhost:1/v1", "http://127.0.0.5", "http://[::1]:8080/v1"])
def test_this_computer_is_allowed(url: str) -> None:
    assert engine.create("chat", Settings(url=url)).pivot("de", "ru") is None
