"""An explorer on a page that no kernel stands behind: some states drawn ahead, and a script that shows them.

`nbconvert --to html` writes such a page. The states travel as compressed JSON; where
scripts do not run, the picture of the present state stands there instead.
"""

import base64
import gzip
import json
from html import escape
from itertools import product

SCRIPT = """(async page => {
  const packed = Uint8Array.from(atob(page.querySelector('[type="application/gzip"]').textContent), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const {style, columns, still, controls, start, frames} = await new Response(stream).json();
  page.innerHTML = style + '<div class="ml-controls"></div><div class="ml-picture" style="grid-template-columns: ' + columns + '"><div aria-hidden="true">' + still +
    '</div><div class="ml-moving"></div></div><div class="ml-readout" aria-live="polite"></div>' +
    '<div class="ml-muted">Without a kernel the controls move over states drawn ahead; in JupyterLab they move freely.</div>';
  const place = [...start], [moving, readout] = page.querySelectorAll('.ml-moving, .ml-readout');
  const show = () => {
    const [picture, text] = frames[place.reduce((at, k, i) => at * controls[i].stops.length + k, 0)];
    if (picture) moving.innerHTML = picture;  // null where the state raises: the readout says why
    readout.innerHTML = text;
  };
  controls.forEach(({name, kind, stops}, i) => {
    const row = page.querySelector('.ml-controls').appendChild(document.createElement('label'));
    row.innerHTML = '<span></span>' + (kind === 'choice' ? '<select></select>' :
      `<input type="range" min="0" max="${stops.length - 1}">`) + '<output></output>';
    const [words, control, number] = row.children;
    words.textContent = name;
    if (kind === 'choice') stops.forEach((stop, k) => control.add(new Option(stop, k)));
    control.value = place[i];
    control.oninput = () => {
      place[i] = Number(control.value);
      if (kind !== 'choice') {
        number.textContent = stops[place[i]];
        control.setAttribute('aria-valuetext', stops[place[i]]);
      }
      show();
    };
    control.oninput();
  });
})(document.currentScript.parentElement)"""

STYLE = """<style>
.ml-page label { display: flex; align-items: center; gap: 8px; min-height: 30px; }
.ml-page label span { width: 7em; text-align: right; }
.ml-page label input { flex: 1 1 auto; min-width: 0; accent-color: var(--ml-moved); }
.ml-page label select { font: inherit; color: inherit; background: transparent; }
.ml-page label option { color: initial; }
.ml-page .ml-muted { font-size: 0.85em; }
.ml-page label output { width: 9em; }
.ml-page .ml-picture { display: grid; }
.ml-page .ml-picture > * { grid-area: 1 / 1; line-height: 0; }
</style>"""


def page(explorer, style, image):
    """The HTML of explorer, movable without a kernel along the controls that its `on_page` names.

    Args:
        explorer: an Explorer; afterwards its state is what it was.
        style: the <style> that explorers have in common.
        image: the picture as a data URI, for where no script runs.
    """
    stops = {
        name: _stops(explorer.controls[name], getattr(explorer, name), count)
        for name, count in explorer.on_page.items()
    }
    kept = {name: getattr(explorer, name) for name in stops}
    frames = []
    with (
        explorer.hold_trait_notifications()
    ):  # the widgets hear of nothing: at the end all is as before
        for state in product(*stops.values()):
            for name, value in zip(stops, state):
                setattr(explorer, name, value)
            frames.append(explorer.render())
        for name, value in kept.items():
            setattr(explorer, name, value)
    explorer.render()
    content = {
        "style": style + STYLE,
        "columns": explorer.columns,
        "still": explorer.picture.svg("still"),
        "frames": frames,
        "controls": [
            {
                "name": explorer.controls[name].description,
                "stops": [_words(stop) for stop in values],
                "kind": "choice" if hasattr(explorer.controls[name], "options") else "slider",
            }
            for name, values in stops.items()
        ],
        "start": [values.index(kept[name]) for name, values in stops.items()],
    }
    packed = base64.b64encode(gzip.compress(json.dumps(content).encode(), mtime=0)).decode()
    return (
        f'<div class="ml-explorer ml-page {type(explorer).__name__}" role="group" '
        f'aria-label="{type(explorer).__name__}"><img src="{image}" alt="{escape(explorer.picture.alt)}" '
        f'style="width:100%;max-width:960px"><script type="application/gzip">{packed}</script>'
        f"<script>{SCRIPT}</script></div>"
    )


def _stops(control, present, count):
    """The values that a control takes on the page, in order: all options, or places of a slider, and the present one.

    count: how many places, evenly spaced; or the values themselves.
    """
    if hasattr(control, "options"):
        return list(control.options)
    if not isinstance(count, int):
        return sorted({*count, present})
    steps = round((control.max - control.min) / control.step)
    places = {control.min + control.step * round(steps * i / (count - 1)) for i in range(count)}
    values = {control.base**place for place in places} if hasattr(control, "base") else places
    near = {value for value in values if abs(value - present) < 1e-9 * abs(present)}
    return sorted({type(present)(f"{value:.12g}") for value in values - near} | {present})


def _words(value):
    return value if isinstance(value, str) else f"{value:.4g}"
