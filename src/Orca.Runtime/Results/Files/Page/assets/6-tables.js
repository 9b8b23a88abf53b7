// Tables sort by any column; steps stay with their scenario.
const sortable = table => {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.hasAttribute('data-still')) return;
    const button = element('button', { class: 'sort', type: 'button' }, ...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const numeric = head.classList.contains('n');
      const descending = head.getAttribute('aria-sort') === (numeric ? 'none' : 'ascending') || !head.hasAttribute('aria-sort') && numeric || head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      sort(table, column, descending ? -1 : 1);
    });
  });
};

const sort = (table, column, direction) => {
  const key = row => { const cell = row.cells[column]; return cell.dataset.v !== undefined ? (cell.dataset.v === '' ? -Infinity : Number(cell.dataset.v)) : cell.textContent.trim().toLowerCase(); };
  const compare = (a, b) => { const [x, y] = [key(a), key(b)]; return (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true })) * direction; };
  const bodies = [...table.tBodies];
  for (const body of bodies) {
    const rows = [...body.rows], lead = rows.filter(row => row.classList.contains('scenario'));
    body.append(...lead, ...rows.filter(row => !row.classList.contains('scenario')).sort(compare));
  }
  if (bodies.length > 1) table.append(...bodies.sort((a, b) => compare(a.rows[0], b.rows[0])));
};
