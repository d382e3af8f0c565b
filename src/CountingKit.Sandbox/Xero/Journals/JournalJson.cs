using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Books;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Journals;

/// <summary>An entry of the ledger as a journal in Xero's shape.</summary>
/// <param name="Book">What ids are made from.</param>
/// <param name="TaxNames">By tax type.</param>
internal sealed record JournalJson(string Book, IReadOnlyDictionary<string, string> TaxNames)
{
    public JsonObject Of(Entry entry, long number, DateTimeOffset created)
    {
        var json = new JsonObject
        {
            ["JournalID"] = Id(number),
            ["JournalDate"] = Parts.Instant(entry.Date),
            ["JournalNumber"] = number,
            ["CreatedDateUTC"] = Parts.Instant(created),
        };
        if (entry.Reference.Length > 0) json["Reference"] = entry.Reference;
        json["SourceID"] = entry.Source;
        json["SourceType"] = entry.SourceType;
        json["JournalLines"] = new JsonArray([.. entry.Lines.Select((line, place) => Line(line, number, place))]);
        return json;
    }

    /// <summary>Takes a journal back: the same lines with the other sign, under a number of its own.</summary>
    public JsonObject Reversed(JsonObject journal, long number, DateTimeOffset created)
    {
        var json = journal.DeepClone().AsObject();
        json["JournalID"] = Id(number);
        json["JournalNumber"] = number;
        json["CreatedDateUTC"] = Parts.Instant(created);
        var place = 0;
        foreach (var line in json["JournalLines"]!.AsArray())
        {
            line!["JournalLineID"] = LineId(number, place++);
            foreach (var amount in (string[])["NetAmount", "GrossAmount", "TaxAmount"])
                line[amount] = line[amount]!.GetValue<decimal>() is not 0 and var moved ? -moved : 0.00m;
        }

        return json;
    }

    /// <summary>The same text for the same entry.</summary>
    public static string ContentOf(Entry entry)
    {
        var text = new StringBuilder()
            .Append(entry.Date.DayNumber).Append('|').Append(entry.Reference);
        foreach (var line in entry.Lines)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"|{line.Account.Id}|{line.Net}|{line.Tax}|{line.TaxType}|{line.Description}|");
            foreach (var by in line.Tracking) text.Append(by.OptionId).Append(',');
        }

        return DerivedId.Of(text.ToString());
    }

    private JsonObject Line(EntryLine line, long number, int place)
    {
        var json = new JsonObject
        {
            ["JournalLineID"] = LineId(number, place),
            ["AccountID"] = line.Account.Id,
            ["AccountCode"] = line.Account.Code,
            ["AccountType"] = line.Account.Type,
            ["AccountName"] = line.Account.Name,
            ["Description"] = line.Description,
            ["NetAmount"] = line.Net,
            ["GrossAmount"] = line.Net + line.Tax,
            ["TaxAmount"] = line.Tax,
        };
        if (line.TaxType.Length > 0)
        {
            json["TaxType"] = line.TaxType;
            json["TaxName"] = TaxNames.GetValueOrDefault(line.TaxType, "");
        }

        json["TrackingCategories"] = new JsonArray([.. line.Tracking.Select(by => new JsonObject
        {
            ["Name"] = by.Category,
            ["Option"] = by.Option,
            ["TrackingCategoryID"] = by.CategoryId,
            ["TrackingOptionID"] = by.OptionId,
        })]);
        return json;
    }

    private string Id(long number) => DerivedId.Of($"{Book} journal {number}");

    private string LineId(long number, int place) => DerivedId.Of($"{Book} journal {number} line {place}");
}
