using System.Text.Json.Serialization;
using CountingKit.Connections;
using CountingKit.Runs;

namespace CountingKit.Adapters.Xero;

internal sealed record OrganisationsJson(IReadOnlyList<OrganisationJson?>? Organisations);

/// <summary>What is read of Xero's Organisation; its APIKey is a secret and is not.</summary>
internal sealed record OrganisationJson(
    [property: JsonRequired, JsonPropertyName("OrganisationID")] Guid OrganisationId,
    string? Name,
    string? LegalName,
    string? CountryCode,
    string? BaseCurrency,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int? FinancialYearEndDay,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int? FinancialYearEndMonth,
    string? Timezone,
    string? Edition,
    string? Class,
    string? OrganisationStatus,
    string? ShortCode,
    bool? IsDemoCompany)
{
    public XeroOrganization ToOrganization(SourcePage received) => new(
        OrganisationId, Text(Name) ?? OrganisationId.ToString(), Text(LegalName), Text(CountryCode), Text(BaseCurrency),
        FinancialYearEndDay, FinancialYearEndMonth, Text(Timezone), Text(Edition), Text(Class),
        Text(OrganisationStatus), Text(ShortCode), IsDemoCompany == true)
    {
        Received = received,
    };

    /// <summary>Absent, null and "" are all "no value" to Xero.</summary>
    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
