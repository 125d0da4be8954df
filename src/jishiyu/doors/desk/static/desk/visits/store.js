// The device's own store: sealed visits, drafts and pictures, and the lock's salt. Nothing readable but ids and days.
const NAME = "jishiyu-visits";
const PLACES = ["lock", "visits", "drafts", "pictures"];
let opened = null;

function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => PLACES.forEach((place) => asked.result.createObjectStore(place, { keyPath: "id" }));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

async function within(places, mode, act) {
  const database = await open();
  return new Promise((done, failed) => {
    const change = database.transaction(places, mode, { durability: "strict" });
    const asked = act(change);
    change.oncomplete = () => done(asked?.result);
    change.onerror = change.onabort = () => failed(change.error);
  });
}

export const get = (place, id) => within([place], "readonly", (change) => change.objectStore(place).get(id));
export const all = (place) => within([place], "readonly", (change) => change.objectStore(place).getAll());
export const put = (place, row) => within([place], "readwrite", (change) => change.objectStore(place).put(row));
export const drop = (place, id) => within([place], "readwrite", (change) => change.objectStore(place).delete(id));
export const wipe = () => within(PLACES, "readwrite", (change) => PLACES.forEach((place) => change.objectStore(place).clear()));

export const picturesOf = async (visit) => (await all("pictures")).filter((row) => row.visit === visit);

/** Everything of one visit, at once. */
export async function forget(visit) {
  const pictures = await picturesOf(visit);
  await within(["visits", "drafts", "pictures"], "readwrite", (change) => {
    change.objectStore("visits").delete(visit);
    change.objectStore("drafts").delete(visit);
    pictures.forEach((row) => change.objectStore("pictures").delete(row.id));
  });
}

/** Delete what is past its term; a clock that was set back does not bring it to life again. Gives how many visits went. */
export async function forgetExpired() {
  const clock = (await get("lock", "clock")) ?? { id: "clock", seen: 0 };
  const now = Math.max(Date.now(), clock.seen);
  await put("lock", { id: "clock", seen: now });
  const over = (await all("visits")).filter((row) => row.expires <= now);
  for (const row of over) await forget(row.id);
  return over.length;
}
