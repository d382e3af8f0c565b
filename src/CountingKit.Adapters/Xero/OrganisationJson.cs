using System.Globalization;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Messaging;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// What is read of Xero's Organisation; its APIKey is a secret and is not. Absent, null, "" and what is of another kind
/// are all "no value"; numbers and booleans may come as texts, and the other way round.
/// </summary>
internal static class OrganisationJson
{
    /// <param name="received">Its first record is the organization.</param>
    /// <returns>Null = there is none, or it has no id.</returns>
    public static XeroOrganization? Of(SourcePage received)
    {
        if (received.Records is not [{ } record, ..] || !Guid.TryParse(record.Key, out var id)) return null;
        using var document = JsonDocument.Parse(record.Json);
        var o = document.RootElement;
        return new(
            id, Name(o, "Name") ?? id.ToString(), Name(o, "LegalName"), Text(o, "CountryCode"), Text(o, "BaseCurrency"),
            Number(o, "FinancialYearEndDay"), Number(o, "FinancialYearEndMonth"), Text(o, "Timezone"),
            Text(o, "Edition"), Text(o, "Class"), Text(o, "OrganisationStatus"), Text(o, "ShortCode"),
            string.Equals(Text(o, "IsDemoCompany"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Received = received,
        };
    }

    /// <summary>As pages show it, beside words of ours; what was received is kept as it came.</summary>
    private static string? Name(JsonElement record, string name) =>
        PlainText.Straight(Text(record, name) ?? "") is { Length: > 0 } text ? text : null;

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) ? LooseJson.Text(value) : null;

    private static int? Number(JsonElement record, string name) =>
        decimal.TryParse(Text(record, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and <= 366 && decimal.IsInteger(number)
            ? (int)number
            : null;
}
