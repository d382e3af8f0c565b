using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>A report as the stand-in answers it, to be asked for its numbers.</summary>
internal sealed class ReportOfXero(JsonNode report)
{
    public static async Task<ReportOfXero> Read(XeroApp app, string tenant, string query) =>
        new((await app.Read($"api.xro/2.0/Reports/{query}", tenant))["Reports"]!.AsArray().Single()!);

    public JsonNode Json => report;

    public IReadOnlyList<string> Titles => [.. report["ReportTitles"]!.AsArray().Select(title => title!.GetValue<string>())];

    public IReadOnlyList<string> Header => Texts(report["Rows"]![0]!);

    public IReadOnlyList<string> Sections =>
        [.. report["Rows"]!.AsArray().Skip(1).Select(section => section!["Title"]!.GetValue<string>())];

    public IEnumerable<JsonNode> Lines =>
        report["Rows"]!.AsArray().Skip(1).SelectMany(section => section!["Rows"]!.AsArray()).OfType<JsonNode>();

    /// <summary>The row with this label.</summary>
    public JsonNode Row(string label) => Lines.Single(row => Texts(row)[0] == label);

    public IReadOnlyList<decimal> Amounts(string label) => [.. Texts(Row(label)).Skip(1).Select(Amount)];

    public static IReadOnlyList<string> Texts(JsonNode row) =>
        [.. row["Cells"]!.AsArray().Select(cell => cell!["Value"]!.GetValue<string>())];

    /// <summary>Nothing is 0.</summary>
    public static decimal Amount(string text) =>
        text.Length == 0 ? 0 : decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    public static string? Attribute(JsonNode row, int cell, string id) => row["Cells"]![cell]!["Attributes"]?.AsArray()
        .SingleOrDefault(attribute => attribute!["Id"]!.GetValue<string>() == id)?["Value"]!.GetValue<string>();

    public static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>As parameters take it.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
