// A signature on glass: finger, pen or mouse on a canvas. Who cannot sign so says why in the form instead.
export function signing(canvas, changed) {
  const pen = canvas.getContext("2d");
  let down = false;
  let empty = true;

  function clear() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#0d2b3d";
    empty = true;
  }

  function at(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  }

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    down = true;
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    pen.lineTo(...at(event));
    pen.stroke();
    empty = false;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => {
      if (down && !empty) canvas.toBlob((blob) => changed(blob), "image/png");
      down = false;
    });
  }
  clear();
  return {
    clear() { clear(); changed(null); },
    async restore(blob) {
      clear();
      if (!blob) return;
      pen.drawImage(await createImageBitmap(blob), 0, 0, canvas.width, canvas.height);
      empty = false;
    },
  };
}
