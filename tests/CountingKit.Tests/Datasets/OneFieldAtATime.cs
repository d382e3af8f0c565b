using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Datasets;
using CountingKit.Tests.Datasets.Records;

namespace CountingKit.Tests.Datasets;

/// <summary>
/// Each field of each record written by hand, with something else in its place: it costs what is made of it and nothing
/// else, and what can't be read is told by its column.
/// </summary>
public sealed class OneFieldAtATime
{
    private readonly List<string> wrong = [];

    public static TheoryData<string> Datasets => new(
        DatasetCatalogue.All.Where(dataset => dataset.Report is null).Select(dataset => dataset.Key));

    [Theory]
    [MemberData(nameof(Datasets))]
    public void A_field_that_is_missing_or_odd_costs_what_is_made_of_it_and_nothing_else(string key)
    {
        var written = HandWrittenDataset.Find(key);
        var reader = new RecordReader(written.Dataset.Columns, written.Dataset.List);
        var tried = 0;
        foreach (var record in written.Records)
        {
            var before = Read(reader, written.Dataset, JsonNode.Parse(record.Json)!);
            foreach (var field in JsonField.AllOf(JsonNode.Parse(record.Json)!))
                foreach (var oddity in Oddity.All.Where(oddity => MayStand(oddity, field, written.Dataset)))
                {
                    tried++;
                    Compare(before, reader, written.Dataset, JsonNode.Parse(record.Json)!, field, oddity);
                }
        }

        wrong.Should().BeEmpty();
        tried.Should().BeGreaterThan(Oddity.All.Count * written.Dataset.Columns.Count / 2);
    }

    /// <summary>Rows themselves that come or go are other tests'.</summary>
    private static bool MayStand(Oddity oddity, JsonField field, Dataset dataset)
    {
        if (field.IsElement && oddity.Json is null) return false;
        if (dataset.List is not { } list || !field.Steps[0].Equals(list.Name)) return true;
        if (field.Steps.Count == 1) return false;
        return field.Steps.Count == 2 ? !oddity.IsNoValue : !(field.Steps[2].Equals(list.Skips) && oddity.Json == "true");
    }

    private void Compare(
        List<Row> before, RecordReader reader, Dataset dataset, JsonNode record, JsonField field, Oddity oddity)
    {
        if (dataset.List is { } list && field.Steps[0].Equals(list.Name) && before.TrueForAll(row => !field.Steps[1].Equals(row.Element)))
            return; // Of no row.
        var original = field.Of(record);
        var isNumber = original?.GetValueKind() == JsonValueKind.Number;
        var untouched = record.DeepClone();
        // The date's other form would stand in for it.
        if (!field.IsElement) new JsonField([.. field.Steps.SkipLast(1), $"{field.Steps[^1]}String"]).Put(record, null);
        field.Put(record, oddity.Json);
        var after = Read(reader, dataset, record);
        if (after.Count != before.Count)
        {
            wrong.Add($"{field} {oddity.Json}: {after.Count} rows");
            return;
        }

        for (var row = 0; row < before.Count; row++)
            for (var i = 0; i < dataset.Columns.Count; i++)
            {
                var column = dataset.Columns[i];
                var (cell, isUnreadable) = (after[row].Cells[i], after[row].Unreadable[i]);
                var isRight = IsTouched(dataset, column, field, untouched, before[row].Element)
                    ? IsWhatItSays(column, field, oddity, isNumber, cell, isUnreadable)
                    : cell == before[row].Cells[i] && !isUnreadable;
                if (!isRight) wrong.Add($"{field} {oddity.Json}: {column.Key} of row {row}, unreadable: {isUnreadable}");
            }
    }

    /// <param name="element">The row's place in the record's list; null = the record is the row.</param>
    private static bool IsTouched(Dataset dataset, Column column, JsonField field, JsonNode record, int? element) =>
        JsonField.PathsOf(column.Path).SelectMany(path => column.Type == ColumnType.Date ? new[] { path, $"{path}String" } : [path])
            .Any(path => field.Touches(path, record)
                && (dataset.List is null || !path.StartsWith($"{dataset.List.Name}[].", StringComparison.Ordinal)
                    || field.Steps.Count < 2 || field.Steps[1].Equals(element)));

    private static bool IsWhatItSays(
        Column column, JsonField field, Oddity oddity, bool isNumber, CellValue cell, bool isUnreadable)
    {
        if (isUnreadable && !cell.IsNull) return false;
        if (column.Path.StartsWith("=id(", StringComparison.Ordinal)) return !isUnreadable && !cell.IsNull;
        if (oddity.IsNoValue && isUnreadable) return false;
        var isText = column.Path.StartsWith("=join(", StringComparison.Ordinal) || column.Type == ColumnType.Text;
        if (column.Path.StartsWith('='))
            return JsonField.PathsOf(column.Path).Any(field.Is) switch
            {
                true when column.Path.StartsWith("=count(", StringComparison.Ordinal) => isUnreadable == !(oddity.IsNoValue || oddity.IsList),
                true when oddity.IsObject || oddity.IsList => isUnreadable,
                true when isText => !isUnreadable,
                true when isNumber => isUnreadable == oddity.Number is null,
                true => true,
                false => oddity.IsNoValue || oddity.IsObject || oddity.IsList || isUnreadable || cell.IsNull || field.IsElement,
            };
        if (field.Is($"{column.Path}String")) return !isUnreadable; // Its day is told by the date itself.
        if (field.IsAround(column.Path) && !field.IsElement)
            return cell.IsNull && (isUnreadable || oddity.IsNoValue || oddity.IsObject || oddity.IsList);
        if (!field.Is(column.Path)) return cell.IsNull; // An element, or what says which one it is.
        return oddity.As(column.Type) is { } value ? cell == value && !isUnreadable : cell.IsNull && isUnreadable;
    }

    private static List<Row> Read(RecordReader reader, Dataset dataset, JsonNode record)
    {
        var elements = dataset.List is { } list && record[list.Name] is JsonArray all
            ? all.Select((element, place) => (element, place))
                .Where(e => e.element is not null && !(e.element is JsonValue value && value.ToString().Length == 0))
                .Where(e => list.Skips is null || e.element is not JsonObject of || of[list.Skips]?.ToString() != "true")
                .Select(e => (int?)e.place).ToList()
            : [];
        var rows = new List<Row>();
        reader.Open(Encoding.UTF8.GetBytes(record.ToJsonString()));
        while (true)
        {
            var row = new Row(
                new CellValue[dataset.Columns.Count], new bool[dataset.Columns.Count], elements.ElementAtOrDefault(rows.Count));
            if (!reader.Next(row.Cells, row.Unreadable, out _)) return rows;
            rows.Add(row);
        }
    }

    private sealed record Row(CellValue[] Cells, bool[] Unreadable, int? Element);
}
