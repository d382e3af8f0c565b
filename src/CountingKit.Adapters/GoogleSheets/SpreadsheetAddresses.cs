using CountingKit.Spreadsheets;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Google's own address of it; that of the stand-in where <c>Google__SheetsUrl</c> leads to this machine.</summary>
internal sealed class SpreadsheetAddresses(IOptions<GoogleOptions> options) : ISpreadsheetAddresses
{
    private const string Google = "https://docs.google.com/";

    private readonly string start =
        new Uri(options.Value.SheetsBase) is { IsLoopback: true } here ? new Uri(here, "/").AbsoluteUri : Google;

    public string Of(string spreadsheetId) => $"{start}spreadsheets/d/{Uri.EscapeDataString(spreadsheetId)}/edit";
}
