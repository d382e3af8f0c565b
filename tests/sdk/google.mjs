// usage: node google.mjs <the sandbox's Google address> <its control address>
// Google's own clients sign in, refresh, write, read back, search, and are refused. Prints what they saw as one JSON line.
import assert from 'node:assert/strict';
import { drive as driveClient } from '@googleapis/drive';
import { sheets as sheetsClient } from '@googleapis/sheets';
import { CodeChallengeMethod, JWT, OAuth2Client } from 'google-auth-library';

const [base, control] = process.argv.slice(2).map(address => address.replace(/\/$/, ''));
const rootUrl = `${base}/`;
const redirectUri = 'http://localhost:5000/google/callback';
const driveFile = 'https://www.googleapis.com/auth/drive.file';

function newClient() {
  return new OAuth2Client({
    clientId: 'node-sdk', clientSecret: 'node-secret', redirectUri,
    endpoints: {
      oauth2AuthBaseUrl: `${base}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${base}/token`,
      oauth2RevokeUrl: `${base}/revoke`,
    },
  });
}

/** The consent page as a person fills it in: the first account, every scope that is ticked, Allow. */
async function consent(url) {
  const page = await (await fetch(url)).text();
  const text = encoded => encoded
    .replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const form = new URLSearchParams();
  for (const [, name, value] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g))
    form.append(name, text(value));
  for (const [, name, value] of page.matchAll(/<input type="checkbox" name="([^"]+)" value="([^"]*)" checked>/g))
    form.append(name, text(value));
  form.append('account', text(page.match(/<select id="account" name="account"><option value="([^"]+)"/)[1]));
  form.append('decision', 'allow');
  const answer = await fetch(`${base}/o/oauth2/v2/auth`, { method: 'POST', body: form, redirect: 'manual' });
  assert.equal(answer.status, 302);
  return new URL(answer.headers.get('location')).searchParams;
}

/** Status and message of a call that must fail. */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    const told = error.response?.data?.error;
    return { status: error.response?.status ?? error.status, message: told?.message ?? told ?? error.message };
  }
  throw new Error('This call should have been refused.');
}

