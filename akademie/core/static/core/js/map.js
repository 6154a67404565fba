// The moving map, loaded when somebody asks for it. Draws the states and the same points as the still map beside it;
// there are no tiles, so nothing is asked of anyone outside.

const load = (tag, attributes) =>
  new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
    document.head.append(element);
  });

const json = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
};

function linkTo({ title, url, label }) {
  const box = document.createElement("p");
  const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
  box.append(link, label ? `: ${label}` : "");
  return box;
}

async function open(figure) {
  const { akMap, akOutline, akScript, akStyle } = figure.dataset;
  const [{ points }, outline] = await Promise.all([
    json(akMap),
    json(akOutline),
    load("link", { rel: "stylesheet", href: akStyle }),
    load("script", { src: akScript }),
  ]);
  const place = Object.assign(document.createElement("div"), { className: "ak-map__moving" });
  figure.querySelector("svg").replaceWith(place);
  const L = window.L;
  const map = L.map(place, { attributionControl: false, maxZoom: 13, minZoom: 5, zoomControl: false, zoomSnap: 0.25 });
  L.control.zoom({ zoomInTitle: "Vergrößern", zoomOutTitle: "Verkleinern" }).addTo(map);
  const land = L.geoJSON(outline, { interactive: false, style: { className: "land" } }).addTo(map);
  map.fitBounds(land.getBounds());
  const radius = points.length > 400 ? 3 : 7;
  for (const point of points) {
    L.circleMarker([point.lat, point.lon], { className: "point", fillOpacity: 1, radius })
      .bindPopup(() => linkTo(point))
      .addTo(map);
  }
}

for (const figure of document.querySelectorAll("[data-ak-map]")) {
  const start = figure.querySelector("[data-ak-map-start]");
  start.hidden = false;
  start.querySelector("button").addEventListener("click", async () => {
    const status = start.querySelector("[role=status]");
    status.textContent = "Die Karte wird geladen.";
    try {
      await open(figure);
      start.remove();
    } catch {
      status.textContent = "Die Karte ließ sich nicht laden. Bitte versuchen Sie es noch einmal.";
    }
  });
}
