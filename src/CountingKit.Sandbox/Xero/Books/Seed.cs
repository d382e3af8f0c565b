using System.Buffers.Binary;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>What everything in the books of one organization is made from: the same seed gives the same books.</summary>
/// <param name="Now">The books end here.</param>
/// <param name="Invoices">How many sales invoices it was made with; the size of everything else.</param>
internal sealed record Seed(Organization Organization, DateTimeOffset Now, int Invoices)
{
    private const int Days = 700;

    public Country Country => Organization.Country;

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public string Id(string kind, int ordinal) => DerivedId.Of($"{Organization.TenantId} {kind} {ordinal}");

    /// <summary>Numbers from 1, one for so many invoices; at least a few, but none in books without an invoice.</summary>
    public IEnumerable<int> Numbers(int oneIn) =>
        Enumerable.Range(1, Invoices == 0 ? 0 : Math.Max(8, Invoices / oneIn));

    /// <summary>A day of the two years, later ones for greater numbers.</summary>
    public DateOnly Day(int ordinal, int oneIn, Random dice)
    {
        var total = Numbers(oneIn).Count();
        return Today.AddDays(-(int)(Days * (long)(total - ordinal) / total) - dice.Next(3));
    }

    /// <summary>A moment of that day, in the past.</summary>
    public DateTimeOffset Moment(DateOnly day, Random dice)
    {
        var moment = new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.Zero).AddMilliseconds(dice.Next(36_000_000));
        var latest = Now.AddHours(-1);
        return moment < latest ? moment : latest.AddMilliseconds(-dice.Next(3_600_000));
    }

    public static string Reference(int ordinal) => (ordinal % 4) switch
    {
        1 => Catalog.References[ordinal / 4 % Catalog.References.Length],
        2 => $"REF-{ordinal:0000}",
        _ => "",
    };

    /// <summary>Another currency now and then.</summary>
    public string Currency(int ordinal) =>
        ordinal % 8 == 5 ? ((string[])["EUR", "USD", "GBP"])[ordinal / 8 % 3] : Country.Currency;

    public static Random Dice(string id) =>
        new(BinaryPrimitives.ReadInt32LittleEndian(Guid.Parse(id).ToByteArray()));

    public static string Taxing(int ordinal) => ordinal % 17 == 0 ? "NoTax" : ordinal % 5 == 2 ? "Inclusive" : "Exclusive";
}
