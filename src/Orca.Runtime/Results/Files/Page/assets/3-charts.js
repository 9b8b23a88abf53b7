// One time axis for all charts: zooming, the cursor and the marks go together.
const AXIS = 68, RIGHT = 24;
const charts = [];
const view = { run: null, scope: null, from: 0, to: 1, log: false, base: 'response', health: 'cpu', paper: false, listeners: [] };

let inks = new Map();
const colour = name => {
  if (!inks.has(name)) inks.set(name, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim());
  return inks.get(name);
};
const palette = ['#3f7fd0', '#d98a14', '#2a9d8f', '#b4478f', '#7a52c7', '#8a6a3b', '#d8442b', '#5b8c2a', '#1f6f8b', '#c46a9a', '#6b7885', '#a3a02b'];

let zooming = false;
const zoom = (from, to) => {
  const whole = view.run.seconds;
  if (!(to - from > 0)) return;
  const least = Math.min(whole, view.run.interval);
  if (to - from < least) to = from + least;
  view.from = Math.max(0, from);
  view.to = Math.min(whole, to);
  if (view.to - view.from < least) view.from = Math.max(0, view.to - least);
  zooming = true;
  for (const chart of charts) chart.plot?.setScale('x', { min: view.from, max: view.to });
  zooming = false;
  for (const heard of view.listeners) heard();
};
const zoomOut = () => zoom(0, view.run.seconds);

// Where several reasons hold at once there is one band that names them all.
const merged = bands => [...new Set(bands.map(b => b.kind))].flatMap(kind => {
  const own = bands.filter(b => b.kind === kind), edges = [...new Set(own.flatMap(b => [b.from, b.to]))].sort((a, b) => a - b), made = [];
  for (let i = 1; i < edges.length; i++) {
    const [from, to] = [edges[i - 1], edges[i]], here = own.filter(b => b.from < to && b.to > from);
    if (!here.length) continue;
    const label = [...new Set(here.map(b => b.label))].join(' + '), text = [...new Set(here.map(b => b.text))].join('\n'), before = made.at(-1);
    if (before?.to === from && before.text === text) before.to = to;
    else made.push({ kind, from, to, label, text });
  }
  return made;
});

