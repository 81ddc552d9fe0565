"""What somebody does at a page of the website in Chromium: wait, press, click, sign in, keep a file."""

import time

EMAIL, PASSWORD = "a@example.org", "correct horse battery"
KEYS = {"ArrowDown": 40, "ArrowUp": 38, "Enter": 13, "Escape": 27, "Tab": 9, "Backspace": 8}


def until(page, code, seconds=120):
    """Wait until an expression is true."""
    deadline = time.monotonic() + seconds
    while not page.run(f"Boolean({code})"):
        assert time.monotonic() < deadline, (code, page.run("document.body.innerText")[-2000:], page.faults())
        time.sleep(0.2)


def mouse(page, kind, x, y):
    """One event of it."""
    page.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)


def click(page, x, y):
    """At a place of the window."""
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        mouse(page, kind, x, y)


def press(page, key):
    """A key, where the focus is."""
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=KEYS[key])


def go(page, code):
    """Something that leads to another page, and wait for that."""
    page.forget()
    page.run(code)
    page.saw("Page.loadEventFired")


def push(page, selector):
    """Click at the only element of a selector, which leads to another page."""
    go(page, f"document.querySelectorAll({selector!r}).length === 1 && document.querySelector({selector!r}).click()")


def fill(page, **fields):
    """Type into fields of the page's form, over what stands there."""
    for name, text in fields.items():
        page.run(f"document.querySelector('main form [name={name}]').select()")
        page.call("Input.insertText", text=text)


def sign_in(page, email=EMAIL, password=PASSWORD):
    """By the form that is there."""
    fill(page, email=email, password=password)
    push(page, "main form[action='/account/sign-in'] button")


def told(page, selector):
    """The text of an element; empty where there is none."""
    return page.run(f"document.querySelector({selector!r})?.textContent.trim() ?? ''")


def keep(page, folder, selector):
    """Click at a link to a file; where the browser has put it."""
    page.forget()
    page.run(f"document.querySelector({selector!r}).click()")
    begun = page.saw("Browser.downloadWillBegin")
    page.saw("Browser.downloadProgress", state="completed", guid=begun["guid"])
    path, deadline = folder / begun["suggestedFilename"], time.monotonic() + 10
    # Its name comes a moment after the word of it.
    while not path.exists():
        assert time.monotonic() < deadline, list(folder.iterdir())
        time.sleep(0.05)
    return path
