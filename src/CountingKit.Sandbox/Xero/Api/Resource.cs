namespace CountingKit.Sandbox.Xero.Api;

/// <summary>A list of the Accounting API that lives in the <c>records</c> table.</summary>
/// <param name="Name">Path and name of the array.</param>
/// <param name="Scope">Without <c>.read</c>.</param>
/// <param name="Paged">Takes <c>page</c>.</param>
/// <param name="Fields">What <c>where</c> and <c>order</c> may name, as SQL over the table.</param>
internal sealed record Resource(
    string Name, string IdField, string Scope, bool Paged, IReadOnlyDictionary<string, Field> Fields)
{
    public static readonly Resource Invoices = new("Invoices", "InvoiceID", "accounting.invoices", true, Map(
        new("InvoiceID", "id", Kind.Id),
        new("Type", "type"),
        new("Status", "status"),
        new("UpdatedDateUTC", "updated", Kind.Instant),
        new("InvoiceNumber", Json("InvoiceNumber")),
        new("Reference", Json("Reference")),
        new("CurrencyCode", Json("CurrencyCode")),
        new("Contact.ContactID", Json("Contact.ContactID"), Kind.Id),
        new("Contact.Name", Json("Contact.Name")),
        new("Contact.ContactNumber", Json("Contact.ContactNumber")),
        new("Date", Json("DateString"), Kind.Date),
        new("DueDate", Json("DueDateString"), Kind.Date),
        new("Total", Json("Total"), Kind.Number),
        new("AmountDue", Json("AmountDue"), Kind.Number),
        new("AmountPaid", Json("AmountPaid"), Kind.Number)));

    public static readonly Resource Contacts = new("Contacts", "ContactID", "accounting.contacts", true, Map(
        new("ContactID", "id", Kind.Id),
        new("ContactStatus", "status"),
        new("UpdatedDateUTC", "updated", Kind.Instant),
        new("Name", Json("Name")),
        new("EmailAddress", Json("EmailAddress")),
        new("AccountNumber", Json("AccountNumber"))));

    public static readonly Resource Accounts = new("Accounts", "AccountID", "accounting.settings", false, Map(
        new("AccountID", "id", Kind.Id),
        new("Type", "type"),
        new("Status", "status"),
        new("UpdatedDateUTC", "updated", Kind.Instant),
        new("Code", Json("Code")),
        new("Name", Json("Name")),
        new("Class", Json("Class"))));

    public static Resource? Named(string name) =>
        ((Resource[])[Invoices, Contacts, Accounts]).FirstOrDefault(resource => resource.Name == name);

    public Field Find(string name) => Fields.TryGetValue(name, out var field)
        ? field
        : throw new QueryParseException($"No property or field '{name}' exists in type '{Name.TrimEnd('s')}'");

    private static string Json(string path) => $"json_extract(json, '$.{path}')";

    private static Dictionary<string, Field> Map(params Field[] fields) => fields.ToDictionary(field => field.Name);
}

internal sealed record Field(string Name, string Sql, Kind Kind = Kind.Text);

internal enum Kind
{
    Text,
    Id,
    Number,
    Date,
    Instant,
}
