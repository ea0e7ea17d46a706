import { expect, it } from 'vitest';
import { gitCall } from '../../../src/machine/git.ts';

it('git gets what it needs, and none of the settings of this tool or of proxies, which it needs for nothing', () => {
  const own = { ZOHO_CLIENT_SECRET: 'a', zoho_refresh_token: 'b', HTTPS_PROXY: 'c', all_proxy: 'd' };
  const needed = { PATH: '/bin', HOME: '/root', GIT_DIR: '.git', SystemRoot: 'C:' };
  const { env } = gitCall(['version'], { ...own, ...needed });
  expect(env).toMatchObject(needed);
  expect(Object.keys(env).filter((name) => name in own)).toEqual([]);
});
