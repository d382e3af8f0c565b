// What a person sends and what does not get through: nothing typed is lost, one notice says so, and one button sends it again.
// Where the focus goes after an answer is decided here, too.
"use strict";

(() => {
  const longest = 60_000;
  document.addEventListener("DOMContentLoaded", () => { htmx.config.timeout = longest; });

  // Pages also ask by themselves, every few seconds, and for a preview: of that, no failure is told.
  const resent = new WeakSet();
  const isPersons = ({ elt, requestConfig }) =>
    (requestConfig?.triggeringEvent?.isTrusted === true || resent.has(elt)) && !elt.closest("[data-quiet]");
  const buttonOf = ({ elt, requestConfig }) =>
    requestConfig.triggeringEvent?.submitter ?? (elt.matches("button") ? elt : null);

  const busy = "btn-loading";
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (!isPersons(detail)) return;
    buttonOf(detail)?.classList.add(busy);
    document.getElementById("notice").replaceChildren(); // What it tells is of the time before.
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    // The next page is on its way: until then it goes on.
    if (isPersons(detail) && !detail.xhr.getResponseHeader("HX-Redirect")) buttonOf(detail)?.classList.remove(busy);
  });
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll(`.${busy}:not([data-shown])`)) button.classList.remove(busy);
  });

  const focus = element => {
    if (!element) return;
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus();
  };

  // A session that ended took the proof with it that a form carries: the page of now has another one.
  const renew = async () => {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const proof = JSON.parse(page.querySelector("meta[name=htmx-config]")?.content ?? "{}").antiForgery;
    if (!proof) return;
    htmx.config.antiForgery = proof;
    for (const field of document.getElementsByName(proof.formFieldName)) field.value = proof.requestToken;
  };

  // Also where the part of the page that it stood on was drawn anew meanwhile.
  const now = elt => elt.isConnected ? elt
    : document.getElementById(elt.id) ?? [...document.forms].find(form => elt.action && form.action === elt.action);

  const send = ({ elt, button, type }) => {
    if (elt.matches("form")) {
      elt.requestSubmit(button?.isConnected && elt.contains(button) ? button : null);
      return;
    }
    resent.add(elt);
    htmx.trigger(elt, type);
  };

  // The form and the button of what did not get through; only a template of the page is put in, never text from elsewhere.
  const offer = (notice, detail, why) => {
    const told = document.getElementById("not-sent").content.firstElementChild.cloneNode(true);
    const sent = { elt: detail.elt, button: buttonOf(detail), type: detail.requestConfig.triggeringEvent.type };
    const hasEntries = detail.requestConfig.verb !== "get";
    for (const part of told.querySelectorAll("[data-if]")) part.hidden = !(part.dataset.if === why || (part.dataset.if === "entries" && hasEntries));
    const again = told.querySelector("button");
    again.addEventListener("click", async () => {
      again.classList.add(busy);
      try {
        if (why === "signed-out") await renew();
        const elt = now(sent.elt);
        if (!elt) {
          location.reload(); // Nothing of it is there any more: the page as it is now says what can be done.
          return;
        }
        notice.replaceChildren();
        send({ ...sent, elt });
      } catch {
        // Still nobody there: the notice stays as it is.
        again.classList.remove(busy);
      }
    });
    const signIn = told.querySelector("a");
    signIn.href = `/sign-in?returnTo=${encodeURIComponent(location.pathname + location.search)}`;
    notice.append(told);
    return told;
  };

  const tell = (detail, why) => {
    if (!isPersons(detail)) return;
    const notice = document.getElementById("notice");
    notice.replaceChildren();
    focus(offer(notice, detail, why));
  };
  document.addEventListener("htmx:sendError", ({ detail }) => tell(detail, "silence"));
  document.addEventListener("htmx:timeout", ({ detail }) => tell(detail, "slow"));
  document.addEventListener("htmx:responseError", ({ detail }) => tell(detail, detail.xhr.status === 401 ? "signed-out" : "silence"));

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!detail.requestConfig || !isPersons(detail) || detail.isTold) return;
    detail.isTold = true; // It comes once for each part of the answer.
    const { status } = detail.xhr;
    const place = document.getElementById(detail.target.id) ?? document.getElementById("main");
    if (place.id === "notice") {
      if (status >= 500 || status === 429) offer(place, detail, "");
      focus(place.firstElementChild);
    } else if (status === 422) focus(place.querySelector("#form-errors, [aria-invalid=true]") ?? place.querySelector("h1, h2"));
    // The button that was pressed is gone: the page says what came of it.
    else if (document.activeElement === document.body) focus(place.querySelector(".alert, h2") ?? document.querySelector("h1"));
  });

  // A line of the summary leads to its field, not only to the field's message.
  document.addEventListener("click", event => {
    const link = event.target.closest('#form-errors a[href^="#"]');
    const field = link && document.querySelector(`[aria-describedby~="${CSS.escape(link.hash.slice(1))}"]`);
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
})();