// Bands and marks of the run, behind what is drawn.
const marks = (u, isHeat) => {
  const { ctx, bbox } = u, { left, top, width, height } = bbox;
  ctx.save();
  ctx.beginPath(); ctx.rect(left, top, width, height); ctx.clip();
  for (const band of view.run.bands) {
    const a = u.valToPos(band.from, 'x', true), b = u.valToPos(band.to, 'x', true);
    const invalid = band.kind === 'invalid', wide = Math.max(b - a, 1);
    ctx.fillStyle = colour(invalid ? 'warn' : band.kind === 'gap' ? 'soft' : 'quiet-soft');
    // Behind the heat map's cells a tint would pass for one of its shades.
    if (!isHeat) { ctx.globalAlpha = invalid ? 0.1 : 0.6; ctx.fillRect(a, top, wide, height); }
    if (invalid) { ctx.globalAlpha = 0.9; ctx.fillRect(a, top, wide, 3 * devicePixelRatio * fine()); }
  }
  ctx.globalAlpha = 0.85;
  for (const mark of view.run.marks) {
    if (mark.kind === 'droneJoined') continue;
    const x = Math.round(u.valToPos(mark.at, 'x', true)) + 0.5;
    const grave = mark.kind === 'droneLost' || mark.kind === 'droneFailed' || mark.kind === 'thresholdFailed';
    ctx.strokeStyle = colour(grave ? 'bad' : mark.kind === 'phase' || mark.kind === 'epochChanged' ? 'faint' : 'warn');
    ctx.lineWidth = devicePixelRatio * fine();
    ctx.setLineDash(grave ? [] : [3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath(); ctx.moveTo(x, top); ctx.lineTo(x, top + height); ctx.stroke();
  }
  ctx.restore();
};

// On paper a chart is drawn twice as fine and shown as wide as the page is.
const PAPER_WIDTH = 1000;
const fine = () => view.paper ? 2 : 1;
const sizeOf = it => ({ width: view.paper ? PAPER_WIDTH * 2 : Math.max(260, it.width), height: (it.about.height ?? 230) * fine() });
const font = () => `${11 * fine()}px system-ui, sans-serif`;

const axes = (format, { incrs, splits } = {}) => [
  { stroke: () => colour('dim'), grid: { stroke: () => colour('soft'), width: fine() }, ticks: { stroke: () => colour('line'), width: fine() }, font: font(), size: 28 * fine(), space: 80 * fine(), gap: 5 * fine(), values: (_, at) => at.map(s => s == null ? '' : clock(s)), incrs: [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400] },
  { stroke: () => colour('dim'), grid: { stroke: () => colour('soft'), width: fine() }, ticks: { show: false }, font: font(), size: AXIS * fine(), space: 30 * fine(), gap: 6 * fine(), ...(incrs ? { incrs } : {}), ...(splits ? { splits, filter: (_, at) => at } : {}), values: (_, at) => at.map(v => v == null ? '' : format(v)) },
];

const line = (label, values = null, stroke, format, more = {}) => ({
  values,
  series: { label, stroke: () => stroke.startsWith('#') ? stroke : colour(stroke), width: 1.6, points: { show: values != null && isolated(values), size: 4 }, spanGaps: false, value: (_, v) => format(v), ...more },
});

// A run ends with what is left of an interval, whose rates would pass for a breakdown: it is in the table, and in no line.
const whole = values => {
  const { from, to } = view.scope, last = to.length - 1;
  return last > 1 && to[last] - from[last] < view.run.interval / 2 ? values.with(last, null) : values;
};

// A value with no neighbours would not be seen as a line.
const isolated = values => { let seen = 0, alone = false; values.forEach((v, i) => { if (v != null) { seen++; alone ||= values[i - 1] == null && values[i + 1] == null; } }); return seen < 3 || alone; };

// What has no least above zero cannot be drawn on a logarithmic scale.
const logRange = (u, min, max) => min == null || max == null || !(max > 0) ? [1, 10] : uPlot.rangeLog(Math.max(min, max / 1e6, 1e-6), Math.max(max, 1e-5), 10, false);
const fromZero = (u, min, max) => max == null || max <= 0 ? [0, 1] : [0, max * 1.08];

// Asked for once and not between drawings, each of which would have the page laid out anew.
const measure = () => charts.forEach(it => { it.width = it.figure.clientWidth; });

// Charts that are in view are drawn at once, the others when the page has nothing else to do.
const sight = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const it = charts.find(one => one.host === entry.target);
    it.seen = entry.isIntersecting;
    if (it.seen && it.stale) it.draw();
  }
}, { rootMargin: '200px' });
const idle = () => new Promise(done => globalThis.requestIdleCallback ? requestIdleCallback(done, { timeout: 100 }) : setTimeout(done));
let drawing = null;
const drawSoon = () => {
  charts.forEach(it => { it.stale = true; });
  measure();
  charts.filter(it => it.seen).forEach(it => it.draw());
  if (!charts.some(it => it.stale)) return drawing;
  return drawing ??= (async () => {
    // At one go: every frame in between would be laid out and painted for nothing that is in view.
    await idle();
    drawNow();
    drawing = null;
  })();
};
const drawNow = () => charts.filter(it => it.stale).forEach(it => it.draw());

const chart = (id, describe) => {
  const host = byId(id);
  if (!host) return;
  const figure = host.closest('figure'), said = figure.querySelector('.said'), nothing = figure.querySelector('.nothing');
  const it = { host, figure, plot: null, stale: false, seen: false };
  charts.push(it);
  sight.observe(host);

  it.draw = () => {
    it.stale = false;
    const hidden = it.plot ? new Map(it.plot.series.slice(1).map(s => [s.label, !s.show])) : new Map();
    it.plot?.destroy();
    it.plot = null;
    host.textContent = '';
    it.about = describe();
    const lines = it.about.lines.filter(l => l.values?.some(v => v != null));
    nothing.hidden = lines.length > 0 || it.about.always;
    host.hidden = !nothing.hidden;
    const table = figure.querySelector('details');
    if (table) table.hidden = host.hidden;
    if (host.hidden) { nothing.textContent = it.about.nothing ?? 'Nothing was measured.'; return; }
    it.lines = lines;
    const x = view.scope.to;
    it.plot = new uPlot({
      ...sizeOf(it), padding: [10 * fine(), RIGHT * fine(), 0, 0],
      scales: { x: { time: false, range: (u, min, max) => [min ?? 0, max ?? 1] }, y: it.about.y ?? { range: fromZero } },
      axes: axes(it.about.format, it.about),
      series: [{ label: 'at', value: (_, v) => v == null ? '–' : clock(v) }, ...lines.map(l => ({ ...l.series, width: l.series.width * fine(), show: !(hidden.get(l.series.label) ?? l.series.show === false) }))],
      cursor: { sync: { key: 'orca', setSeries: false, scales: ['x', null] }, drag: { x: true, y: false, dist: 4 }, points: { size: 6 }, focus: { prox: 24 } },
      focus: { alpha: 1 },
      legend: { live: true, show: lines.length > 0 && !it.about.silent },
      hooks: {
        drawClear: [u => marks(u, Boolean(it.about.paint))],
        drawAxes: it.about.paint ? [it.about.paint] : [],
        setScale: [(u, key) => { if (key === 'x' && !zooming && (u.scales.x.min !== view.from || u.scales.x.max !== view.to)) zoom(u.scales.x.min, u.scales.x.max); }],
        setCursor: [u => { if (host === document.activeElement && u.cursor.idx != null) said.textContent = tell(it, u.cursor.idx); }],
      },
    }, [x, ...lines.map(l => whole(l.values))], host);
    zooming = true;
    it.plot.setScale('x', { min: view.from, max: view.to });
    zooming = false;
    it.plot.over.addEventListener('dblclick', zoomOut);
    switches(it.plot);
    if (figure.querySelector('details')?.open) fill(it, figure);
  };

  host.addEventListener('keydown', event => keys(it, event));
  figure.querySelector('details')?.addEventListener('toggle', () => fill(it, figure));
  view.listeners.push(() => { if (figure.querySelector('details')?.open) fill(it, figure); });
  return it;
};

