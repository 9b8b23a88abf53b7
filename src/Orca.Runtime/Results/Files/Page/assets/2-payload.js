// The series lie in the page as gzip in base64, one block for each scope, and are opened when they are first looked at.
const opened = new Map();

const unzip = async text => {
  const characters = atob(text), packed = new Uint8Array(characters.length);
  for (let i = 0; i < packed.length; i++) packed[i] = characters.charCodeAt(i);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
};

// Those that are not looked at first follow the script: they may not be there yet.
const parsed = document.readyState === 'loading' ? new Promise(done => addEventListener('DOMContentLoaded', done)) : null;
const block = id => {
  if (!opened.has(id)) opened.set(id, (async () => {
    if (!byId('block-' + id)) await parsed;
    return unzip(byId('block-' + id).textContent);
  })());
  return opened.get(id);
};
