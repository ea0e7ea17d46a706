// The floor: the two requests of a plan with nothing but node:http, and a set to see what is missing. Run as `node -e`.
const http = require('node:http');
const agent = new http.Agent({ keepAlive: true });

function send(method, path, body, headers) {
  return new Promise((resolve, reject) => {
    const url = process.env.ZOHO_ACCOUNTS_URL + path;
    const request = http.request(url, { method, headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks))));
    });
    request.on('error', reject);
    request.end(body);
  });
}

void (async () => {
  const form = { grant_type: 'refresh_token', client_id: 'a', client_secret: 'b', refresh_token: 'c' };
  const token = await send('POST', '/oauth/v2/token', new URLSearchParams(form).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  const live = await send('GET', '/crm/v8/settings/fields?module=Deals&type=all', undefined, {
    authorization: `Zoho-oauthtoken ${token.access_token}`,
  });
  const names = new Set(live.fields.map((field) => field.api_name));
  console.log(['Owner', 'StrategicPartnerId'].filter((name) => !names.has(name)).join());
  agent.destroy();
})();
