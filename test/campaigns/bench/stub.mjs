// A server that answers like Zoho after a fixed delay, with so many live fields. Run as a process of its own, so that its
// work is not counted as anybody's.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const delay = Number(process.argv[2]);
const count = Number(process.argv[3] ?? 60);
const { base } = JSON.parse(
  readFileSync(new URL('../../../src/emulator/seeds/field-shapes.json', import.meta.url), 'utf8'),
);
const fields = JSON.stringify({
  fields: Array.from({ length: count }, (_, index) => ({
    ...base,
    id: `60842170000${String(index).padStart(8, '0')}`,
    api_name: `Field_${index}`,
    field_label: `Field ${index}`,
    display_label: `Field ${index}`,
    data_type: 'text',
    // The first is a standard one: no module is without.
    custom_field: index > 0,
    length: 50,
  })),
});

const server = createServer((request, response) => {
  const body = request.url.startsWith('/oauth/')
    ? JSON.stringify({
        access_token: '1000.aa.bb',
        api_domain: `http://${request.headers.host}`,
        expires_in: 3600,
      })
    : fields;
  request.resume();
  request.on('end', () => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body), delay);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
