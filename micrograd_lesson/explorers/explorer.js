// The page's side of every explorer.
//
// On a live page anywidget calls `render` for each view of a View (view.py): the picture's
// layers and the readout follow the model, clicks and shown frames are reported to Python.
// On an exported page, where no Python runs, `openPage` moves over states drawn ahead, which
// page.py has put beside the picture. Both build the same elements, in `buildPicture`.

const MOVES_OVER_STATES =
  "Without a kernel the controls move over states drawn ahead; in JupyterLab they move freely.";
const FRAME_LASTS = 200; // milliseconds, where a page plays without Python
const NOISE = 1e-12; // a slider's steps leave as little at 0
const LAYERS = ["still", "middle", "moving"];

// What both pages have: the layers of the picture, one over the other, and the readout.

function buildPicture(parent, least) {
  const picture = addTo(parent, "div", "ml-picture");
  picture.style.setProperty("--ml-least", `${least}px`);
  const layers = {};
  for (const name of LAYERS) {
    layers[name] = addTo(picture, "div", `ml-layer ml-${name}`);
    layers[name].setAttribute("aria-hidden", "true");
  }
  layers.moving.removeAttribute("aria-hidden"); // it stands for the whole picture
  layers.moving.setAttribute("role", "img");
  const readout = addTo(parent, "div", "ml-readout");
  readout.setAttribute("aria-live", "polite");
  return { picture, layers, readout };
}

