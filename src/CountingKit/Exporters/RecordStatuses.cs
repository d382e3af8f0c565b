using CountingKit.Datasets;

namespace CountingKit.Exporters;

/// <summary>The statuses that the records of a dataset can have, for choosing among them.</summary>
public static class RecordStatuses
{
    /// <summary>Xero Accounting API, Invoices, Status.</summary>
    private static readonly IReadOnlyList<RecordStatus> Invoices =
    [
        new("DRAFT", "Draft"), new("SUBMITTED", "Awaiting Approval"), new("AUTHORISED", "Awaiting Payment"),
        new("PAID", "Paid"), new("VOIDED", "Voided"), new("DELETED", "Deleted"),
    ];

    /// <returns>None = this data is not filtered by status.</returns>
    public static IReadOnlyList<RecordStatus> Of(Dataset dataset) =>
        dataset.Resource == "Invoices" && dataset.Columns.Any(c => c.Key == "status") ? Invoices : [];
}

/// <param name="Value">As Xero writes it.</param>
/// <param name="Meaning">As Xero's pages call it.</param>
public sealed record RecordStatus(string Value, string Meaning);
