// The page that works without a network: unlock, list, take along, open, send, choose, lock, clear.
import * as store from "./store.js";
import * as lock from "./lock.js";
import { NoNetwork, Refused, SessionOver, send, take } from "./sending.js";
import { chosen, draw } from "./choosing.js";
import { showErrors } from "./form.js";
import { Visiting } from "./visiting.js";
import { filled, node, words } from "./words.js";

const at = (name) => document.querySelector(`[data-at="${name}"]`);
const base = document.body.dataset.base;
const IDLE = 10 * 60 * 1000;
let key = null;
let visiting = null;
let conflict = null;
let release = null;
let busy = false;
let idle = 0;

function say(text, kind = "note", link = null) {
  const place = at("say");
  place.className = text ? `alert alert-${{ note: "info", ok: "success", bad: "danger" }[kind]}` : "";
  place.replaceChildren(...(text ? [text] : []), ...(link ? [" ", node("a", { className: "alert-link", href: link[1], textContent: link[0] })] : []));
}

function show(name) {
  for (const part of ["lock", "homes", "visit", "choosing"]) at(part).hidden = part !== name;
  at("locks").hidden = !key;
  window.scrollTo(0, 0);
}

function network() {
  at("network").textContent = navigator.onLine ? words.online : words.offline;
  at("network").className = `mark ${navigator.onLine ? "mark-ok" : "mark-warn"}`;
}

const bound = (row) => `visit:${row.id}:${row.expires}`;
const asked = () => new URLSearchParams(location.hash.slice(1)).get("take");

async function atLock() {
  const gone = await store.forgetExpired();
  if (gone) say(filled(words.expired, { n: gone }), "bad");
  const [known, rows] = [await lock.isSet(), await store.all("visits")];
  at("pin-label").textContent = known ? words.enter_pin : words.set_pin;
  at("again").hidden = known;
  at("again").querySelector("input").required = !known;
  at("held").textContent = rows.length ? filled(words.held, { n: rows.length }) : words.none;
  at("lock").hidden = !known && !asked();
  show(known || asked() ? "lock" : "homes");
  if (!known && !asked()) at("homes-list").replaceChildren();
  if (!at("lock").hidden) at("lock").querySelector("input").focus();
}

at("lock").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  const [pin, again] = [...event.target.querySelectorAll("input")].map((field) => field.value);
  try {
    if (await lock.isSet()) key = await lock.open(pin);
    else if (lock.weak(pin)) return say(words.pin_weak, "bad");
    else if (pin !== again) return say(words.pin_again, "bad");
    else key = await lock.set(pin);
    say("");
    await takeAsked();
    await list();
  } catch (wrong) {
    if (!(wrong instanceof lock.WrongPin)) throw wrong;
    if (wrong.left <= 0) { await atLock(); say(words.wiped, "bad"); }
    else say(filled(words.pin_wrong, { n: wrong.left }), "bad");
  } finally {
    busy = false;
    event.target.reset();
  }
});

async function takeAsked() {
  const id = asked();
  if (!id) return;
  history.replaceState(null, "", location.pathname);
  if (await store.get("visits", id)) return;  // on the device already: the draft is not touched
  say(words.taking);
  try {
    const visit = await take(base, id);
    const row = { id: visit.case, expires: Date.now() + visit.seconds * 1000 };
    row.sealed = await lock.seal(key, bound(row), visit);
    await store.put("visits", row);
    say(words.taken, "ok");
    navigator.storage?.persist?.();
  } catch (wrong) { trouble(wrong, words.take_needs_network); }
}

function trouble(wrong, offline = words.offline) {
  if (wrong instanceof SessionOver) say(words.session_over, "bad", [words.log_in, `${document.body.dataset.login}?next=${location.pathname}`]);
  else if (wrong instanceof NoNetwork) say(offline, "bad");
  else if (wrong instanceof Refused) say(wrong.told.reason ? filled(words.refused, { r: `${wrong.told.reason} ${wrong.told.mend ?? ""}` }) : words.send_failed, "bad");
  else { say(words.send_failed, "bad"); throw wrong; }
}

