import assert from 'node:assert/strict';

/**
 * The consent page as a person fills it in: the first organization, Allow access.
 * @param {string} base the sandbox's Xero address
 * @param {string} url the consent page
 * @returns where the browser is sent back to
 */
export async function consent(base, url) {
  const page = await (await fetch(url)).text();
  const text = encoded => encoded.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
    .replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const form = new URLSearchParams();
  for (const [, name, value] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g))
    form.append(name, text(value));
  for (const [, name, options] of page.matchAll(/<select id="[^"]+" name="([^"]+)">(.*?)<\/select>/gs))
    form.append(name, options.match(/value="([^"]+)"/)[1]);
  form.append('answer', 'allow');
  const answer = await fetch(new URL('/identity/connect/authorize', base),
    { method: 'POST', body: form, redirect: 'manual' });
  assert.equal(answer.status, 302);
  return answer.headers.get('location');
}
