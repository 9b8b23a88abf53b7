const themes = () => {
  const root = document.documentElement, button = byId('theme');
  const wished = matchMedia('(prefers-color-scheme: dark)');
  const kept = () => { try { return localStorage.getItem('orca-theme'); } catch { return null; } };
  const set = theme => {
    root.dataset.theme = theme;
    inks = new Map();
    button.setAttribute('aria-pressed', String(theme === 'dark'));
    button.textContent = theme === 'dark' ? '☀ Light' : '☾ Dark';
    redraw();
  };
  button.addEventListener('click', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('orca-theme', theme); } catch { /* A file may have no storage; then the choice lasts as long as the page. */ }
    set(theme);
  });
  wished.addEventListener('change', () => { if (!kept()) set(wished.matches ? 'dark' : 'light'); });
  // Paper is white.
  const paper = matchMedia('print');
  let before = null, folded = [];
  const print = printing => {
    if (printing && before === null) {
      before = root.dataset.theme;
      folded = [...document.querySelectorAll('details.fold:not([open])')];
      folded.forEach(fold => { fold.open = true; });
      view.paper = true;
      set('light');
      drawNow();
    } else if (!printing && before !== null) {
      folded.forEach(fold => { fold.open = false; });
      view.paper = false;
      set(before);
      before = null;
    }
  };
  paper.addEventListener('change', () => print(paper.matches));
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  set(kept() ?? (wished.matches ? 'dark' : 'light'));
};

const redraw = () => { if (view.scope) { paintScale(); return drawSoon(); } };
const resize = () => {
  measure();
  charts.forEach(it => it.plot?.setSize(sizeOf(it)));
  if (view.scope) { strip(); windowFigures(); }
};

const describeCharts = () => {
  const s = () => view.scope;
  const isStep = () => s().step;
  const latency = chart('chart-latency', () => {
    const of = isStep() || view.base === 'service' ? s().service : s().response;
    return {
      format: time, height: 300, y: view.log ? { distr: 3, range: logRange } : { range: fromZero }, nothing: 'No iteration finished.',
      lines: [line('p50', of.p50, 'p50', time), line('p90', of.p90, 'p90', time), line('p95', of.p95, 'p95', time), line('p99', of.p99, 'p99', time, { width: 2 }), line('max', of.max, 'max', time, { width: 1, show: false, dash: [4, 3] })],
    };
  });
  chart('chart-heat', () => ({
    format: time, height: 300, always: Boolean(s().heat), y: { distr: 3, range: () => heatRange() }, splits: heatSplits, paint: paintHeat, silent: false,
    nothing: isStep() ? 'Steps keep percentiles only; choose a scenario to see its heat map.' : 'No iteration finished.',
    lines: s().heat ? [line('p50', s().response.p50, 'p50', time, { width: 1.4, paths: uPlot.paths.stepped({ align: -1 }) }), line('p99', s().response.p99, 'p99', time, { width: 1.4, paths: uPlot.paths.stepped({ align: -1 }) })] : [],
  }));
  chart('chart-rate', () => ({
    format: rate,
    lines: isStep()
      ? [line('passed', s().ok, 'rate', rate), line('failed', s().failed, 'failed', rate)]
      : [line('arrivals due', s().due, 'asked', rate, { dash: [6, 4], width: 2 }), ...(s().arrivals ? [line('arrivals started', s().arrivals, 'p90', rate)] : [line('started', s().started, 'p90', rate)]), line('iterations passed', s().ok, 'rate', rate, { width: 2 }), line('failed', s().failed, 'failed', rate), line('dropped', s().dropped, 'lost', rate), line('missed', s().missed, 'service', rate)],
  }));
  chart('chart-errors', () => ({
    format: rate, nothing: isStep() ? 'Errors over time are kept for scenarios; the table below has this step\'s.' : 'No iteration failed.',
    lines: (s().errors ?? []).map((e, i) => line(e.kind, e.rate, palette[(i + 6) % palette.length], rate, { paths: uPlot.paths.stepped({ align: -1 }), fill: palette[(i + 6) % palette.length] + '22' })),
  }));
  chart('chart-users', () => ({
    format: number, nothing: isStep() ? 'Users are counted for scenarios.' : 'There were no users.',
    lines: [line(s().due ? 'asked for by closed load' : 'asked for', s().usersAsked, 'asked', number, { dash: [6, 4], width: 2, paths: uPlot.paths.stepped({ align: -1 }) }), line('users', s().users, 'rate', number, { width: 2, paths: uPlot.paths.stepped({ align: -1 }) })],
  }));
  chart('chart-bytes', () => ({
    format: bytesRate, incrs: Array.from({ length: 42 }, (_, i) => 2 ** i), nothing: 'No HTTP requests were measured.',
    lines: [line('received', s().received, 'rate', bytesRate), line('sent', s().sent, 'service', bytesRate)],
  }));
  const health = { cpu: percent, lateness: time, delay: time, gc: time, memory: bytes, started: rate };
  chart('chart-drones', () => ({
    format: health[view.health], height: 260, nothing: view.drones ? 'No drone reported this.' : '…',
    lines: (view.drones ?? []).map((d, i) => line(d.id, d[view.health], palette[i % palette.length], health[view.health], { width: d.lost ? 2.4 : 1.4 })),
  }));
  return latency;
};

