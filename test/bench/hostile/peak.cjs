// Preloaded into the measured process: notes its peak memory when it ends. What `resourceUsage` tells would count the
// process that it was started from, too.
const { readFileSync, writeFileSync } = require('node:fs');
process.on('exit', () => {
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  writeFileSync(process.env.PEAK_FILE, peak === null ? String(process.resourceUsage().maxRSS) : peak[1]);
});
