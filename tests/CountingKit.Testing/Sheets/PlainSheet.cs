using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Testing.Sheets;

/// <summary>A tab as its owner reads it by the Sheets API. A cell is a string, a decimal, a bool, or null for a blank.</summary>
public static class PlainSheet
{
    /// <returns>The header's texts and, below them, rows whose last cells may be missing where they are blank.</returns>
    public static async Task<(List<string> Headings, List<List<object?>> Rows)> Of(ISandbox sandbox, string spreadsheetId, string tab)
    {
        var values = await (await SignIn(sandbox, spreadsheetId)).Values(spreadsheetId, tab, "UNFORMATTED_VALUE");
        return ([.. values[0].Select(cell => cell.GetString()!)], [.. values.Skip(1).Select(row => row.Select(Read).ToList())]);
    }

    /// <summary>As the spreadsheet's owner.</summary>
    internal static async Task<PlainGoogle> SignIn(ISandbox sandbox, string spreadsheetId) => await PlainGoogle.SignIn(
        sandbox,
        (await sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))
            .Single(s => s!["spreadsheetId"]!.GetValue<string>() == spreadsheetId)!["owner"]!.GetValue<string>());

    internal static object? Read(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => cell.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => cell.GetDecimal(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new InvalidOperationException($"A cell is no {cell.ValueKind}."),
    };

    /// <summary>A moment is a part of a day, which a sheet holds to the microsecond; everything else is exact.</summary>
    public static bool Same(object? cell, object? wanted) => (cell, wanted) switch
    {
        (decimal held, decimal meant) =>
            held == meant || (meant % 1 != 0 && held > 25_569 && decimal.Round(held, 8) == meant),
        _ => Equals(cell, wanted),
    };
}
