using CountingKit.Testing.Sandbox;

namespace CountingKit.Testing.Sheets;

/// <summary>A tab of exported contacts, in their default columns, against <c>GET /Contacts</c>.</summary>
public static class ContactSheet
{
    private static readonly SheetOfRecords Sheet = new("Contacts", _ => true, "ContactID", "Contact ID", ExpectedContact.Columns);

    /// <inheritdoc cref="InvoiceSheet.Compare"/>
    public static Task Compare(ISandbox sandbox, string spreadsheetId, string tab, string tenantId, int least) =>
        Sheet.Compare(sandbox, spreadsheetId, tab, tenantId, least);
}
