using System.Buffers.Binary;
using System.Globalization;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>
/// Makes sales invoices (<c>ACCREC</c>) and bills (<c>ACCPAY</c>): the same ones for the same organization, place and
/// day, in every sandbox.
/// </summary>
/// <param name="now">The books end here.</param>
/// <param name="bytes">Least size of a record's JSON; 0: as it comes.</param>
internal sealed class InvoiceMaker(Organization organization, DateTimeOffset now, int bytes)
{
    /// <param name="ordinal">From 1, within the type.</param>
    /// <param name="total">How many there will be: they are spread over two years.</param>
    public Record Make(bool bill, int ordinal, int total)
    {
        var id = DerivedId.Of($"{organization.TenantId} {(bill ? "bill" : "invoice")} {ordinal}");
        var random = new Random(BinaryPrimitives.ReadInt32LittleEndian(Guid.Parse(id).ToByteArray()));
        var country = organization.Country;
        var daysAgo = (int)(700L * (total - ordinal) / total) + random.Next(3);
        var date = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-daysAgo);
        var status = StatusOf(random.Next(100));
        var taxing = ordinal % 17 == 0 ? "NoTax" : ordinal % 5 == 2 ? "Inclusive" : "Exclusive";
        var currency = ordinal % 8 == 5 ? ((string[])["EUR", "USD", "GBP"])[random.Next(3)] : country.Currency;
        var lines = LineMaker.Make(organization, id, ordinal, bill, taxing, random);
        var amounts = Amounts.Of(lines, taxing);
        var (paid, credited) = Settled(status, ordinal, amounts.Gross);
        var settledOn = date.AddDays(random.Next(2, 25));

        var document = new InvoiceDocument
        {
            Id = id,
            Type = bill ? "ACCPAY" : "ACCREC",
            Number = bill ? BillNumber(ordinal) : $"INV-{ordinal.ToString("0000", CultureInfo.InvariantCulture)}",
            Reference = Reference(bill, ordinal),
            Contact = ContactMaker.Pick(organization, bill, random),
            Status = status,
            Date = date,
            DueDate = date.AddDays(random.Next(3) == 0 ? 14 : 30),
            Taxing = taxing,
            Currency = currency,
            CurrencyRate = country.RateOf(currency),
            Lines = status is "VOIDED" or "DELETED" ? [] : lines,
            Amounts = amounts,
            Paid = paid,
            PaymentRate = country.RateOn(settledOn, currency),
            Credited = credited,
            CreditedBy = CreditedBy(ordinal),
            SettledOn = settledOn,
            Sent = !bill && random.Next(2) == 0,
        };
        return document.ToRecord(Updated(status is "PAID" ? settledOn : date, random), bytes);
    }

    private static string StatusOf(int dice) => dice switch
    {
        < 52 => "PAID",
        < 82 => "AUTHORISED",
        < 90 => "DRAFT",
        < 94 => "SUBMITTED",
        < 98 => "VOIDED",
        _ => "DELETED",
    };

    private static (decimal Paid, decimal Credited) Settled(string status, int ordinal, decimal total) => status switch
    {
        "PAID" => (total, 0.00m),
        "AUTHORISED" when ordinal % 7 == 0 => (LineMaker.Round(total / 2), 0.00m),
        "AUTHORISED" when ordinal % 11 == 0 => (0.00m, LineMaker.Round(total / 10)),
        _ => (0.00m, 0.00m),
    };

    /// <summary>Most credits are credit notes; some are money that came before, or too much of it.</summary>
    private static string CreditedBy(int ordinal) => (ordinal / 11 % 4) switch
    {
        2 => "Prepayment",
        3 => "Overpayment",
        _ => "CreditNote",
    };

    /// <summary>Suppliers number bills as they like: twice the same, or not at all.</summary>
    private static string BillNumber(int ordinal) => (ordinal % 6) switch
    {
        0 => "",
        1 => "0090",
        _ => $"RPT{ordinal % 400}-1",
    };

    private static string Reference(bool bill, int ordinal)
    {
        if (bill) return "";
        if (ordinal % 10 == 3) return Catalog.References[ordinal / 10 % Catalog.References.Length];
        return ordinal % 2 == 0 ? $"PO-{4000 + ordinal * 7 % 5000}" : "";
    }

    private DateTimeOffset Updated(DateOnly day, Random random)
    {
        var morning = new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.Zero);
        var moment = morning.AddMilliseconds(random.Next(36_000_000));
        var latest = now.AddHours(-1);
        return moment < latest ? moment : latest.AddMilliseconds(-random.Next(3_600_000));
    }
}
