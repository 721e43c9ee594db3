// Our own small layer over GOV.UK Frontend and htmx. Every page works without it.

const me = document.querySelector("script[data-govuk]");
const region = document.getElementById("status");

import(me.dataset.govuk).then((govuk) => {
  govuk.initAll();
  tidyRadios();
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) govuk.initAll({ scope: event.detail.elt });
    tidyRadios();
  });
});

// GOV.UK Frontend puts aria-expanded on radios that reveal a field; no role of a radio allows it, so we take it off again.
function tidyRadios() {
  for (const radio of document.querySelectorAll("input[type=radio][aria-expanded]")) radio.removeAttribute("aria-expanded");
}

document.addEventListener("click", () => setTimeout(tidyRadios));
window.addEventListener("pageshow", () => setTimeout(tidyRadios));

// --- status messages: one permanent polite region, at most one message in ten seconds, the last one wins -------------
let said = 0;
let waiting = null;

function say(text) {
  clearTimeout(waiting);
  const pause = Math.max(0, said + 10000 - Date.now());
  waiting = setTimeout(() => {
    said = Date.now();
    if (region.textContent !== text) region.textContent = text;
  }, pause);
}

document.addEventListener("announce", (event) => say(event.detail.value));

function sayWhatChanged(root) {
  const found = root.matches?.("[data-announce]") ? root : root.querySelector?.("[data-announce]");
  if (found) say(found.dataset.announce || found.textContent.trim());
}

// --- focus: a swap never drops the keyboard, and never replaces what somebody is typing into --------------------------
let before = null;

function typing(element) {
  return Boolean(element?.matches?.("textarea, input:not([type=submit]):not([type=button]), select, [contenteditable]"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  before = active && active !== document.body ? { id: active.id, start: active.selectionStart } : null;
  const polled = event.detail.requestConfig?.elt?.closest("[data-poll]");
  if (polled && typing(active) && event.detail.target.contains(active)) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  sayWhatChanged(event.detail.elt);
  fitScrollRegions();
  const errors = target.querySelector?.(".govuk-error-summary");
  if (errors) {
    errors.setAttribute("tabindex", "-1");
    errors.focus();
    return;
  }
  if (document.activeElement && document.activeElement !== document.body) return;
  const wanted = target.querySelector?.("[data-focus]") || (before?.id && document.getElementById(before.id));
  if (!wanted) return;
  if (!wanted.matches("a, button, input, select, textarea")) wanted.setAttribute("tabindex", "-1");
  wanted.focus({ preventScroll: true });
  if (typing(wanted) && before?.start != null) {
    try {
      wanted.setSelectionRange(before.start, before.start);
    } catch {
      // number and date inputs have no selection
    }
  }
});

// --- autosave: <form data-autosave> says what happened in its [data-save-status] --------------------------------------
function saveStatus(element, state, text) {
  const form = element.closest?.("form[data-autosave]");
  const status = form?.querySelector("[data-save-status]") || document.querySelector(`[data-save-status="${form?.id}"]`);
  if (!form || !status) return false;
  status.dataset.state = state;
  status.textContent = text;
  return true;
}

function clock() {
  const [hour, minute] = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/London",
  }).format(new Date()).split(":").map(Number);
  return `${hour % 12 || 12}:${String(minute).padStart(2, "0")}${hour < 12 ? "am" : "pm"}`;
}

document.addEventListener("htmx:beforeRequest", (event) => saveStatus(event.detail.elt, "saving", "Saving…"));

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, xhr } = event.detail;
  if (successful) {
    elt.closest?.("form")?.removeAttribute("data-dirty");
    if (saveStatus(elt, "saved", `Saved at ${xhr.getResponseHeader("X-Saved-At") || clock()}`)) say("Saved");
  } else if (xhr?.status === 409) {
    saveStatus(elt, "trouble", "Somebody else changed this. Both versions are shown below.");
  } else if (saveStatus(elt, "trouble", "Not saved. Your words are still on this page; we try again when you go on typing.")) {
    say("Not saved");
  }
});

// --- leaving: warn only where a form asks for it and something is unsaved ---------------------------------------------
const guarded = "form[data-autosave], form[data-warn-unsaved]";

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(guarded);
  if (!form) return;
  form.setAttribute("data-dirty", "");
  saveStatus(event.target, "waiting", "Not saved yet");
});

document.addEventListener("submit", (event) => event.target.removeAttribute("data-dirty"));

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]")) event.preventDefault();
});

// --- clocks: <span data-since="ISO"> counts up in minutes, quietly ----------------------------------------------------
function tick() {
  for (const element of document.querySelectorAll("[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(element.dataset.since)) / 60000));
    element.textContent = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  }
}

// --- scroll regions need a tab stop only when they scroll -------------------------------------------------------------
function fitScrollRegions() {
  for (const box of document.querySelectorAll(".app-scroll")) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
}

tick();
setInterval(tick, 10000);
fitScrollRegions();
window.addEventListener("resize", fitScrollRegions);
