// Photographs made small before they are kept: at most 1600 pixels and 300 kB, drawn anew, so that nothing of the camera's stays.
const SIDE = 1600;
const MOST = 300_000;

const blobOf = (canvas, type, quality) => new Promise((done) => canvas.toBlob(done, type, quality));

function drawn(bitmap, side) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A JPEG blob of a picture file. Throws when the browser cannot open it as a picture. */
export async function shrink(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (let side = SIDE; ; side = Math.round(side * 0.75)) {
    const canvas = drawn(bitmap, side);
    for (const quality of [0.85, 0.7, 0.55]) {
      const blob = await blobOf(canvas, "image/jpeg", quality);
      if (blob.size <= MOST) return blob;
    }
  }
}

/** Show a blob on a canvas: the page's policy lets no blob: address through, and needs none. */
export async function show(blob, canvas) {
  const bitmap = await createImageBitmap(blob);
  canvas.width = 96;
  canvas.height = Math.max(1, Math.round((96 * bitmap.height) / bitmap.width));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}

export async function digest(bytes) {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...made].map((one) => one.toString(16).padStart(2, "0")).join("");
}
