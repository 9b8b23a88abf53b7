// Figures as the rest of Orca writes them: three significant digits, a sensible unit.
const digits = v => { const a = Math.abs(v); return a >= 99.95 ? v.toFixed(0) : trim(v.toFixed(a >= 9.995 ? 1 : 2)); };
const trim = s => s.includes('.') ? s.replace(/\.?0+$/, '') : s;
const grouped = v => v.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
const number = v => v == null ? '–' : Math.abs(v) >= 999.5 ? grouped(v) : v === 0 ? '0' : Math.abs(v) >= 0.01 ? digits(v) : v.toPrecision(2);
const clock = s => {
  if (s < 60) return trim(s.toFixed(1)) + 's';
  s = Math.round(s);
  const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60, two = n => String(n).padStart(2, '0');
  return h ? `${h}h ${two(m)}m ${two(s % 60)}s` : `${m}m ${two(s % 60)}s`;
};
const time = ms => {
  if (ms == null) return '–';
  const a = Math.abs(ms);
  return a === 0 ? '0 ms' : a < 0.0009995 ? digits(ms * 1e6) + ' ns' : a < 0.9995 ? digits(ms * 1e3) + ' µs' : a < 999.5 ? digits(ms) + ' ms' : a < 119950 ? digits(ms / 1e3) + ' s' : clock(ms / 1e3);
};
const rate = v => v == null ? '–' : number(v) + '/s';
const percent = v => v == null ? '–' : v === 0 ? '0%' : v < 0.0001 ? '<0.01%' : trim((v * 100).toFixed(v < 0.1 ? 2 : 1)) + '%';
const bytes = v => {
  if (v == null) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let u = 0;
  while (v >= 1023.5 && u < units.length - 1) { v /= 1024; u++; }
  return digits(v) + ' ' + units[u];
};
const bytesRate = v => v == null ? '–' : bytes(v) + '/s';

const byId = id => document.getElementById(id);

// Elements are made by name and text only: nothing that a test named is ever parsed as HTML.
const element = (tag, properties, ...children) => {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key === 'class') made.className = value;
    else if (key === 'style') Object.assign(made.style, value);
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child != null));
  return made;
};