async function list() {
  await store.forgetExpired();
  const rows = await store.all("visits");
  const drafts = new Map((await store.all("drafts")).map((row) => [row.id, row]));
  const lines = [];
  for (const row of rows) {
    const visit = await lock.unseal(key, bound(row), row.sealed);
    const draft = drafts.get(row.id);
    const until = filled(words.expires, { d: new Date(row.expires).toLocaleDateString("sv-SE") });
    const open = node("button", { type: "button", className: "btn btn-primary", textContent: words.open });
    open.setAttribute("aria-label", `${words.open} ${visit.applicant}`);
    open.addEventListener("click", () => openVisit(row, visit));
    lines.push(node("li", { className: "list-group-item" },
      node("div", {}, node("strong", { textContent: visit.applicant }), " ", node("span", { className: "mark", textContent: draft ? words.draft : words.untouched })),
      node("div", { textContent: visit.address }), node("div", { className: "text-secondary", textContent: `${visit.item} · ${visit.number}` }),
      node("div", { className: "text-secondary", textContent: until }), open));
  }
  at("homes-list").replaceChildren(...lines);
  at("homes-none").hidden = lines.length > 0;
  show("homes");
}

// One window at a time writes a visit: two would overwrite one another's draft.
const hold = (name) => new Promise((done) => {
  navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? new Promise((release) => done(release)) : done(null)));
});

async function openVisit(row, visit) {
  say("");
  release = await hold(`visit-${row.id}`);
  if (!release) return say(words.other_window, "bad");
  visiting = new Visiting(at("visit"), key, row, visit, say);
  await visiting.open();
  show("visit");
  at("visit-title").focus();
}

function forgetShown() {
  visiting?.close();
  release?.();
  at("choosing").querySelector("[data-fields]").replaceChildren();
  [visiting, conflict, release] = [null, null, null];
}

async function leaveVisit() {
  await visiting?.settled();
  forgetShown();
  await list();
}

async function sendVisit(choice = null) {
  if (busy) return;
  busy = true;
  const { visit, row } = visiting;
  try {
    await visiting.settled();
    say(words.sending);
    at("visit").inert = true;  // nothing is typed into what is on its way
    const kept = await send(base, key, visit, visiting.draft, choice, (n, of) => say(filled(words.sending_photo, { n, of })));
    await store.forget(row.id);
    await leaveVisit();
    say(filled(words.sent, { n: kept.version }), "ok", [words.to_case, kept.page]);
  } catch (wrong) {
    const told = wrong instanceof Refused ? wrong.told : {};
    if (told.conflict) {
      conflict = told.conflict;
      draw(at("choosing"), conflict);
      say("");
      show("choosing");
      at("choosing").querySelector("h2").focus();
    } else if (told.errors || told.field) {
      at("visit").inert = false;
      const errors = told.errors ?? { [told.field]: [told.reason] };
      show("visit");
      const loose = showErrors(visiting.form, errors);
      say([filled(words.mend_fields, { n: Object.keys(errors).length }), ...loose].join(" "), "bad");
    } else trouble(wrong);
  } finally { busy = false; at("visit").inert = false; }
}

function choose(how) {
  const { fields, open } = chosen(at("choosing"), conflict);
  if (how === "merged" && open) return say(filled(words.choose_all, { n: open }), "bad");
  sendVisit({ against: conflict.version, how, fields: how === "merged" ? fields : {} });
}

async function lockAgain() {
  await visiting?.settled();
  forgetShown();
  key = null;
  at("homes-list").replaceChildren();
  await atLock();
  say(words.locked);
}

const acts = {
  send: () => (visiting.form.reportValidity() ? sendVisit() : null),
  check: () => visiting.form.reportValidity(),
  back: leaveVisit,
  rewrite: () => { say(""); show("visit"); },
  merge: () => choose("merged"),
  beside: () => choose("beside"),
  lock: lockAgain,
  clear: () => at("clear-dialog").showModal(),
};
document.addEventListener("click", (event) => {
  const name = event.target.closest?.("[data-act]")?.dataset.act;
  if (name) acts[name]();
});
at("clear-dialog").addEventListener("close", async () => {
  if (at("clear-dialog").returnValue !== "yes") return;
  forgetShown();
  key = null;
  await store.wipe();
  await atLock();
  say(words.cleared, "ok");
});

for (const name of ["pointerdown", "keydown"]) {
  document.addEventListener(name, () => { clearTimeout(idle); idle = setTimeout(() => key && lockAgain(), IDLE); }, { passive: true });
}
setInterval(async () => { if (await store.forgetExpired() && key) await lockAgain(); }, 60_000);
window.addEventListener("online", network);
window.addEventListener("offline", network);
window.addEventListener("hashchange", async () => { if (!asked()) return; if (key) { await takeAsked(); await list(); } else await atLock(); });
if (/(?:^|; )theme=dark/.test(document.cookie)) document.documentElement.dataset.bsTheme = "dark";
network();
navigator.serviceWorker?.register(`${base}worker.js`, { scope: base }).catch(() => {});  // not logged in: the old one stays
atLock();
