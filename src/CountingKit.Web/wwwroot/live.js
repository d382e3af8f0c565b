// One live stream for all tabs of a browser: the tab that holds the lock reads it and tells the others. A hidden tab holds
// nothing, and looks once when it is shown again. Where there is no stream, pages ask by themselves every few seconds.
"use strict";

(() => {
  if (!navigator.locks || !window.BroadcastChannel || !window.EventSource) return;

  const again = 30_000;
  const channel = new BroadcastChannel("countingkit-live");
  let leading = null;
  let notBefore = 0;

  const isShown = () => document.visibilityState === "visible";
  // A run that is over leaves the attribute empty: nothing is to be told of it any more.
  const watched = () => document.querySelectorAll('[data-live]:not([data-live=""])');

  const every = "*";
  const show = ({ run, what }) => {
    if (!isShown()) return;
    for (const element of watched()) {
      if (run !== every && element.dataset.live !== run) continue;
      // What moves all the time is a part of its own: the rest of the page stays, and with it the focus.
      const moving = what === "progress" && element.querySelector("[data-progress]");
      if (moving) htmx.trigger(moving, "progress");
      else htmx.trigger(element, "live");
    }
  };
  const tell = (run, what) => {
    show({ run, what });
    channel.postMessage({ run, what });
  };
  channel.addEventListener("message", event => show(event.data));

  const read = signal => new Promise(done => {
    const source = new EventSource("/runs/live");
    const stop = () => {
      source.close();
      done();
    };
    source.addEventListener("changed", event => tell(event.data, "changed"));
    source.addEventListener("progress", event => tell(event.data, "progress"));
    source.addEventListener("error", () => {
      // A session that is over shows at once: the page's own question leads to the sign-in.
      tell(every, "changed");
      if (source.readyState !== EventSource.CLOSED) return;
      notBefore = Date.now() + again;
      leading?.abort();
    });
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });

  const settle = async () => {
    if (!isShown() || watched().length === 0) {
      leading?.abort();
      return;
    }
    if (leading || Date.now() < notBefore) return;
    const mine = leading = new AbortController();
    try {
      await navigator.locks.request("countingkit-live", { signal: mine.signal }, () => read(mine.signal));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      leading = null;
    }
    settle();
  };

  // Who listens hears of it a few times, not with each record.
  const say = () => {
    const said = document.getElementById("run-said");
    const now = document.querySelector("[data-say]")?.dataset.say ?? "";
    if (said && said.textContent !== now) said.textContent = now;
  };

  document.addEventListener("htmx:load", say);
  document.addEventListener("DOMContentLoaded", settle);
  document.addEventListener("htmx:load", settle);
  document.addEventListener("visibilitychange", () => {
    settle();
    show({ run: every, what: "changed" });
  });
})();
