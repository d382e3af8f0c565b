using System.Text.Json;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>Posts every approved document of an organization. What is settled comes before what settles it.</summary>
internal sealed class Bookkeeping
{
    private readonly Chart _chart;
    private readonly Country _country;
    private readonly Dictionary<string, Owed> _owed = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Entry> _entries = [];

    private Bookkeeping(Chart chart, Country country) => (_chart, _country) = (chart, country);

    public static List<Entry> Entries(SandboxSession session, Organization organization, Chart chart)
    {
        var books = new Bookkeeping(chart, organization.Country);
        Each(session, organization, "Invoices", "'AUTHORISED', 'PAID'", books.Invoice);
        Each(session, organization, "CreditNotes", "'AUTHORISED', 'PAID'", books.CreditNote);
        Each(session, organization, "Overpayments", "'AUTHORISED', 'PAID'", books.Advance);
        Each(session, organization, "Prepayments", "'AUTHORISED', 'PAID'", books.Advance);
        Each(session, organization, "BankTransactions", "'AUTHORISED'", books.BankTransaction);
        Each(session, organization, "Payments", "'AUTHORISED'", books.Payment);
        Each(session, organization, "BankTransfers", "'AUTHORISED'",
            (transfer, id) => books.Keep(OtherEntries.Transfer(chart, transfer, id, transfer.Rate ?? 1m)));
        Each(session, organization, "ManualJournals", "'POSTED'",
            (journal, id) => books.Keep(OtherEntries.ManualJournal(chart, journal, id)));
        return books._entries;
    }

    private static void Each(
        SandboxSession session, Organization organization, string resource, string statuses, Action<Wire, string> post)
    {
        using var command = session.Command(
            $"SELECT id, json FROM records WHERE tenant_id = $1 AND resource = $2 AND status IN ({statuses}) ORDER BY key",
            [organization.TenantId, resource]);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            using var json = JsonDocument.Parse(reader.GetFieldValue<byte[]>(1));
            post(new Wire(json.RootElement), reader.GetString(0));
        }
    }

    private void Invoice(Wire invoice, string id)
    {
        var owed = Owe(invoice, id, invoice.Text("Type") == "ACCPAY" ? -1 : 1, payable: invoice.Text("Type") == "ACCPAY");
        Keep(DocumentEntries.Of(
            _chart, invoice, id, invoice.Text("Type"), owed.At, owed.Sign, owed.Rate, Basis.AccrualOnly));
    }

    private void CreditNote(Wire note, string id)
    {
        var payable = note.Text("Type") == "ACCPAYCREDIT";
        var owed = Owe(note, id, payable ? 1 : -1, payable);
        Keep(DocumentEntries.Of(_chart, note, id, note.Text("Type"), owed.At, owed.Sign, owed.Rate, Basis.AccrualOnly));
        Allocations(note, owed, note.Text("Type"));
    }

    /// <summary>Its bank transaction posts it; here is what became of it.</summary>
    private void Advance(Wire advance, string id)
    {
        var payable = advance.Text("Type").StartsWith("SPEND", StringComparison.Ordinal)
            || advance.Text("Type").StartsWith("AP", StringComparison.Ordinal);
        var kind = advance.Text("Type").EndsWith("OVERPAYMENT", StringComparison.Ordinal) ? "OVERPAYMENT" : "PREPAYMENT";
        Allocations(advance, Owe(advance, id, payable ? 1 : -1, payable), (payable ? "AP" : "AR") + kind);
    }

    private void BankTransaction(Wire transaction, string id)
    {
        var type = transaction.Text("Type");
        if (type.EndsWith("-TRANSFER", StringComparison.Ordinal)) return;
        var sign = type.StartsWith("RECEIVE", StringComparison.Ordinal) ? 1 : -1;
        var bank = _chart.Of(
            transaction.Inner("BankAccount").Text("AccountID"), transaction.Inner("BankAccount").Text("Code"));
        Keep(type.Contains('-', StringComparison.Ordinal)
            ? DocumentEntries.Advance(_chart, transaction, id, (sign > 0 ? "AR" : "AP") + type[(type.IndexOf('-') + 1)..],
                bank, sign, RateOf(transaction))
            : DocumentEntries.Of(_chart, transaction, id, sign > 0 ? "CASHREC" : "CASHPAID", bank, sign,
                RateOf(transaction), Basis.Both));
    }

    private void Payment(Wire payment, string id)
    {
        var (invoice, type) = (payment.Inner("Invoice"), payment.Text("PaymentType"));
        var payable = type.StartsWith("ACCPAY", StringComparison.Ordinal) || type.StartsWith("AP", StringComparison.Ordinal);
        var refund = type is not ("ACCRECPAYMENT" or "ACCPAYPAYMENT");
        var sign = payable == refund ? 1 : -1;
        Keep(SettlementEntries.Payment(_chart, payment, id, _owed.GetValueOrDefault(invoice.Text("InvoiceID"))
            ?? new Owed("", At(payable), sign, payment.Number("Amount"), payment.Rate ?? 1m)));
    }

    private void Allocations(Wire credit, Owed from, string sourceType)
    {
        foreach (var allocation in credit.List("Allocations").Where(each => !each.Is("IsDeleted")))
        {
            if (_owed.TryGetValue(allocation.Inner("Invoice").Text("InvoiceID"), out var invoice))
                Keep(SettlementEntries.Allocation(_chart, credit, allocation, from, invoice, sourceType));
        }
    }

    private Owed Owe(Wire document, string id, int sign, bool payable) =>
        _owed[id] = new Owed(id, At(payable), sign, document.Number("Total"), RateOf(document));

    private LedgerAccount At(bool payable) => _chart.System(payable ? "CREDITORS" : "DEBTORS");

    private decimal RateOf(Wire document) =>
        document.Rate ?? (document.Text("CurrencyCode") is { Length: > 0 } currency ? _country.RateOf(currency) : 1m);

    private void Keep(Entry? entry)
    {
        if (entry is not null) _entries.Add(entry);
    }
}
