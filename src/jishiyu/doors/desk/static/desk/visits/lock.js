// A key from the visitor's PIN (PBKDF2), which is never stored; AES-GCM with the visit bound in. Five wrong tries wipe the device.
import * as store from "./store.js";

const ROUNDS = 600_000;
const MOST = 5;
const CHECK = "jishiyu";
const text = new TextEncoder();

export class WrongPin extends Error {
  constructor(left) { super("wrong pin"); this.left = left; }
}

async function derive(pin, salt, rounds) {
  const secret = await crypto.subtle.importKey("raw", text.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export async function sealBytes(key, bound, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(bound) }, key, bytes);
  return { iv, body };
}

export const unsealBytes = (key, bound, sealed) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: text.encode(bound) }, key, sealed.body);

export const seal = (key, bound, data) => sealBytes(key, bound, text.encode(JSON.stringify(data)));
export const unseal = async (key, bound, sealed) => JSON.parse(new TextDecoder().decode(await unsealBytes(key, bound, sealed)));

/** Too short, one sign only, or signs that count up or down. */
export function weak(pin) {
  const steps = [...pin].slice(1).map((sign, place) => sign.codePointAt(0) - pin.codePointAt(place));
  return pin.length < 6 || [0, 1, -1].some((step) => steps.every((one) => one === step));
}

export const isSet = async () => Boolean(await store.get("lock", "pin"));

export async function set(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await derive(pin, salt, ROUNDS);
  await store.put("lock", { id: "pin", salt, rounds: ROUNDS, tries: 0, check: await seal(key, "lock", CHECK) });
  return key;
}

/** The key, or WrongPin with the tries that are left; at none left everything is gone. */
export async function open(pin) {
  const row = await store.get("lock", "pin");
  row.tries += 1;  // counted before the try, so that a closed page does not give it back
  await store.put("lock", row);
  const key = await derive(pin, row.salt, row.rounds);
  try {
    await unseal(key, "lock", row.check);
  } catch {
    if (row.tries >= MOST) await store.wipe();
    throw new WrongPin(MOST - row.tries);
  }
  await store.put("lock", { ...row, tries: 0 });
  return key;
}
