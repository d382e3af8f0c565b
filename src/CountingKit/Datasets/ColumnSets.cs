using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>Columns that several datasets share.</summary>
internal static class ColumnSets
{
    public const string IdentifiesRow = "Identifies the row.";
    private static readonly string[] TrackingParts = ["Name", "Option"];

    private const string Computed =
        "Computed from the record's own rate; blank when Xero gives none and the record is not in the base currency.";

    public static Column Organization { get; } = new(
        "organization", "Organization", Text, ColumnPaths.Organization, IsDefault: false,
        "Which organization the row belongs to, for tables that stack several.");

    /// <summary>Xero's own code for the status, beside the words for it.</summary>
    public static Column StatusCode(string path = "Status") =>
        new("statusCode", "Status Code", Text, path, IsDefault: false, "The status as Xero stores it.") { ForAccountants = true };

    public static Column Updated { get; } = new("updated", "Updated (UTC)", Instant, "UpdatedDateUTC", IsDefault: false);

    /// <summary>Of a line's account, by the line's columns <c>accountId</c> and <c>accountCode</c>.</summary>
    public static Column AccountName { get; } = Column.LookedUp(
        "accountName", "Account Name", new("accounts", "name", ("accountId", "accountId"), ("accountCode", "code")),
        note: "From the chart of accounts: one more call to Xero a run.");

    /// <summary>By the line's column <c>taxType</c>.</summary>
    public static Column TaxRateName { get; } = Column.LookedUp(
        "taxRateName", "Tax Rate", new("taxRates", "name", ("taxType", "taxType")), isDefault: false,
        "From the tax rates: one more call to Xero a run.");

    /// <summary>An amount of the record in the organization's base currency.</summary>
    /// <param name="amount">A path, or a formula without its <c>=</c>.</param>
    /// <param name="currency">Path of the record's currency.</param>
    public static Column InBase(
        string key, string heading, string amount, bool isDefault = false, string currency = "CurrencyCode") =>
        new(key, heading, Money, $"={amount} / CurrencyRate", isDefault, Computed, Unrated: new(
            new($"{key} unrated", heading, Money, $"=unrated({amount}, CurrencyRate)"), new("currency", "Currency", Text, currency)))
        {
            ForAccountants = true,
        };

    public static Column Id(string key, string heading, string path) => new(key, heading, Text, path, IsDefault: false);

    /// <summary>Of a line's account.</summary>
    public static Column AccountId { get; } = Id("accountId", "Account ID", "LineItems[].AccountID");

    /// <param name="recordId">The document's own id, for lines without one.</param>
    public static Column LineId(string recordId) =>
        new("lineId", "Line ID", Text, $"=id(LineItems[].LineItemID, {recordId})", Note: IdentifiesRow);

    /// <summary>How a document's amounts were entered.</summary>
    public static Column LineAmounts { get; } = new(
        "lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false,
        "How the document was entered: Exclusive, Inclusive or NoTax.") { ForAccountants = true };

    /// <summary>The two tracking categories that a line, a transfer's side or a budget can have, by their place.</summary>
    public static IEnumerable<Column> Tracking(string key, string heading, string list, bool areDefault) =>
        Enumerable.Range(1, 2).SelectMany(number => TrackingParts.Select(part => new Column(
            $"{key}{number}{part}", $"{heading} {number} {part}", Text, $"{list}[{number - 1}].{part}",
            areDefault && part == "Option")));

    /// <summary>What stands on the lines of a document, in its order (Xero Accounting API, LineItems).</summary>
    /// <param name="hasDiscounts">False = lines of this document cannot have any.</param>
    public static IEnumerable<Column> Lines(bool hasDiscounts)
    {
        const string line = "LineItems[].";
        const string net = $"net({line}LineAmount, {line}TaxAmount, LineAmountTypes)";
        const string gross = $"gross({line}LineAmount, {line}TaxAmount, LineAmountTypes)";
        yield return new("lineNumber", "Line", WholeNumber, ColumnPaths.Place, IsDefault: false, Note: "Its place in the document, from 1.");
        yield return new("description", "Description", Text, line + "Description");
        yield return new("quantity", "Quantity", ColumnType.Decimal, line + "Quantity");
        yield return new("unitAmount", "Unit Amount", ColumnType.Decimal, line + "UnitAmount", Note: "With up to four decimals.");
        yield return new("itemCode", "Item Code", Text, line + "ItemCode", IsDefault: false) { ForAccountants = true };
        yield return new("itemName", "Item Name", Text, line + "Item.Name", IsDefault: false);
        yield return new("accountCode", "Account Code", Text, line + "AccountCode");
        yield return AccountName;
        yield return new("taxType", "Tax Type", Text, line + "TaxType", IsDefault: false, "Xero's code for the tax rate.") { ForAccountants = true };
        yield return TaxRateName;
        yield return new("taxAmount", "Tax Amount", Money, line + "TaxAmount");
        yield return new(
            "lineAmount", "Line Amount", Money, line + "LineAmount", IsDefault: false,
            "As entered: with tax where the document's amounts include it.") { ForAccountants = true };
        if (hasDiscounts)
        {
            yield return new("discountRate", "Discount %", ColumnType.Decimal, line + "DiscountRate", IsDefault: false) { ForAccountants = true };
            yield return new("discountAmount", "Discount Amount", Money, line + "DiscountAmount", IsDefault: false) { ForAccountants = true };
        }

        yield return new("netAmount", "Net Amount", Money, $"={net}", Note: "Without tax, whichever way the document was entered.");
        yield return InBase("lineAmountBase", "Line Amount (base)", $"{line}LineAmount");
        yield return new("grossAmount", "Gross Amount", Money, $"={gross}", Note: "With tax, whichever way the document was entered.");
        yield return InBase("netAmountBase", "Net Amount (base)", net, isDefault: true);
        yield return InBase("taxAmountBase", "Tax Amount (base)", $"{line}TaxAmount");
        yield return InBase("grossAmountBase", "Gross Amount (base)", gross);
        foreach (var column in Tracking("tracking", "Tracking", line + "Tracking", areDefault: true)) yield return column;
    }
}
