// The heat map: every column an interval, every row a twentieth of a factor of ten.
const heatStops = { light: ['#e6f1f5', '#a9d6e0', '#4fa8c4', '#23699d', '#16325c'], dark: ['#12303f', '#176178', '#2aa198', '#e0b84c', '#f7f0c8'] };
const BUCKETS = 20;
const bucketBegin = b => Math.pow(10, b / BUCKETS) / 1e6;

const mix = (stops, share) => {
  const at = Math.min(share, 0.9999) * (stops.length - 1), i = Math.floor(at), part = at - i;
  const channel = (hex, k) => parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  return [0, 1, 2].map(k => Math.round(channel(stops[i], k) * (1 - part) + channel(stops[i + 1], k) * part));
};
const shades = () => { const stops = heatStops[document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light']; return Array.from({ length: 64 }, (_, i) => mix(stops, i / 63)); };

// Shades go by the logarithm of the rate, so that the few slow ones are seen beside the many fast ones.
const paintHeat = u => {
  const { ctx, bbox } = u, { heat, from, to } = view.scope, colours = shades();
  if (!heat) return;
  const first = to.findIndex(s => s > view.from), last = from.findLastIndex(s => s < view.to);
  // More columns than pixels are added up.
  const per = Math.max(1, Math.floor((last - first + 1) / (bbox.width / 2)));
  const [low, high] = heatEnds(heat, first, last);
  if (low >= high) return;
  let most = 0;
  const columns = [];
  for (let i = first; i <= last; i += per) {
    const end = Math.min(i + per - 1, last), rates = new Float64Array(high - low), seconds = Math.max(to[end] - from[i], 1e-3);
    for (let k = i; k <= end; k++) {
      const counts = heat.counts[k];
      if (counts) for (let j = 0, at = heat.first[k] - low; j < counts.length; j++) rates[at + j] += counts[j] / seconds;
    }
    for (const n of rates) most = Math.max(most, n);
    columns.push([from[i], to[end], rates]);
  }
  ctx.save();
  ctx.beginPath(); ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height); ctx.clip();
  const least = Math.min(most / 10, 1 / Math.max(view.run.interval, 1) / 2), span = Math.log(most / least) || 1;
  // A pixel for each bucket of each column; rows are of equal height, as the scale is logarithmic too.
  const image = new ImageData(columns.length, high - low), sheet = new OffscreenCanvas(columns.length, high - low);
  columns.forEach(([, , rates], x) => rates.forEach((n, bucket) => {
    if (!n) return;
    const [r, g, b] = colours[Math.max(0, Math.min(63, Math.round(63 * Math.log(n / least) / span)))];
    image.data.set([r, g, b, 255], 4 * ((high - low - 1 - bucket) * columns.length + x));
  }));
  sheet.getContext('2d').putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = false;
  const top = u.valToPos(bucketBegin(high), 'y', true), bottom = u.valToPos(bucketBegin(low), 'y', true);
  columns.forEach(([a, b], i) => {
    const x = Math.floor(u.valToPos(Math.max(a, view.from), 'x', true)), width = Math.max(1, Math.ceil(u.valToPos(b, 'x', true)) - x);
    ctx.drawImage(sheet, i, 0, 1, high - low, x, top, width, bottom - top);
  });
  ctx.restore();
};

// The lowest bucket of some intervals, and the one after the highest.
const heatEnds = (heat, first, last) => {
  let low = Infinity, high = -Infinity;
  for (let i = first; i <= last; i++) if (heat.first[i] != null) { low = Math.min(low, heat.first[i]); high = Math.max(high, heat.first[i] + heat.counts[i].length); }
  return [low, high];
};

const heatRange = () => {
  const { heat } = view.scope, [low, high] = heatEnds(heat, 0, heat.first.length - 1);
  return low > high ? [1, 10] : [bucketBegin(low - 1), bucketBegin(high + 1)];
};

// Round times: one, two and five of each factor of ten that is in view.
const heatSplits = (_, axis, min, max) => {
  const at = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++) at.push(...[1, 2, 5].map(n => n * Math.pow(10, power)).filter(v => v >= min && v <= max));
  return at;
};

const paintScale = () => {
  const canvas = byId('heat-scale');
  if (!canvas) return;
  canvas.width = 128; canvas.height = 1;
  const ctx = canvas.getContext('2d');
  shades().forEach((c, i) => { ctx.fillStyle = `rgb(${c.join(' ')})`; ctx.fillRect(i * 2, 0, 2, 1); });
};

// What was measured between two run times: buckets are added up, percentiles are read from the sum and never averaged.
const within = ({ heat, from, to }, a, b) => {
  const [low, high] = heatEnds(heat, 0, to.length - 1), sums = new Float64Array(Math.max(0, high - low));
  let count = 0;
  to.forEach((s, i) => {
    if (heat.counts[i] && s > a + 1e-9 && from[i] < b - 1e-9) heat.counts[i].forEach((n, j) => { sums[heat.first[i] - low + j] += n; count += n; });
  });
  return { count, buckets: [...sums].map((n, i) => [low + i, n]).filter(([, n]) => n) };
};
const quantile = ({ count, buckets }, q) => {
  let rank = Math.max(1, Math.round(q * count));
  for (const [b, n] of buckets) { rank -= n; if (rank <= 0) return Math.sqrt(bucketBegin(b) * bucketBegin(b + 1)); }
  return null;
};
