// Loaded before the page is drawn, so that its theme does not flash.
"use strict";

(() => {
  const key = "countingkit-theme";
  const stored = localStorage.getItem(key);
  const preferred = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const root = document.documentElement;
  root.dataset.bsTheme = stored ?? preferred;

  document.addEventListener("click", event => {
    if (event.target.closest("[data-theme-toggle]")) {
      root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      localStorage.setItem(key, root.dataset.bsTheme);
    }
    for (const menu of document.querySelectorAll("details.member-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.member-menu[open]")) menu.open = false;
  });

  // How many columns are chosen is told as they are.
  document.addEventListener("change", event => {
    const columns = event.target.closest("#columns");
    if (columns) columns.querySelector("#chosen-columns span").textContent = columns.querySelectorAll(":checked").length;
  });

  document.addEventListener("click", async event => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.lastChild.textContent = "Copied";
  });

  // Instants are sent in UTC; here they are shown in the reader's own zone.
  const parts = { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  const format = new Intl.DateTimeFormat("en-US", parts);
  const toTheSecond = new Intl.DateTimeFormat("en-US", { ...parts, second: "2-digit" });
  // In a row of a list there is room for less: the whole is in the title, and the year is told where it is another one.
  const inRows = { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" };
  const [thisYear, otherYears] = [inRows, { ...inRows, year: "numeric" }].map(shown => new Intl.DateTimeFormat("en-US", shown));
  const showTimes = within => {
    const now = new Date().getFullYear();
    for (const time of within.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.valueOf()) || !time.dateTime.includes("T")) continue;
      const whole = ("seconds" in time.dataset ? toTheSecond : format).format(at);
      const isInRow = time.closest(".list-table") !== null;
      time.title = isInRow ? `${whole} (${time.dateTime})` : time.dateTime;
      time.textContent = isInRow ? (at.getFullYear() === now ? thisYear : otherYears).format(at) : whole;
    }
  };

  // The days of a filter are those of the reader's own zone, unless its address says whose.
  const ownZone = format.resolvedOptions().timeZone;
  const nameZone = within => {
    for (const field of within.querySelectorAll("select[data-zone=True]")) {
      if (!field.value) field.value = ownZone;
    }
    for (const field of within.querySelectorAll("input[data-zone]")) {
      if (!field.value) field.value = ownZone;
      if (field.value !== ownZone) continue;
      for (const name of field.form.querySelectorAll("[data-zone-name]")) name.textContent = "your time";
    }
  };

  const show = within => {
    showTimes(within);
    nameZone(within);
  };
  document.addEventListener("DOMContentLoaded", () => show(document));
  document.addEventListener("htmx:load", event => show(event.detail.elt.parentElement ?? document));

  // htmx carries the same proof as a form does.
  document.addEventListener("htmx:configRequest", event => {
    const { antiForgery } = htmx.config;
    if (antiForgery && event.detail.verb !== "get") {
      event.detail.headers[antiForgery.headerName] = antiForgery.requestToken;
    }
  });

  // A form that comes back with its errors, and a "no" that names its own place, are shown like any other answer. That nobody is
  // signed in, or that something else answered in the portal's place, is told by sending.js.
  document.addEventListener("htmx:beforeSwap", event => {
    const { xhr } = event.detail;
    if (xhr.status === 401) return;
    if (xhr.getResponseHeader("CountingKit-Reference") === null) {
      event.detail.shouldSwap = false;
      event.detail.isError = true;
      return;
    }
    if (xhr.status === 422 || xhr.status === 429 || xhr.getResponseHeader("HX-Retarget")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  // What a reader has opened stays open when its part of the page comes anew.
  const opened = new WeakMap();
  document.addEventListener("htmx:beforeSwap", event => {
    const { target, xhr } = event.detail;
    opened.set(xhr, [...target.querySelectorAll("details[id][open]")].map(details => details.id));
  });
  document.addEventListener("htmx:afterSwap", event => {
    for (const id of opened.get(event.detail.xhr) ?? []) document.getElementById(id)?.setAttribute("open", "");
    if (event.detail.target.id === "notice") event.detail.target.scrollIntoView({ block: "nearest" });
  });
})();
