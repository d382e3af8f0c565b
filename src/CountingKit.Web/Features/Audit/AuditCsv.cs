using System.Globalization;
using System.Text;
using CountingKit.Audit;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features.Audit;

/// <summary>
/// The trail as a file, written as it is read. Text that a spreadsheet would take for a formula is escaped.
/// </summary>
internal sealed class AuditCsv(IAsyncEnumerable<AuditLine> lines, DateTimeOffset now) : IActionResult
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        NewLine = "\r\n",
    };

    private static readonly string[] Headings =
    [
        "Time (UTC)", "Who", "Action", "Target kind", "Target", "Target id", "Changes", "Before", "After", "Network address",
        "Event", "Event id", "Stream", "Revision", "Click", "Command", "Actor",
    ];

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var ct = context.HttpContext.RequestAborted;
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"audit-{now:yyyy-MM-dd}.csv"),
        }.ToString();

        // The mark at the beginning tells spreadsheet programs that it is UTF-8.
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using var csv = new CsvWriter(text, Format);
        await Write(csv, Headings);
        await foreach (var line in lines.WithCancellation(ct)) await Write(csv, Cells(line));
    }

    private static async Task Write(CsvWriter csv, IEnumerable<string?> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        await csv.NextRecordAsync();
    }

    private static IEnumerable<string?> Cells(AuditLine line)
    {
        var row = line.Row;
        return
        [
            row.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), line.Who, row.Action,
            row.TargetKind, row.TargetName, row.TargetId.ToString(),
            AuditChanges.Text(AuditChanges.Of(row.Before, row.After, line.Names)), row.Before, row.After, line.Address, row.EventType,
            row.EventId.ToString(), row.Stream, row.Revision.ToString(CultureInfo.InvariantCulture),
            row.CorrelationId.ToString(), row.CommandId.ToString(), row.Actor,
        ];
    }
}
