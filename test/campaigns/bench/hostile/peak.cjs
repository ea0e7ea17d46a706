// Preloaded into the measured process: notes its peak memory in KiB and its processor time in ms when it ends. What
// `resourceUsage` tells of memory would count the process that it was started from, too.
const { readFileSync, writeFileSync } = require('node:fs');
process.on('exit', () => {
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuMs = Math.round((userCPUTime + systemCPUTime) / 1000);
  writeFileSync(process.env.PEAK_FILE, `${peak === null ? maxRSS : peak[1]} ${cpuMs}`);
});
