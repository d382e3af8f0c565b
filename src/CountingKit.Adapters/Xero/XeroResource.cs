using System.Globalization;

namespace CountingKit.Adapters.Xero;

/// <summary>How one list of the Accounting API is read (api.xro/2.0).</summary>
/// <param name="Name">Its path and its array's name.</param>
/// <param name="Key">The record's id; ordered by it, a record that changes while we page stays in its place.</param>
/// <param name="Options">What else is asked for, so that nothing is left out or rounded.</param>
internal sealed record XeroResource(string Name, string Key, string Options)
{
    private const int PageSize = 1_000;

    private static readonly XeroResource[] All =
    [
        new("Invoices", "InvoiceID", "unitdp=4&includeArchived=true"),
    ];

    /// <exception cref="ArgumentException">Not one that can be read.</exception>
    public static XeroResource Of(string name) =>
        Array.Find(All, r => r.Name == name)
        ?? throw new ArgumentException($"Xero's {name} can't be read.", nameof(name));

    public string Page(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}?page={number}&pageSize={PageSize}&order={Key}%20ASC&{Options}");
}