async function order(path, body = {}) {
  const answer = await fetch(`${control}/_/google/${path}`,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal(answer.status, 200);
  return answer.json();
}

// Sign in and refresh.
const client = newClient();
const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
const back = await consent(client.generateAuthUrl({
  access_type: 'offline', prompt: 'consent', scope: ['openid', 'email', driveFile], state: 'a state & more',
  code_challenge: codeChallenge, code_challenge_method: CodeChallengeMethod.S256,
}));
assert.equal(back.get('state'), 'a state & more');
const { tokens } = await client.getToken({ code: back.get('code'), codeVerifier });
client.setCredentials(tokens);
const person = JSON.parse(Buffer.from(tokens.id_token.split('.')[1], 'base64url')).email;
const { credentials } = await client.refreshAccessToken();
assert.notEqual(credentials.access_token, tokens.access_token);
assert.equal(credentials.refresh_token, tokens.refresh_token);

// Create, write, change, read back.
const sheets = sheetsClient({ version: 'v4', auth: client, rootUrl });
const drive = driveClient({ version: 'v3', auth: client, rootUrl });
const title = "Bill's / 50%";
const range = `'${title.replaceAll("'", "''")}'!A1:D2`;
const created = (await sheets.spreadsheets.create({
  requestBody: {
    properties: { title: 'Made by the SDK', locale: 'en_GB', timeZone: 'Europe/London' },
    sheets: [{ properties: { sheetId: 101, title, gridProperties: { rowCount: 20, columnCount: 4 } } }],
  },
})).data;
const { spreadsheetId } = created;
const values = [['0090', '=1+1', '<b>', 12.34], ['2024-01-31', true, '', 45322]];
await sheets.spreadsheets.values.update({ spreadsheetId, range, valueInputOption: 'RAW', requestBody: { values } });
await sheets.spreadsheets.batchUpdate({
  spreadsheetId,
  requestBody: {
    requests: [
      { addSheet: { properties: { sheetId: 7, title: '~ck staging', hidden: true, gridProperties: { rowCount: 5, columnCount: 2 } } } },
      { repeatCell: {
        range: { sheetId: 101, startColumnIndex: 3, endColumnIndex: 4 },
        cell: { userEnteredFormat: { numberFormat: { type: 'NUMBER', pattern: '#,##0.00' } } },
        fields: 'userEnteredFormat.numberFormat' } },
      { addNamedRange: { namedRange: { namedRangeId: 'ck', name: 'CK_Data', range: { sheetId: 101, startRowIndex: 0, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 4 } } } },
      { createDeveloperMetadata: { developerMetadata: {
        metadataKey: 'countingkit.run', metadataValue: 'run-1', location: { sheetId: 101 }, visibility: 'DOCUMENT' } } },
      { deleteSheet: { sheetId: 7 } },
    ],
  },
});
const raw = (await sheets.spreadsheets.values.get({ spreadsheetId, range, valueRenderOption: 'UNFORMATTED_VALUE' })).data.values;
const formulas = (await sheets.spreadsheets.values.get({ spreadsheetId, range, valueRenderOption: 'FORMULA' })).data.values;
const shown = (await sheets.spreadsheets.values.get({ spreadsheetId, range: 'CK_Data' })).data.values;
const found = (await sheets.spreadsheets.developerMetadata.search({
  spreadsheetId, requestBody: { dataFilters: [{ developerMetadataLookup: { metadataKey: 'countingkit.run' } }] },
})).data.matchedDeveloperMetadata;
const masked = (await sheets.spreadsheets.get({ spreadsheetId, fields: 'sheets(properties(sheetId,title))' })).data;
const file = (await drive.files.get({ fileId: spreadsheetId, fields: 'name,mimeType,capabilities(canEdit)' })).data;
const listed = (await drive.files.list({ q: "mimeType='application/vnd.google-apps.spreadsheet' and trashed=false" })).data.files;

// Be refused.
const badRange = await refusal(() => sheets.spreadsheets.values.get({ spreadsheetId, range: 'Nowhere!A1' }));
const badBatch = await refusal(() => sheets.spreadsheets.batchUpdate(
  { spreadsheetId, requestBody: { requests: [{ deleteSheet: { sheetId: 99 } }] } }));
const foreign = (await order('spreadsheets', { title: 'Somebody else made this', owner: person })).spreadsheetId;
const hidden = await refusal(() => sheets.spreadsheets.get({ spreadsheetId: foreign }));

// A service account: its library always asks Google's own token address, so that one call is sent to the sandbox instead.
const key = await order('service-accounts');
const account = new JWT({ email: key.client_email, key: key.private_key, scopes: ['https://www.googleapis.com/auth/spreadsheets'] });
const request = account.transporter.request.bind(account.transporter);
account.transporter.request = options => request(
  String(options.url) === 'https://oauth2.googleapis.com/token' ? { ...options, url: key.token_uri } : options);
const machine = sheetsClient({ version: 'v4', auth: account, rootUrl });
const unshared = await refusal(() => machine.spreadsheets.get({ spreadsheetId: foreign }));
await order('share', { spreadsheetId: foreign, email: key.client_email, role: 'writer' });
await machine.spreadsheets.values.update(
  { spreadsheetId: foreign, range: 'A1', valueInputOption: 'RAW', requestBody: { values: [['by the service account']] } });
const byMachine = (await machine.spreadsheets.values.get({ spreadsheetId: foreign, range: 'A1' })).data.values;
const cannotCreate = await refusal(() => machine.spreadsheets.create({ requestBody: {} }));

// The end of the sign-in.
const { access_token, refresh_token } = client.credentials;
await client.revokeToken(refresh_token);
const stale = newClient();
stale.setCredentials({ access_token });
const revoked = await refusal(() => sheetsClient({ version: 'v4', auth: stale, rootUrl }).spreadsheets.get({ spreadsheetId }));
const renewal = newClient();
renewal.setCredentials({ refresh_token });
const notRenewed = await refusal(() => renewal.refreshAccessToken());

console.log(JSON.stringify({
  person, title: created.properties.title, raw, formulas, shown, found: found[0].developerMetadata.metadataValue,
  tabs: masked.sheets.map(sheet => sheet.properties.title), file, listed: listed.map(each => each.name),
  badRange, badBatch, hidden, unshared, byMachine, cannotCreate, revoked, notRenewed,
}));
