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

// --- status messages: one permanent polite region, the last one wins; swaps speak at most every ten seconds
let said = 0;
let waiting = null;

function say(text, calm = 1000) {
  clearTimeout(waiting);
  const pause = Math.max(0, said + calm - Date.now());
  waiting = setTimeout(() => {
    said = Date.now();
    if (region.textContent !== text) region.textContent = text;
  }, pause);
}

document.addEventListener("announce", (event) => say(event.detail.value));

function sayWhatChanged(root) {
  const found = root.matches?.("[data-announce]") ? root : root.querySelector?.("[data-announce]");
  if (found) say(found.dataset.announce || found.textContent.trim(), 10000);
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

// What is in the form's own fields now: a save that comes back late must not call newer words saved.
function words(form) {
  return [...form.querySelectorAll("textarea, select, input:not([type=hidden])")].map((field) => field.value).join("\0");
}

const sent = new WeakMap();
let after = null; // a form that waits until everything typed is saved

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) sent.set(form, words(form));
  saveStatus(event.detail.elt, "saving", "Saving…");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, xhr } = event.detail;
  if (successful) {
    const form = elt.closest?.("form");
    if (form && sent.get(form) === words(form)) form.removeAttribute("data-dirty");
    if (after && !document.querySelector("form[data-autosave][data-dirty]")) after.submit();
    if (saveStatus(elt, "saved", `Saved at ${xhr.getResponseHeader("X-Saved-At") || clock()}`)) say("Saved");
  } else if (xhr?.status === 409) {
    after = null;
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

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!event.defaultPrevented) form.removeAttribute("data-dirty"); // sent by the browser itself, not by htmx
  document.getElementById(form.dataset.settles)?.removeAttribute("data-dirty");
  const unsaved = form.matches("[data-after-saving]") && document.querySelectorAll("form[data-autosave][data-dirty]");
  if (!unsaved?.length || !window.htmx) return;
  event.preventDefault();
  after = form;
  for (const one of unsaved) window.htmx.trigger(one, "submit");
});

window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]")) event.preventDefault();
});

// --- clocks: <span data-since="ISO"> counts up quietly: minutes, then hours, then days -------------------------------
const sizesOfTime = [["day", 1440], ["hour", 60], ["minute", 1]];

function inWords(minutes) {
  const parts = [];
  for (const [unit, size] of sizesOfTime) {
    const count = Math.floor(minutes / size);
    minutes -= count * size;
    if (count) parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
  }
  return parts.slice(0, 2).join(", ") || "0 minutes";
}

function tick() {
  for (const element of document.querySelectorAll("[data-since]")) {
    element.textContent = inWords(Math.max(0, Math.floor((Date.now() - Date.parse(element.dataset.since)) / 60000)));
  }
}

// --- scroll regions need a tab stop only while they scroll ------------------------------------------------------------
const sizes = new ResizeObserver((entries) => {
  for (const box of new Set(entries.map((entry) => entry.target.closest(".app-scroll")))) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
});

function watchScrollRegions(root) {
  for (const part of root.querySelectorAll?.(".app-scroll, .app-scroll > table") ?? []) sizes.observe(part);
}

// --- session: a word three minutes before it ends; polls do not count as being there ---------------------------------
const idle = document.querySelector("[data-idle-minutes]");
let active = Date.now();

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.closest("[data-poll]")) event.detail.headers["X-Poll"] = "1";
  else active = Date.now();
});

function watchSession() {
  if (!idle) return;
  const left = Math.ceil(idle.dataset.idleMinutes - (Date.now() - active) / 60000);
  const was = idle.hidden;
  idle.hidden = left > 3;
  if (idle.hidden) return;
  const words =
    left > 0
      ? `You will be signed out in ${left === 1 ? "1 minute" : `${left} minutes`} because nothing was saved or opened for a while.`
      : "You have been signed out. What you typed is still on this page: copy it before you sign in again.";
  idle.querySelector("[data-idle-text]").textContent = words;
  idle.querySelector("[data-idle-stay]").hidden = left <= 0;
  if (was || left <= 0) say(words);
}

idle?.querySelector("[data-idle-stay]").addEventListener("click", async (event) => {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  const answer = await fetch(event.target.dataset.idleStay, { method: "POST", headers, redirect: "manual" });
  active = answer.ok ? Date.now() : 0;
  watchSession();
  say(answer.ok ? "You stay signed in" : "You have been signed out");
});

// --- long lists: a box that narrows a plain select --------------------------------------------------------------------
function narrow(select) {
  const all = [...select.options];
  if (select.dataset.narrowed || all.length < 16) return;
  select.dataset.narrowed = "yes";
  const box = Object.assign(document.createElement("input"), { type: "text", className: "govuk-input app-narrow", autocomplete: "off" });
  box.id = `${select.id}-narrow`;
  const label = Object.assign(document.createElement("label"), { className: "govuk-hint", htmlFor: box.id, textContent: "Type a part of the name to shorten the list" });
  select.before(label, box);
  box.addEventListener("input", () => {
    const words = box.value.trim().toLowerCase().split(/\s+/);
    const kept = all.filter((option) => option.selected || !option.value || words.every((word) => option.text.toLowerCase().includes(word)));
    select.replaceChildren(...kept);
    const found = kept.filter((option) => option.value).length;
    say(found === 1 ? "1 name in the list" : `${found} names in the list`);
  });
}

// --- phones: rows of a table become blocks (frontend/_tables.scss); tables with double headings scroll --------------------
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tfoot: "rowgroup", tr: "row", td: "cell" };

function stackable(table) {
  const names = [...table.querySelectorAll("thead tr:last-child > *")].map((cell) =>
    cell.querySelector(".govuk-visually-hidden") || cell.textContent.trim() === "Change" ? "" : cell.textContent.trim()
  );
  if (!names.length || table.querySelector("[rowspan], thead [colspan]") || table.matches(".app-table--stacks")) return;
  for (const row of table.querySelectorAll("tbody tr, tfoot tr")) {
    let number = 0;
    for (const cell of row.cells) {
      if (number > 0 && names[number] && cell.tagName === "TD") cell.dataset.label = names[number];
      if (!cell.textContent.trim() && !cell.querySelector("img, svg, input")) cell.dataset.blank = "";
      number += cell.colSpan;
    }
  }
  for (const [name, role] of Object.entries(ROLES)) {
    for (const element of [table, ...table.querySelectorAll(name)]) if (element.matches(name)) element.setAttribute("role", role);
  }
  for (const head of table.querySelectorAll("th")) head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
  table.classList.add("app-table--stacks");
}

function start(root = document) {
  for (const table of root.querySelectorAll?.(".app-table") ?? []) stackable(table);
  for (const select of root.querySelectorAll?.("select[data-narrow]") ?? []) narrow(select);
  tick();
  watchSession();
  watchScrollRegions(root);
}

start();
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
setInterval(tick, 10000);
setInterval(watchSession, 10000);