// How the response times of what is in view spread, and what they come to.
const windowFigures = () => {
  const whole = view.from <= 0 && view.to >= view.run.seconds - 1e-9;
  byId('zoom-out').disabled = whole;
  const text = byId('window');
  text.textContent = '';
  const bold = value => element('b', {}, value);
  text.append(bold(`${clock(view.from)} – ${clock(view.to)}`));
  if (view.scope.heat) {
    const sum = within(view.scope, view.from, view.to);
    // Of the whole run the exact figures are known.
    const exact = whole ? view.scope.exact : null, equal = exact ? '' : '≈ ';
    if (sum.count) text.append(` · ${grouped(sum.count)} iterations`, ...[50, 95, 99].flatMap(p => [` · p${p} ${equal}`, bold(time(exact ? exact['p' + p] : quantile(sum, p / 100)))]));
    spread(sum);
  } else {
    spread({ count: 0, buckets: [] });
  }
};

const spread = ({ count, buckets }) => {
  const host = byId('spread');
  host.textContent = '';
  if (!count) { host.append(element('p', { class: 'nothing' }, 'Nothing to show for this choice.')); return; }
  const low = buckets[0][0], high = buckets.at(-1)[0], most = Math.max(...buckets.map(([, n]) => n));
  const svg = (tag, attributes, text) => { const made = document.createElementNS('http://www.w3.org/2000/svg', tag); for (const [k, v] of Object.entries(attributes)) made.setAttribute(k, v); if (text) made.textContent = text; return made; };
  const width = Math.max(240, host.clientWidth || 600), height = Math.max(200, host.clientHeight), base = height - 24, each = width / (high - low + 1);
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `How ${grouped(count)} response times spread, from ${time(bucketBegin(low))} to ${time(bucketBegin(high + 1))}`, style: 'width:100%;height:auto;display:block' });
  let sum = 0;
  for (const [b, n] of buckets) {
    sum += n;
    const tall = Math.max(1.5, Math.sqrt(n / most) * (base - 14)), share = sum / count;
    const bar = svg('rect', { x: (b - low) * each + 0.5, y: base - tall, width: Math.max(each - 1, 0.8), height: tall, rx: 1.5, fill: `var(--${share <= 0.5 ? 'p50' : share <= 0.95 ? 'p90' : share <= 0.99 ? 'p95' : 'p99'})` });
    bar.append(svg('title', {}, `${time(bucketBegin(b))} to ${time(bucketBegin(b + 1))}: ${grouped(n)} (${percent(n / count)}); ${percent(share)} are no slower`));
    drawing.append(bar);
  }
  const step = Math.max(1, Math.ceil((high - low + 1) / (width < 400 ? 4 : 6)));
  for (let b = low; b <= high; b += step) drawing.append(svg('text', { x: (b - low) * each, y: height - 6, 'font-size': 11, fill: 'var(--dim)' }, time(bucketBegin(b))));
  host.append(drawing);
};

const choose = async id => {
  const found = await block(id);
  const run = view.run;
  view.scope = { from: run.from, to: run.to, response: {}, service: {}, ...found };
  byId('base').hidden = Boolean(found.step);
  windowFigures();
  await redraw();
  // Its card is as high as the charts beside it, which are there by now.
  windowFigures();
};

const start = async () => {
  themes();
  document.querySelectorAll('table.sortable').forEach(sortable);
  if (!byId('block-run')) return;
  block('all');
  view.run = await block('run');
  view.to = view.run.seconds;
  view.run.bands = merged(view.run.bands);
  describeCharts();
  view.listeners.push(strip, windowFigures);
  strip();
  const drawn = choose('all');
  byId('scope').addEventListener('change', event => choose(event.target.value));
  byId('zoom-out').addEventListener('click', zoomOut);
  const segments = (id, apply) => byId(id)?.querySelectorAll('button').forEach((button, _, all) => button.addEventListener('click', () => {
    all.forEach(other => other.setAttribute('aria-pressed', String(other === button)));
    apply(button.value);
    redraw();
  }));
  segments('base', value => { view.base = value; });
  segments('scale', value => { view.log = value === 'log'; });
  byId('health')?.addEventListener('change', event => { view.health = event.target.value; redraw(); });
  document.querySelectorAll('button.when').forEach(button => button.addEventListener('click', () => {
    const [from, to] = [Number(button.dataset.from), Number(button.dataset.to)], around = Math.max((to - from) / 2, view.run.interval * 5);
    zoom(from - around, to + around);
    byId('time').scrollIntoView();
  }));
  let pending = 0;
  addEventListener('resize', () => { cancelAnimationFrame(pending); pending = requestAnimationFrame(() => resize()); });
  // The page answers from here on: what is in view is drawn, the rest follows while nothing else is to be done.
  await block('all');
  requestAnimationFrame(() => performance.mark('orca-open'));
  await drawn;
  view.drones = (await block('drones')).drones;
  charts.find(it => it.host.id === 'chart-drones').draw();
  performance.mark('orca-drawn');
  document.documentElement.dataset.ready = 'yes';
};

start();
