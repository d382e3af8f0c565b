namespace CountingKit.Sandbox.Xero.Books;

/// <summary>A line of an invoice. Amounts are in the document's currency.</summary>
/// <param name="Quantity">Null: a line of text alone.</param>
internal sealed record Line(
    string Id, string Description, decimal? Quantity, decimal UnitAmount, decimal LineAmount, decimal TaxAmount,
    string AccountCode, string TaxType);

/// <summary>
/// Makes the lines of one document: ordinary ones, and now and then cents or sums that trip up doubles.
/// </summary>
internal static class LineMaker
{
    public static List<Line> Make(
        Country country, string documentId, int ordinal, bool bill, string taxing, Random random)
    {
        List<Line> lines = [];
        if (ordinal % 25 == 4)
        {
            Add("Stamp", 1, 0.10m, "200");
            Add("Envelope", 1, 0.20m, "200");
        }
        else if (ordinal % 100 == 50)
        {
            Add("Wholesale settlement", 1, 9_876_543_210.98m, "200");
        }
        else
        {
            for (var left = random.Next(1, 5); left > 0; left--)
            {
                var (text, price, account) = Catalog.Items[random.Next(Catalog.Items.Length)];
                Add(ordinal % 10 == 7 && lines.Count == 0
                    ? Catalog.Descriptions[ordinal / 10 % Catalog.Descriptions.Length]
                    : text, random.Next(1, 400) / 4m, price, account);
            }
        }

        if (ordinal % 13 == 0)
        {
            const string thanks = "Thank you for your business.\nPlease quote the invoice number.";
            lines.Add(new Line(NextId(), thanks, null, 0, 0, 0, "", ""));
        }

        return lines;

        void Add(string text, decimal quantity, decimal price, string account)
        {
            var amount = Round(quantity * price);
            var tax = taxing switch
            {
                "Exclusive" => Round(amount * country.TaxRate),
                "Inclusive" => Round(amount - amount / (1 + country.TaxRate)),
                _ => 0m,
            };
            var type = taxing == "NoTax" ? "NONE" : bill ? country.PurchaseTax : country.SalesTax;
            lines.Add(new Line(NextId(), text, quantity, price, amount, tax, account, type));
        }

        string NextId() => DerivedId.Of($"{documentId} line {lines.Count}");
    }

    public static decimal Round(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero) + 0.00m;
}
