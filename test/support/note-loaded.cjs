// Preloaded into a process that is measured: notes, when it ends, which files and which parts of Node it has loaded.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const files = Object.keys(require.cache);
  writeFileSync(process.env.LOADED_FILE, JSON.stringify({ files, node: process.moduleLoadList }));
});
