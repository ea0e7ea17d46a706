import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from '../support/run-cli.ts';

describe('an invalid manifest', () => {
  it('ends the command, although a Zoho that never answers was asked for a token', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const workspace = makeWorkspace();
    try {
      workspace.write('fields.yaml', 'module: Deals\nfields: none\n');
      const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
      const secrets = { ZOHO_CLIENT_ID: 'id', ZOHO_CLIENT_SECRET: 'secret', ZOHO_REFRESH_TOKEN: 'refresh' };
      // The request would be given up only after 30 seconds: longer than this test may take.
      const env = { ...secrets, ZOHO_ACCOUNTS_URL: url, CI: 'true' };
      for (const command of [['plan'], ['apply', '--yes'], ['plan', '-f', 'missing.yaml']]) {
        expect((await workspace.run(command, { env })).code).toBe(command.length > 2 ? 66 : 65);
      }
    } finally {
      workspace.remove();
      silent.close();
    }
  });
});
