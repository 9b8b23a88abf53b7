// What the plan asked for and what happened, on the charts' time axis.
const signs = { droneLost: '✕', droneFailed: '✕', thresholdFailed: '!', epochChanged: '↻', phase: '▸', stopRequested: '■', warning: '!', invalidWindow: '!', droneDropped: '–', droneDeclined: '–', droneJoined: '+' };

const strip = () => {
  const host = byId('strip');
  host.textContent = '';
  const { run } = view;
  const share = s => (s - view.from) / (view.to - view.from) * 100;
  const place = (made, from, to) => {
    const a = Math.max(share(from), 0), b = Math.min(share(to), 100);
    if (b < 0 || a > 100 || b < a) return null;
    Object.assign(made.style, { left: a + '%', width: `calc(${b - a}% - 1px)` });
    return made;
  };
  const lane = (name, items) => {
    const kept = items.filter(item => item);
    if (items.length) host.append(element('div', { class: 'lane' + (name === 'events' ? ' pins' : '') }, element('span', { title: name }, name), element('div', {}, ...kept)));
  };
  for (const { scenario, items } of run.stages) lane(scenario, items.map(s => place(element('div', { class: 'stage ' + s.kind, title: `${scenario}: ${s.label}, ${clock(s.from)}–${clock(s.to)}` }, s.label), s.from, s.to)));
  for (const [kind, name] of [['warmUp', 'warm-up'], ['invalid', 'invalid'], ['gap', 'gaps']]) lane(name, run.bands.filter(b => b.kind === kind).map(b => place(element('div', { class: 'band ' + kind, title: `${clock(b.from)}–${clock(b.to)}: ${b.text}` }, share(b.to) - share(b.from) > 4 ? b.label : ''), b.from, b.to)));
  // What happens at once stands side by side.
  let taken = -Infinity;
  const room = 20 / Math.max(200, host.clientWidth - 92) * 100;
  lane('events', run.marks.filter(m => m.kind !== 'droneJoined' && m.at >= view.from && m.at <= view.to).map(m => {
    const near = Math.max(run.interval * 8, (view.to - view.from) / 12);
    const pin = element('button', { class: 'pin ' + m.kind, type: 'button', title: `${clock(m.at)}: ${m.text}`, 'aria-label': `${clock(m.at)}: ${m.text} Zoom to it.`, onclick: () => zoom(m.at - near, m.at + near) }, signs[m.kind] ?? '·');
    taken = Math.max(share(m.at), taken + room);
    pin.style.left = Math.min(taken, 100) + '%';
    return pin;
  }));
};
