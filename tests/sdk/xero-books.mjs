// usage: node xero-books.mjs <the sandbox's Xero address>
// Xero's own SDK reads every list and every report of the books. Prints what it saw as one JSON line.
import { consent } from './xero-consent.mjs';
import { sendXeroTo } from './xero-hosts.mjs';
import { XeroClient } from 'xero-node';

const base = process.argv[2];
sendXeroTo(base);

const read = ['settings', 'contacts', 'invoices', 'payments', 'banktransactions', 'manualjournals', 'budgets', 'journals',
  ...['profitandloss', 'balancesheet', 'trialbalance', 'banksummary', 'executivesummary', 'budgetsummary']
    .map(report => `reports.${report}`)];
const xero = new XeroClient({
  clientId: 'node-sdk-books', clientSecret: 'node-secret', redirectUris: ['http://localhost:5000/callback'],
  scopes: ['openid', 'profile', 'email', 'offline_access', ...read.map(scope => `accounting.${scope}.read`)],
  state: 'books', httpTimeout: 60000,
});
await xero.apiCallback(await consent(base, await xero.buildConsentUrl()));
const [{ tenantId }] = await xero.updateTenants(false);
const api = xero.accountingApi;
const none = undefined;

/** Every page, by what the pagination object says. */
async function paged(name, call) {
  const all = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const { body } = await call(page);
    pages = body.pagination.pageCount;
    all.push(...body[name]);
  }
  return all;
}

/** Until a page has fewer than a hundred. */
async function hundreds() {
  const all = [];
  for (let page = 1, last = 100; last === 100; page++) {
    const { quotes } = (await api.getQuotes(tenantId, none, none, none, none, none, none, none, page)).body;
    last = quotes.length;
    all.push(...quotes);
  }
  return all;
}

/** By the number of the last one, until there is none. */
async function journals() {
  const all = [];
  for (let offset = 0; ;) {
    const { body } = await api.getJournals(tenantId, none, offset);
    if (body.journals.length === 0) return all;
    all.push(...body.journals);
    offset = Math.max(...body.journals.map(journal => journal.journalNumber));
  }
}

const lists = {
  creditNotes: await paged('creditNotes', page => api.getCreditNotes(tenantId, none, none, none, page, 4, 50)),
  payments: await paged('payments', page => api.getPayments(tenantId, none, none, none, page, 500)),
  overpayments: await paged('overpayments', page => api.getOverpayments(tenantId, none, none, none, page, 4, 50)),
  prepayments: await paged('prepayments', page => api.getPrepayments(tenantId, none, none, none, page, 4, 50)),
  bankTransactions: await paged('bankTransactions',
    page => api.getBankTransactions(tenantId, none, none, none, page, 4, 500)),
  manualJournals: await paged('manualJournals', page => api.getManualJournals(tenantId, none, none, none, page, 50)),
  purchaseOrders: await paged('purchaseOrders',
    page => api.getPurchaseOrders(tenantId, none, none, none, none, none, page, 50)),
  quotes: await hundreds(),
  bankTransfers: (await api.getBankTransfers(tenantId, none, none, none, true)).body.bankTransfers,
  repeatingInvoices: (await api.getRepeatingInvoices(tenantId)).body.repeatingInvoices,
  items: (await api.getItems(tenantId, none, none, none, 4)).body.items,
  taxRates: (await api.getTaxRates(tenantId)).body.taxRates,
  trackingCategories: (await api.getTrackingCategories(tenantId, none, none, true)).body.trackingCategories,
  currencies: (await api.getCurrencies(tenantId)).body.currencies,
  users: (await api.getUsers(tenantId)).body.users,
  contactGroups: (await api.getContactGroups(tenantId)).body.contactGroups,
  accounts: (await api.getAccounts(tenantId)).body.accounts,
  budgets: (await api.getBudgets(tenantId)).body.budgets,
  journals: await journals(),
};
const budget = (await api.getBudget(tenantId, lists.budgets[0].budgetID)).body.budgets[0];
const bill = lists.payments.find(payment => payment.batchPayment);

const [from, to] = process.argv.slice(3);
const reports = {
  profitAndLoss: await api.getReportProfitAndLoss(tenantId, from, to, 2, 'MONTH', none, none, none, none, true, false),
  balanceSheet: await api.getReportBalanceSheet(tenantId, to, 2, 'QUARTER', none, none, true, false),
  trialBalance: await api.getReportTrialBalance(tenantId, to),
  bankSummary: await api.getReportBankSummary(tenantId, from, to),
  executiveSummary: await api.getReportExecutiveSummary(tenantId, to),
  budgetSummary: await api.getReportBudgetSummary(tenantId, from, 4, 3),
};
const report = name => reports[name].body.reports[0];

console.log(JSON.stringify({
  counts: Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length])),
  withLines: ['creditNotes', 'overpayments', 'prepayments', 'bankTransactions', 'purchaseOrders', 'quotes']
    .filter(name => lists[name].some(record => record.lineItems.length > 0)),
  journalLines: lists.manualJournals.some(journal => journal.journalLines.length > 1),
  allocated: lists.creditNotes.some(note => note.allocations[0]?.invoice.invoiceID.length === 36),
  batch: bill.batchPayment.type,
  budgetMonths: budget.budgetLines[0].budgetBalances.length,
  unbalanced: lists.journals.filter(journal =>
    Math.round(100 * journal.journalLines.reduce((sum, line) => sum + line.netAmount, 0)) !== 0).length,
  oldest: Math.min(...lists.manualJournals.map(journal => new Date(journal.date).getUTCFullYear())),
  titles: Object.fromEntries(Object.keys(reports).map(name => [name, report(name).reportTitles.at(-1)])),
  columns: Object.fromEntries(Object.keys(reports).map(name => [name, report(name).rows[0].cells.length])),
  rows: Object.fromEntries(Object.keys(reports).map(name =>
    [name, report(name).rows.flatMap(section => section.rows ?? []).length])),
}));
