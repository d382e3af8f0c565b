namespace CountingKit.Sandbox.Xero.Books;

/// <summary>
/// Makes the lines of one document: ordinary ones, and now and then cents or sums that trip up doubles.
/// </summary>
internal static class LineMaker
{
    public static List<Line> Make(
        Organization organization, string documentId, int ordinal, bool bill, string taxing, Random random)
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
                var (text, price, account, item) = Catalog.Items[random.Next(Catalog.Items.Length)];
                if (ordinal % 10 == 7 && lines.Count == 0)
                {
                    Add(Catalog.Descriptions[ordinal / 10 % Catalog.Descriptions.Length], random.Next(1, 400) / 4m, price,
                        account);
                }
                else
                {
                    Add(text, random.Next(1, 400) / 4m, price, account, item);
                }
            }
        }

        if (ordinal % 13 == 0)
        {
            const string thanks = "Thank you for your business.\nPlease quote the invoice number.";
            lines.Add(new Line(NextId(), thanks, null, 0, 0, 0, "", ""));
        }

        return lines;

        void Add(string text, decimal quantity, decimal price, string account, string? item = null) =>
            lines.Add(One(organization, NextId(), text, quantity, price, account, bill, taxing) with
            {
                ItemCode = item,
                Tracking = TrackingOption.Of(organization, ordinal + lines.Count),
            });

        string NextId() => DerivedId.Of($"{documentId} line {lines.Count}");
    }

    public static Line One(
        Organization organization, string id, string text, decimal quantity, decimal price, string account, bool bill,
        string taxing)
    {
        var country = organization.Country;
        var amount = Round(quantity * price);
        var type = taxing == "NoTax" ? "NONE" : bill ? country.PurchaseTax : country.SalesTax;
        return new Line(id, text, quantity, price, amount, Tax(country, taxing, amount), account, type)
        {
            AccountId = StandardAccount.IdOf(organization.TenantId, account),
        };
    }

    public static Line Discounted(Line line, decimal percent, Country country, string taxing)
    {
        var amount = Round(line.LineAmount * (100 - percent) / 100);
        return line with { DiscountRate = percent, LineAmount = amount, TaxAmount = Tax(country, taxing, amount) };
    }

    public static decimal Round(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero) + 0.00m;

    private static decimal Tax(Country country, string taxing, decimal amount) => taxing switch
    {
        "Exclusive" => Round(amount * country.TaxRate),
        "Inclusive" => Round(amount - amount / (1 + country.TaxRate)),
        _ => 0m,
    };
}
