// usage: node xero.mjs <the sandbox's Xero address>
// Xero's own SDK signs in, refreshes, pages through the invoices, and is refused. Prints what it saw as one JSON line.
import assert from 'node:assert/strict';
import { consent } from './xero-consent.mjs';
import { sendXeroTo } from './xero-hosts.mjs';
import { XeroClient } from 'xero-node';

const base = process.argv[2];
sendXeroTo(base);

const state = 'a state & more';
const scopes = ['openid', 'profile', 'email', 'offline_access', 'accounting.settings.read', 'accounting.invoices.read'];
const redirectUri = 'http://localhost:5000/callback';
const xero = new XeroClient({
  clientId: 'node-sdk', clientSecret: 'node-secret', redirectUris: [redirectUri], scopes, state, httpTimeout: 30000,
});

/** The status of a call that must fail. xero-node rejects with an error or with its JSON. */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    const told = typeof error === 'string' ? JSON.parse(error) : error;
    return told.response?.statusCode ?? told.response?.status ?? told.error ?? told.message;
  }
  throw new Error('This call should have been refused.');
}

const back = await consent(base, await xero.buildConsentUrl());
const first = await xero.apiCallback(back);
const person = first.claims();
const tenants = await xero.updateTenants();
const { tenantId, orgData } = tenants[0];

const renewed = await xero.refreshToken();
assert.notEqual(renewed.refresh_token, first.refresh_token);

const invoices = [];
for (let page = 1, pages = 1; page <= pages; page++) {
  const { body } = await xero.accountingApi.getInvoices(tenantId, undefined, 'Type=="ACCREC"', 'InvoiceID ASC',
    undefined, undefined, undefined, undefined, page, true, undefined, 4, undefined, 500);
  pages = body.pagination.pageCount;
  invoices.push(...body.invoices);
}
const one = (await xero.accountingApi.getInvoice(tenantId, invoices[0].invoiceID, 4)).body.invoices[0];
assert.deepEqual(one, invoices[0]);
const tomorrow = new Date(Date.now() + 86_400_000);
const changed = (await xero.accountingApi.getInvoices(tenantId, tomorrow)).body.invoices;

const unknownTenant = await refusal(() =>
  xero.accountingApi.getInvoices('00000000-0000-0000-0000-000000000001'));
const missingScope = await refusal(() => xero.accountingApi.getContacts(tenantId));
const write = await refusal(() => xero.accountingApi.createInvoices(tenantId, { invoices: [{ type: 'ACCREC' }] }));
const badFilter = await refusal(() => xero.accountingApi.getInvoices(tenantId, undefined, 'Nonsense=='));

await xero.disconnect(tenants[0].id);
const disconnected = await refusal(() => xero.accountingApi.getOrganisations(tenantId));
const left = await xero.updateTenants(false);
const dead = xero.readTokenSet();
await xero.revokeToken();
xero.setTokenSet(dead);
const revoked = await refusal(() => xero.refreshToken());

console.log(JSON.stringify({
  person: person.email,
  organization: orgData.name,
  baseCurrency: orgData.baseCurrency,
  invoices: invoices.length,
  distinct: new Set(invoices.map(invoice => invoice.invoiceID)).size,
  withLines: invoices.filter(invoice => invoice.lineItems.length > 0).length,
  references: [...new Set(invoices.map(invoice => invoice.reference))].filter(text => /^[=+@0<]/.test(text)),
  firstDate: one.date,
  changedAfterTomorrow: changed.length,
  unknownTenant, missingScope, write, badFilter, disconnected, left: left.length, revoked,
}));
