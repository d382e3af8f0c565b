using System.Text.Json;
using static CountingKit.Testing.Sheets.XeroFields;

namespace CountingKit.Testing.Sheets;

/// <summary>
/// What a sheet's cells must hold for a contact as Xero sends it: written from Xero's and Google's documentation, with nothing of
/// the product in it.
/// </summary>
internal static class ExpectedContact
{
    /// <summary>By heading, those that are chosen unless somebody chooses others.</summary>
    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> Columns { get; } = new Dictionary<string, Func<JsonElement, object?>>
    {
        ["Name"] = contact => Text(contact, "Name"),
        ["Account Number"] = contact => Text(contact, "AccountNumber"),
        ["Status"] = contact => Text(contact, "ContactStatus") switch
        {
            "ACTIVE" => "Active", "ARCHIVED" => "Archived", "GDPRREQUEST" => "GDPR request", var other => other,
        },
        ["Is Customer"] = contact => YesNo(contact, "IsCustomer"),
        ["Is Supplier"] = contact => YesNo(contact, "IsSupplier"),
        ["First Name"] = contact => Text(contact, "FirstName"),
        ["Last Name"] = contact => Text(contact, "LastName"),
        ["Email"] = contact => Text(contact, "EmailAddress"),
        ["Main Phone"] = contact => Phone(contact),
        ["Mailing Address 1"] = contact => Mailing(contact, "AddressLine1"),
        ["Mailing City"] = contact => Mailing(contact, "City"),
        ["Mailing Region"] = contact => Mailing(contact, "Region"),
        ["Mailing Postal Code"] = contact => Mailing(contact, "PostalCode"),
        ["Mailing Country"] = contact => Mailing(contact, "Country"),
        ["Tax Number"] = contact => Text(contact, "TaxNumber"),
        ["Default Currency"] = contact => Text(contact, "DefaultCurrency"),
        ["Receivable Outstanding"] = contact => Balance(contact, "AccountsReceivable", "Outstanding"),
        ["Receivable Overdue"] = contact => Balance(contact, "AccountsReceivable", "Overdue"),
        ["Payable Outstanding"] = contact => Balance(contact, "AccountsPayable", "Outstanding"),
        ["Payable Overdue"] = contact => Balance(contact, "AccountsPayable", "Overdue"),
        ["Contact ID"] = contact => Text(contact, "ContactID"),
    };

    private static JsonElement? Of(JsonElement contact, string list, string kind, string wanted)
    {
        if (!contact.TryGetProperty(list, out var all)) return null;
        foreach (var one in all.EnumerateArray())
            if (Text(one, kind) == wanted) return one;
        return null;
    }

    private static string? Mailing(JsonElement contact, string part) =>
        Of(contact, "Addresses", "AddressType", "POBOX") is { } address ? Text(address, part) : null;

    private static string? Phone(JsonElement contact)
    {
        if (Of(contact, "Phones", "PhoneType", "DEFAULT") is not { } phone) return null;
        var parts = new[] { "PhoneCountryCode", "PhoneAreaCode", "PhoneNumber" }.Select(part => Text(phone, part)).OfType<string>();
        return string.Join(" ", parts) is { Length: > 0 } number ? number : null;
    }

    private static object? Balance(JsonElement contact, string side, string kind) =>
        contact.TryGetProperty("Balances", out var balances) && balances.ValueKind == JsonValueKind.Object
            && balances.TryGetProperty(side, out var of) ? Amount(of, kind) : null;
}
