using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>Columns that several reports share, and what reports have in common as datasets.</summary>
internal static class ReportColumns
{
    private const string ByAccount = "From the chart of accounts: one more call to Xero a run.";

    public static Column Period { get; } = new("period", "Period", Text, "=period");

    public static Column From { get; } = new("from", "From", Date, "=from", IsDefault: false, "The period's first day.");

    public static Column To { get; } = new("to", "To", Date, "=to", Note: "The period's last day.");

    public static Column AsAt { get; } =
        new("asAt", "As At", Date, "=to", Note: "The balances are those at the end of this day.");

    public static Column Section { get; } = new("section", "Section", Text, "=section(Rows[])", Note: "Its title in the report.");

    public static Column Account { get; } =
        new("account", "Account", Text, "Rows[].Cells[0].Value", Note: "As the report calls it.");

    /// <summary>By the line's column <c>accountId</c>.</summary>
    public static Column AccountCode { get; } =
        Column.LookedUp("accountCode", "Account Code", new("accounts", "code", ("accountId", "accountId")), note: ByAccount);

    public static Column AccountType { get; } = Column.LookedUp(
        "accountType", "Account Type", new("accounts", "type", ("accountId", "accountId")), isDefault: false, ByAccount) with
    {
        Words = Codes.AccountTypes,
    };

    public static Column IsTotal { get; } = new(
        "isTotal", "Is Total", YesNo, "=total(Rows[])", IsDefault: false, "Yes where the line adds up others.");

    public static Column ParentSection(bool isDefault) =>
        new("parentSection", "Parent Section", Text, "=parent(Rows[])", isDefault,
            "The title above its section's, such as Assets.");

    /// <param name="cell">From 1: the report's own columns, behind the label.</param>
    public static Column Amount(string key, string heading, int cell, string? note = null) =>
        new(key, heading, Money, $"Rows[].Cells[{cell}].Value", Note: note);

    /// <summary>What identifies a line; the last columns of each report.</summary>
    public static IEnumerable<Column> Ids(bool ofAccounts)
    {
        yield return new("line", "Line", WholeNumber, ColumnPaths.Place, IsDefault: false, "Its place in the report, from 1.");
        if (ofAccounts) yield return new("accountId", "Account ID", Text, "=account(Rows[])", IsDefault: false);
        yield return new("lineId", "Line ID", Text, "=line(Rows[])", Note: ofAccounts
            ? "Identifies the row: the period, the section and the account, whatever that is called."
            : "Identifies the row: the period, the section and the line's label.");
    }

    public static Dataset Of(
        string key, string title, ReportKind kind, IReadOnlyList<Column> columns, string nameColumn = "account") => new(
            key, title, Version: 1, kind.Resources[0], RecordFilter: null, columns, KeyColumn: "lineId",
            DefaultSort: [new(kind.IsAsAt ? "asAt" : "to"), new("line")], nameColumn)
        {
            Report = kind,
            List = new("Rows"),
        };
}