// The legend's entries are switches for the keyboard too.
const switches = u => u.root.querySelectorAll('.u-legend .u-series').forEach((row, i) => {
  if (i === 0) return;
  const label = row.querySelector('th');
  const state = () => label.setAttribute('aria-pressed', String(u.series[i].show));
  label.tabIndex = 0;
  label.setAttribute('role', 'button');
  label.title = 'Show or hide';
  state();
  label.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); event.stopPropagation(); u.setSeries(i, { show: !u.series[i].show }); }
  });
  (u.hooks.setSeries ??= []).push(state);
});

const tell = (it, i) => `${clock(view.scope.to[i])}: ${it.lines.map(l => `${l.series.label} ${l.series.value(null, l.values[i])}`).join(', ')}`;

const keys = (it, event) => {
  const u = it.plot;
  if (!u || event.target !== it.host) return;
  const x = view.scope.to, span = view.to - view.from;
  const first = x.findIndex(s => s >= view.from), last = x.findLastIndex(s => s <= view.to);
  const at = u.cursor.idx ?? first - 1;
  const go = i => { i = Math.min(Math.max(i, first), last); u.setCursor({ left: u.valToPos(x[i], 'x'), top: 10 }); };
  const middle = u.cursor.idx != null ? x[u.cursor.idx] : view.from + span / 2;
  const actions = {
    ArrowRight: () => go(at + (event.shiftKey ? 10 : 1)), ArrowLeft: () => go(at - (event.shiftKey ? 10 : 1)), Home: () => go(first), End: () => go(last),
    '+': () => zoom(middle - span / 4, middle + span / 4), '=': () => zoom(middle - span / 4, middle + span / 4), '-': () => zoom(view.from - span / 2, view.to + span / 2), '0': zoomOut, Escape: zoomOut,
  };
  if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
};

// What a chart shows, as a table of what is in view.
const MOST_ROWS = 400;
const fill = (it, figure) => {
  const details = figure.querySelector('details'), target = details.querySelector('.scroll');
  target.textContent = '';
  if (!details.open || !it.plot) return;
  const rows = view.scope.to.map((s, i) => [s, i]).filter(([s]) => s > view.from && s <= view.to + 1e-9);
  const every = Math.max(1, Math.ceil(rows.length / MOST_ROWS));
  const body = element('tbody');
  rows.forEach(([s, i], n) => { if (n % every === 0) body.append(element('tr', {}, element('th', { scope: 'row' }, clock(s)), ...it.lines.map(l => element('td', { class: 'n' }, l.series.value(null, l.values[i]))))); });
  const head = element('tr', {}, element('th', { scope: 'col' }, 'up to'), ...it.lines.map(l => element('th', { scope: 'col', class: 'n' }, l.series.label)));
  target.append(element('table', {}, element('caption', { class: 'unseen' }, figure.querySelector('h3').textContent), element('thead', {}, head), body));
  if (every > 1) target.prepend(element('p', { class: 'note' }, `Every ${every}th interval of those in view; zoom in to see each.`));
};