function addTo(parent, tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

// A picture that is wider than its place scrolls; then the keyboard must reach it.
function reachWhereItScrolls(picture) {
  picture.tabIndex = picture.scrollWidth > picture.clientWidth ? 0 : -1;
}

// The box at hand of a wide drawing is brought into view.
function followMark(picture, moving) {
  const mark = moving.querySelector(".ml-mark");
  if (!mark || picture.scrollWidth <= picture.clientWidth) return;
  const at = mark.getBoundingClientRect();
  const seen = picture.getBoundingClientRect();
  if (at.left < seen.left || at.right > seen.right) {
    picture.scrollLeft += (at.left + at.right - seen.left - seen.right) / 2;
  }
}

// A live page.

function render({ model, el }) {
  const { picture, layers, readout } = buildPicture(el, model.get("least"));
  // ipywidgets marks views whose kernel has gone; the style sheet then shows this.
  addTo(el, "div", "ml-note ml-dead").textContent =
    "No Python is behind this page: choose Run → Run All Cells, and it moves again.";

  const shows = {
    readout: (html) => { readout.innerHTML = html; },
    alt: (words) => { layers.moving.setAttribute("aria-label", words); },
    least: (pixels) => { picture.style.setProperty("--ml-least", `${pixels}px`); },
    clickable: (yes) => { picture.classList.toggle("ml-clickable", yes); },
    outdated: (yes) => { picture.classList.toggle("ml-outdated", yes); },
    playing: (yes) => { readout.setAttribute("aria-live", yes ? "off" : "polite"); },
    still: (svg) => { layers.still.innerHTML = svg; },
    middle: (svg) => { layers.middle.innerHTML = svg; },
    moving: (svg) => {
      layers.moving.innerHTML = svg;
      followMark(picture, layers.moving);
    },
  };
  for (const [name, show] of Object.entries(shows)) {
    show(model.get(name));
    model.on(`change:${name}`, () => show(model.get(name)));
  }

  // Whoever plays waits until a frame has been shown before the next is drawn.
  model.on("change:frame", () => {
    const frame = model.get("frame");
    requestAnimationFrame(() => model.send({ kind: "shown", frame }));
  });

  picture.addEventListener("click", (event) => {
    const drawing = layers.still.querySelector("svg");
    if (!model.get("clickable") || !drawing) return;
    const box = drawing.getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const down = (event.clientY - box.top) / box.height;
    model.send({ kind: "click", across, down });
  });

  // The first size that the picture gets tells that it stands on the page, among the controls.
  let controls = null;
  const sizes = new ResizeObserver(() => {
    reachWhereItScrolls(picture);
    followMark(picture, layers.moving);
    if (controls) return;
    const explorer = el.closest(".ml-explorer");
    if (explorer) controls = nameControls(explorer, model.get("name"));
  });
  sizes.observe(picture);

  return () => {
    sizes.disconnect();
    controls?.disconnect();
  };
}

// ipywidgets gives its slider handles and number boxes no accessible name; each row has one
// label, and lends it to them. Rows may come after the picture, so later ones are named too.
function nameControls(explorer, name) {
  explorer.setAttribute("role", "group");
  explorer.setAttribute("aria-label", name);
  const place = explorer.querySelector(".ml-controls");
  const nameAll = () => {
    for (const row of place.querySelectorAll(".widget-hbox")) nameRow(row);
    for (const choice of place.querySelectorAll(".widget-radio")) nameChoice(choice);
    for (const button of place.querySelectorAll(".widget-upload")) nameUpload(button);
  };
  nameAll();
  const later = new MutationObserver((changes) => {
    if (changes.some(({ type }) => type === "childList")) nameAll();
    for (const { type, target } of changes) {
      if (type === "attributes") sayRounded(target);
    }
  });
  later.observe(place, { childList: true, subtree: true, attributeFilter: ["aria-valuetext"] });
  return later;
}

function nameRow(row) {
  const label = row.querySelector(".widget-label");
  if (!label) return;
  const words = label.textContent;
  const onSlider = row.classList.contains("ml-power") ? `${words}, as a power of ten` : words;
  for (const handle of row.querySelectorAll("[role=slider]")) {
    handle.setAttribute("aria-label", onSlider);
    sayRounded(handle);
  }
  for (const box of row.querySelectorAll("input")) box.setAttribute("aria-label", words);
}

// ipywidgets' slider says its number to the last digit, 0.12000000000000011. A screen reader
// reads that out, so it is rounded as in the number box.
function sayRounded(handle) {
  const said = handle.getAttribute("aria-valuetext");
  const number = Number(said);
  const rounded = String(Math.abs(number) < NOISE ? 0 : Number(number.toPrecision(10)));
  if (said !== null && rounded !== said) handle.setAttribute("aria-valuetext", rounded);
}

function nameChoice(choice) {
  const label = choice.querySelector(".widget-label");
  choice.setAttribute("role", "radiogroup");
  if (label) choice.setAttribute("aria-label", label.textContent);
}

// ipywidgets adds to this button's text how many files it holds. An explorer takes a file out
// as soon as it comes, so the number is always 0 and reads as if nothing had been loaded.
function nameUpload(button) {
  const text = button.lastChild;
  if (text) text.textContent = text.textContent.replace(/ \(\d+\)$/, "");
}

// An exported page.

async function openPage(page) {
  page.classList.add("ml-open");
  const content = await unpack(page.querySelector("script"));
  const { least, still, controls, start, frames } = content;
  page.replaceChildren();
  const rows = addTo(page, "div", "ml-controls");
  const { picture, layers, readout } = buildPicture(page, least);
  layers.still.innerHTML = still;
  layers.moving.innerHTML = content.moving ?? "";
  addTo(page, "div", "ml-note").textContent = content.note ?? MOVES_OVER_STATES;

  const places = [...start]; // for each control, which of its stops is chosen
  const show = () => {
    const { moving, middle, alt, text } = frames[numberOf(places, controls)];
    picture.classList.toggle("ml-outdated", moving === null);
    if (moving) layers.moving.innerHTML = moving; // a film has one for all its frames
    if (moving !== null) layers.moving.setAttribute("aria-label", alt); // else the readout says why
    if (middle) layers.middle.innerHTML = middle;
    readout.innerHTML = text;
    followMark(picture, layers.moving);
  };
  controls.forEach((control, i) => {
    const slider = addControl(rows, control, places[i], (place) => {
      places[i] = place;
      show();
    });
    if (control.kind === "film") addPlayButton(rows, slider, readout);
  });
  show();
  new ResizeObserver(() => reachWhereItScrolls(picture)).observe(picture);
}

async function unpack(script) {
  const packed = Uint8Array.from(atob(script.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

// Frames stand in the order in which an odometer counts, the last control fastest.
function numberOf(places, controls) {
  return places.reduce((number, place, i) => number * controls[i].stops.length + place, 0);
}

function addControl(rows, { name, kind, stops }, place, move) {
  const row = addTo(rows, "label", "");
  addTo(row, "span", "").textContent = name;
  if (kind === "choice") {
    const select = addTo(row, "select", "");
    stops.forEach((stop, i) => select.add(new Option(stop, i)));
    select.value = place;
    select.addEventListener("input", () => move(Number(select.value)));
    return;
  }
  const slider = addTo(row, "input", "");
  Object.assign(slider, { type: "range", min: 0, max: stops.length - 1, value: place });
  const number = addTo(row, "output", "");
  const say = () => {
    number.textContent = stops[slider.value];
    slider.setAttribute("aria-valuetext", stops[slider.value]);
  };
  say();
  slider.addEventListener("input", () => {
    say();
    move(Number(slider.value));
  });
  return slider;
}

// Plays over the stops of a slider, from the first where it stands at the last. Whoever moves
// the slider meanwhile, pauses.
function addPlayButton(rows, slider, readout) {
  const button = addTo(rows, "button", "ml-play");
  button.type = "button";
  let isPlaying = false;
  let due = 0; // when the next stop is shown, on the clock of animation frames
  const pause = () => {
    isPlaying = false;
    button.textContent = "▶ Play";
    readout.setAttribute("aria-live", "polite");
  };
  const moveTo = (place) => {
    slider.value = place;
    slider.dispatchEvent(new Event("input"));
  };
  const next = () => {
    if (Number(slider.value) >= Number(slider.max)) pause();
    else moveTo(Number(slider.value) + 1);
  };
  const tick = (now) => {
    if (!isPlaying) return;
    if (now >= due) {
      due = now + FRAME_LASTS;
      next();
    }
    requestAnimationFrame(tick);
  };
  const play = () => {
    if (Number(slider.value) >= Number(slider.max)) moveTo(0);
    isPlaying = true;
    due = performance.now() + FRAME_LASTS;
    requestAnimationFrame(tick);
    button.textContent = "Pause";
    readout.setAttribute("aria-live", "off");
  };
  pause();
  button.addEventListener("click", () => (isPlaying ? pause() : play()));
  slider.addEventListener("input", (event) => {
    if (event.isTrusted && isPlaying) pause(); // moved by hand
  });
}

for (const page of document.querySelectorAll(".ml-page:not(.ml-open)")) openPage(page);

export default { render };
