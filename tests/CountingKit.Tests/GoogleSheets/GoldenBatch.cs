using CountingKit.Adapters.GoogleSheets;
using CountingKit.Testing.Sandbox;
using Google.Apis.Sheets.v4.Data;
using Newtonsoft.Json;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>A batch compared with a file beside the tests, a request per line; UPDATE_GOLDEN=1 writes the file anew.</summary>
internal static class GoldenBatch
{
    public static void Match(BatchUpdateSpreadsheetRequest batch, string name)
    {
        var settings = GoogleClients.JsonSettings();
        var actual = string.Join('\n', batch.Requests.Select(r => JsonConvert.SerializeObject(r, settings))) + "\n";
        var path = Path.Combine(BuiltPaths.Tests, "CountingKit.Tests", "GoogleSheets", "Golden", $"{name}.jsonl");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        actual.Should().Be(File.ReadAllText(path));
    }
}
