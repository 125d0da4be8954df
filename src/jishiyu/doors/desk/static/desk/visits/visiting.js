// One visit on the device: its household, its form, pictures, position, signature. Every change is sealed and kept at once.
import * as store from "./store.js";
import { seal, sealBytes, unseal, unsealBytes } from "./lock.js";
import { begun, clearErrors, fill, prepare, read } from "./form.js";
import { show, shrink } from "./pictures.js";
import { signing } from "./signature.js";
import { filled, node, words } from "./words.js";

const MOST = 12;

export class Visiting {
  constructor(place, key, row, visit, say) {
    Object.assign(this, { key, row, visit, say, saving: Promise.resolve(), waiting: false, stop: new AbortController() });
    this.form = place.querySelector("form");
    this.at = (name) => place.querySelector(`[data-at="${name}"]`);
  }

  get bound() { return `draft:${this.row.id}:${this.row.expires}`; }

  async open() {
    const kept = await store.get("drafts", this.row.id);
    this.draft = kept
      ? await unseal(this.key, this.bound, kept.sealed)
      : { record: crypto.randomUUID(), content: begun(this.visit), position: null };
    this.tellHousehold();
    prepare(this.form, this.visit);
    fill(this.form, this.draft.content);
    clearErrors(this.form);
    this.tellPosition();
    this.listen();
    await this.tellPictures();
  }

  listen() {
    const how = { signal: this.stop.signal };
    this.form.addEventListener("input", () => this.keep(), how);
    this.form.addEventListener("submit", (event) => event.preventDefault(), how);
    this.at("photo-file").addEventListener("change", (event) => this.addPhotos(event.target), how);
    this.at("position-ask").addEventListener("click", () => this.askPosition(), how);
    this.at("position-drop").addEventListener("click", () => { this.draft.position = null; this.keep(); this.tellPosition(); }, how);
    // A fresh canvas for each visit, so that no other one's strokes or listeners are on it.
    const canvas = this.at("signature").cloneNode();
    this.at("signature").replaceWith(canvas);
    this.pad = signing(canvas, (blob) => this.keepSignature(blob));
    this.at("signature-clear").addEventListener("click", () => this.pad.clear(), how);
  }

  close() {
    this.stop.abort();
    this.form.reset();
    for (const name of ["household", "photos", "visit-title", "visit-about", "position"]) this.at(name).replaceChildren();
  }

  /** Once all that was typed is kept. Nobody listens to the form afterwards, until it is opened again. */
  async settled() { while (this.waiting) await this.saving; await this.saving; }

  keep() {
    this.draft.content = read(this.form);
    if (this.waiting) return;
    this.waiting = true;
    this.saving = this.saving.then(async () => {
      this.waiting = false;
      const sealed = await seal(this.key, this.bound, this.draft);
      await store.put("drafts", { id: this.row.id, sealed });
      this.at("saved").textContent = filled(words.saved, { t: new Date().toTimeString().slice(0, 8) });
    }).catch(() => this.say(words.not_saved, "bad"));
  }

  tellHousehold() {
    const { visit } = this;
    const pair = (label, value) => [node("dt", { textContent: label }), node("dd", { textContent: value })];
    this.at("visit-title").textContent = visit.applicant;
    this.at("visit-about").textContent = `${visit.item} · ${visit.number}`;
    const members = visit.members.map((one) =>
      node("li", { textContent: [one.name, one.relation, one.sex, filled(words.years, { n: one.age }), one.id].filter(Boolean).join(" · ") }));
    this.at("household").replaceChildren(
      node("p", { className: "mb-1", textContent: visit.address }),
      node("p", {}, node("a", { className: "btn", href: `tel:${visit.phone}`, textContent: visit.phone })),
      node("ul", { className: "jsy-members" }, ...members),
      node("dl", { className: "facts" }, ...visit.declared.flatMap(([label, value]) => pair(label, value))));
  }

  // Position: only when asked for, with how far off it may be.
  tellPosition() {
    const { position } = this.draft;
    const text = position && `${(position.north / 1e6).toFixed(5)}, ${(position.east / 1e6).toFixed(5)}`;
    this.at("position").textContent = position ? filled(words.position, { p: text, m: position.metres }) : "";
    this.at("position-drop").hidden = !position;
  }

  askPosition() {
    this.at("position").textContent = words.position_asking;
    const found = ({ coords }) => {
      const millionths = (degrees) => Math.round(degrees * 1e6);
      this.draft.position = {
        north: millionths(coords.latitude), east: millionths(coords.longitude), metres: Math.round(coords.accuracy), at: new Date().toISOString(),
      };
      this.keep();
      this.tellPosition();
    };
    const failed = ({ code }) => { this.at("position").textContent = code === 1 ? words.position_refused : words.position_failed; };
    if (!navigator.geolocation) failed({ code: 2 });
    else navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 });
  }

  // Pictures: shrunk, sealed, and shown small.
  async keepPicture(kind, blob, id = crypto.randomUUID()) {
    const bytes = await blob.arrayBuffer();
    const sealed = await sealBytes(this.key, `picture:${this.row.id}:${id}`, bytes);
    await store.put("pictures", { id, visit: this.row.id, kind, size: blob.size, added: Date.now(), sealed });
  }

  async picture(row) {
    const bytes = await unsealBytes(this.key, `picture:${row.visit}:${row.id}`, row.sealed);
    return new Blob([bytes], { type: row.kind === "photo" ? "image/jpeg" : "image/png" });
  }

  async addPhotos(input) {
    const files = [...input.files];
    const have = (await store.picturesOf(this.row.id)).filter((row) => row.kind === "photo").length;
    this.say(words.shrinking);
    let told = "";
    for (const [place, file] of files.entries()) {
      if (have + place >= MOST - 1) { told = filled(words.photo_many, { n: MOST }); break; }
      try { await this.keepPicture("photo", await shrink(file)); } catch { told = words.photo_bad; }
    }
    input.value = "";
    this.say(told, "bad");
    this.keep();
    await this.tellPictures(false);
  }

  async keepSignature(blob) {
    for (const row of await store.picturesOf(this.row.id)) if (row.kind === "signature") await store.drop("pictures", row.id);
    if (blob) await this.keepPicture("signature", blob);
    this.at("signature-state").textContent = blob ? words.signed : words.unsigned;
    this.keep();
  }

  async tellPictures(withSignature = true) {
    const rows = (await store.picturesOf(this.row.id)).sort((one, other) => one.added - other.added);
    const photos = rows.filter((row) => row.kind === "photo");
    this.at("photos").replaceChildren(...await Promise.all(photos.map((row, place) => this.photoLine(row, place + 1))));
    if (!withSignature) return;
    const signature = rows.find((row) => row.kind === "signature");
    await this.pad.restore(signature ? await this.picture(signature) : null);
    this.at("signature-state").textContent = signature ? words.signed : words.unsigned;
  }

  async photoLine(row, n) {
    const canvas = node("canvas", {});
    await show(await this.picture(row), canvas);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", filled(words.photo, { n, k: Math.ceil(row.size / 1000) }));
    const remove = node("button", { type: "button", className: "btn", textContent: filled(words.photo_remove, { n }) });
    remove.addEventListener("click", async () => { await store.drop("pictures", row.id); await this.tellPictures(false); });
    const size = node("span", { textContent: filled(words.photo, { n, k: Math.ceil(row.size / 1000) }) });
    return node("li", {}, canvas, size, remove);
  }
}
