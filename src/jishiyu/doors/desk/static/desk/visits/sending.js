// What goes to the server and comes from it. An expired log-in shows as a redirect, which is not followed: the draft stays.
import * as store from "./store.js";
import { unsealBytes } from "./lock.js";
import { digest } from "./pictures.js";

export class SessionOver extends Error {}
export class NoNetwork extends Error {}
export class Refused extends Error {
  constructor(status, told) { super(told.reason ?? String(status)); this.status = status; this.told = told; }
}

async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { redirect: "manual", cache: "no-store", credentials: "same-origin", ...options });
  } catch {
    throw new NoNetwork();
  }
  if (answer.type === "opaqueredirect") throw new SessionOver();
  if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) throw new Refused(answer.status, {});
  const told = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}

async function act(base, path, body) {
  const { token } = await ask(`${base}token/`);
  return ask(`${base}${path}`, { method: "POST", headers: { "X-CSRFToken": token }, body });
}

export const take = (base, id) => act(base, `${id}/take/`, new FormData());

/** Pictures first, each with its digest and once, then the record. `report` hears how far it is. */
export async function send(base, key, visit, draft, choice, report) {
  const rows = await store.picturesOf(visit.case);
  const digests = [];
  for (const [place, row] of rows.entries()) {
    const bytes = await unsealBytes(key, `picture:${row.visit}:${row.id}`, row.sealed);
    const sum = await digest(bytes);
    digests.push(sum);
    if (row.sent === draft.record) continue;  // it arrived before the network went
    report(place + 1, rows.length);
    const form = new FormData();
    const told = { id: row.id, record: draft.record, taken: visit.taken, kind: row.kind, digest: sum };
    Object.entries(told).forEach(([name, value]) => form.append(name, value));
    form.append("file", new Blob([bytes]), row.kind === "photo" ? "photo.jpg" : "signature.png");
    await act(base, `${visit.case}/pictures/`, form);
    await store.put("pictures", { ...row, sent: draft.record });
  }
  const body = {
    id: draft.record, taken: visit.taken, base: visit.base, content: draft.content, position: draft.position ?? null,
    pictures: digests, choice,
  };
  return act(base, `${visit.case}/send/`, JSON.stringify(body));
}
