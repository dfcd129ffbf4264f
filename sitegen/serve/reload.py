"""What open pages are told: that the site is new, or what is wrong. One event stream, one small client.

A browser keeps six connections to a host, and a stream takes one as long as it lasts: of all open pages that are seen
one listens, and tells the others. Hidden ones ask when they are looked at again.
"""

import json
import threading
import time
from typing import Final

PREFIX: Final = "/__sitegen/"
CLIENT_URL: Final = f"{PREFIX}reload.js"
EVENTS_URL: Final = f"{PREFIX}events"

CLIENT: Final = """\
// Reloads the page when the site is new; shows what is wrong until it is mended or closed. Served by the preview only.
{ // its names are not the pages'
const { version, index } = document.currentScript.dataset;
const panel = document.createElement('pre');
panel.setAttribute('role', 'alert');
panel.dataset.sitegenProblems = '';
const close = document.createElement('button');
close.textContent = document.documentElement.lang === 'ko' ? '닫기 (Esc)' : 'Close (Esc)';
close.onclick = () => panel.remove();
addEventListener('keydown', (event) => { if (event.key === 'Escape') panel.remove(); });
const sheet = new CSSStyleSheet();
sheet.replaceSync('[data-sitegen-problems]{position:fixed;inset:auto 0 0 0;z-index:99999;max-height:40vh;overflow:auto;'
  + 'margin:0;padding:1rem;white-space:pre-wrap;font:14px/1.5 ui-monospace,monospace;color:#fff;background:#8c1d18;'
  + 'border-top:4px solid #f2b8b5}[data-sitegen-problems] button{position:sticky;inset-block-start:0;float:inline-end;'
  + 'min-height:2.75rem;padding-inline:1rem;font:inherit;color:inherit;background:#601410;border:1px solid #f2b8b5}');
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
const isOld = (state) => state.version !== version
  || (state.index !== index && document.querySelector('[data-search]'));
const show = (state) => {
  if (isOld(state)) { rest(); location.reload(); return; }
  panel.replaceChildren(close, state.problems.join('\\n'));
  if (state.problems.length) document.body.append(panel); else panel.remove();
};
const others = new BroadcastChannel('sitegen');
let last;
let rest = () => {};
others.onmessage = ({ data }) => {
  if (data !== 'ask') show(data);
  else if (last) others.postMessage(last);
};
const listen = () => new Promise((end) => {
  const stream = new EventSource('/__sitegen/events');
  rest = () => { stream.close(); last = undefined; end(); };
  stream.onmessage = (event) => {
    last = JSON.parse(event.data);
    others.postMessage(last);
    show(last);
  };
});
const look = () => {
  rest();
  if (document.hidden) return;
  others.postMessage('ask');
  navigator.locks.request('sitegen', () => (document.hidden ? undefined : listen()));
};
document.addEventListener('visibilitychange', look);
addEventListener('pagehide', () => rest());
addEventListener('pageshow', (event) => { if (event.persisted) look(); });
look();
}
"""


class Broadcast:
    """The state of the preview, and a bell for those who wait for the next one."""

    def __init__(self) -> None:
        self.began = time.time_ns()  # no page of an earlier preview is taken for one of this
        self.builds = 0
        self.indexes = 0  # that followed a build
        self.serial = 0  # of the state
        self.problems: tuple[str, ...] = ()
        self.closed = False
        self.bell = threading.Condition()

    def tell(self, *, problems: tuple[str, ...], is_new: bool) -> None:
        """Announce a build: whether the site is new, and what is wrong."""
        with self.bell:
            self.builds += is_new
            self.serial += 1
            self.problems = problems
            self.bell.notify_all()

    def tell_index(self) -> None:
        """Announce a search index that is as new as the pages."""
        with self.bell:
            self.indexes += 1
            self.serial += 1
            self.bell.notify_all()

    @property
    def version(self) -> str:
        """Return the version of the site that is served."""
        return f"{self.began}.{self.builds}"

    @property
    def index(self) -> str:
        """Return the version of its search index."""
        return f"{self.began}.{self.builds}.{self.indexes}"

    def close(self) -> None:
        """Let every waiting stream end."""
        with self.bell:
            self.closed = True
            self.bell.notify_all()

    def wait(self, seen: int, timeout_s: float) -> tuple[int, str]:
        """Return the next state after `seen` as (serial, JSON), or the present one after `timeout_s`."""
        with self.bell:
            self.bell.wait_for(lambda: self.closed or self.serial != seen, timeout_s)
            state = {"version": self.version, "index": self.index, "problems": self.problems}
            return self.serial, json.dumps(state, ensure_ascii=False)
