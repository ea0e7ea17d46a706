import { randomBytes } from 'node:crypto';
import type { Reply } from '../http/exchange.ts';
import { GUIDE_SCOPE } from './issue.ts';

/** What the page shows of the one Self Client that there is. */
interface SelfClient {
  readonly id: string;
  readonly secret: string;
}

/**
 * The page that stands for Zoho's API console (sheet §1.1): client id, client secret, and codes for as many minutes as the
 * console offers (sheet §1.4). Making one is a request of JSON, which no other page can send.
 */
export function consolePage({ id, secret }: SelfClient): Reply {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Self Client: the local Zoho</title>
<style nonce="${nonce}">
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
label { display: block; margin: 0.5rem 0 }
input { width: 100%; font: inherit; box-sizing: border-box }
select, button { font: inherit }
code, output { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
</style>
<h1>Self Client</h1>
<p>This page of the local Zoho stands for Zoho's API console. Nothing on it is secret, and nothing reaches Zoho.</p>
<h2>Client Secret</h2>
<p>Client ID<br><code>${escaped(id)}</code></p>
<p>Client Secret<br><code>${escaped(secret)}</code></p>
<h2>Generate Code</h2>
<form>
<label>Scope <input name="scope" required value="${escaped(GUIDE_SCOPE.replaceAll(' ', ','))}"></label>
<label>Time Duration <select name="minutes">
<option value="3">3 minutes<option value="5">5 minutes<option value="7">7 minutes<option value="10">10 minutes</select></label>
<label>Scope Description <input name="description"></label>
<button>Create</button>
</form>
<p><output></output></p>
<script nonce="${nonce}">
const form = document.querySelector('form');
const output = document.querySelector('output');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ scope: form.elements.scope.value, minutes: Number(form.elements.minutes.value) });
  try {
    const answer = await fetch('codes', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { code, error } = await answer.json();
    output.textContent = code ?? error;
  } catch {
    output.textContent = 'The local Zoho does not answer: it was stopped.';
  }
});
</script>
</html>
`;
  const headers = {
    'content-type': 'text/html;charset=UTF-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, headers, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
