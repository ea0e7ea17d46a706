import { parentPort, workerData } from 'node:worker_threads';
import { tellAll, type Campaign } from './campaign.ts';

/* One share of a campaign, in a thread of its own. */
const { campaign, worker, workers } = workerData as {
  readonly campaign: Campaign;
  readonly worker: number;
  readonly workers: number;
};
const verdict = await tellAll(campaign, worker, workers);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window.
parentPort?.postMessage(verdict);
