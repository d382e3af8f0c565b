using System.Text.RegularExpressions;
using CountingKit.Connections;
using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets;

/// <summary>What holds of every dataset's declaration.</summary>
public sealed partial class DatasetRules
{
    private const int Fewest = 3;
    private const int Most = 19;

    /// <summary>Chosen before there were so many datasets; whoever exports them knows their sheets so.</summary>
    private static readonly string[] Wider = ["contacts"];

    public static TheoryData<string> Datasets => new(DatasetCatalogue.All.Select(dataset => dataset.Key));

    [Fact]
    public void Datasets_are_told_apart()
    {
        DatasetCatalogue.All.Should().HaveCountGreaterThanOrEqualTo(28);
        DatasetCatalogue.All.Select(dataset => dataset.Key).Should().OnlyHaveUniqueItems().And.AllSatisfy(IsKey);
        DatasetCatalogue.All.Select(dataset => dataset.Title).Should().OnlyHaveUniqueItems();
        DatasetCatalogue.All.GroupBy(dataset => dataset.Resource.Name).Should()
            .AllSatisfy(group => group.Select(dataset => dataset.Resource).Distinct().Should().ContainSingle("it is read once for all"));
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Columns_are_told_apart_by_key_and_by_heading(string key)
    {
        var dataset = DatasetCatalogue.Get(key);

        dataset.Columns.Select(column => column.Key).Should().OnlyHaveUniqueItems().And.AllSatisfy(IsKey);
        dataset.Columns.Select(column => column.Heading).Should().OnlyHaveUniqueItems();
        dataset.Columns[0].Should().BeSameAs(DatasetCatalogue.Get("invoices").Column("organization"));
        foreach (var same in dataset.Columns.Where(column => column.IsOfRecord).GroupBy(column => column.Path).Where(same => same.Count() > 1))
            same.Select(column => column.Key).Should().Equal([same.First().Key, $"{same.First().Key}Code"], "words stand beside their code");
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void The_key_column_is_the_record_s_own_id_or_the_line_s_and_stands_last(string key)
    {
        var dataset = DatasetCatalogue.Get(key);
        var column = dataset.Column(dataset.KeyColumn);

        column.Type.Should().Be(ColumnType.Text);
        column.IsDefault.Should().BeTrue();
        if (dataset.Report is not null) column.Path.Should().Be("=line(Rows[])");
        else if (dataset.List is null) column.Path.Should().Be(dataset.Resource.Key, "a record without it is none");
        else column.Path.Should().StartWith($"=id({dataset.List.Name}[].").And.EndWith($", {dataset.Resource.Key})");
        if (dataset.KeyColumn != dataset.NameColumn) dataset.Columns[^1].Should().BeSameAs(column);
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Names_orders_and_statuses_are_of_columns_that_there_are(string key)
    {
        var dataset = DatasetCatalogue.Get(key);

        dataset.DefaultSort.Should().NotBeEmpty().And.OnlyContain(sort => dataset.Columns.Any(column => column.Key == sort.Column));
        if (dataset.List is not null && dataset.DateColumn is not null)
            dataset.DefaultSort.TakeLast(2).Select(sort => dataset.Column(sort.Column).Path).Should().Equal(
                [dataset.Resource.Key, ColumnPaths.Place], "a document's lines stay together, in its order");
        dataset.NameColumn.Should().NotBeNull();
        dataset.Column(dataset.NameColumn!).Type.Should().Be(ColumnType.Text);
        dataset.Columns.Any(column => column.Key == "status").Should().Be(dataset.Statuses.Count > 0);
        dataset.Columns.Any(column => column.Key == "statusCode").Should().Be(dataset.Statuses.Count > 0);
        dataset.Statuses.Select(status => status.Value).Should().OnlyHaveUniqueItems();
        if (dataset.DateColumn is { } date) date.Type.Should().Be(ColumnType.Date);
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void What_is_looked_up_stands_in_a_short_list_and_is_found_by_texts(string key)
    {
        var dataset = DatasetCatalogue.Get(key);

        foreach (var lookup in dataset.Columns.Select(column => column.Lookup).OfType<Lookup>())
        {
            var other = DatasetCatalogue.Get(lookup.Dataset);
            (other.List, other.Resource.Paging).Should().Be((null, Paging.Whole), "it is read in one call");
            (other.Column(lookup.Column).Type, other.Column("status").Type).Should().Be((ColumnType.Text, ColumnType.Text));
            lookup.By.Should().NotBeEmpty();
            foreach (var (here, there) in lookup.By)
                (dataset.Column(here).Type, dataset.Column(here).IsOfRecord, other.Column(there).Type)
                    .Should().Be((ColumnType.Text, true, ColumnType.Text));
        }

        dataset.Columns.Should().OnlyContain(column => column.Lookup == null || column.Path == ColumnPaths.Lookup);
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void What_a_new_exporter_has_is_a_sheet_that_people_can_read(string key)
    {
        var dataset = DatasetCatalogue.Get(key);
        var all = dataset.Columns.Count(column => column.Path != ColumnPaths.Organization);

        if (!Wider.Contains(key)) dataset.Columns.Count(column => column.IsDefault).Should().BeInRange(Math.Min(Fewest, all), Most);
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Permissions_are_among_those_that_people_are_shown(string key) =>
        DatasetCatalogue.Get(key).Resource.Scopes.Should().NotBeEmpty().And.BeSubsetOf(
            XeroPermissions.All.SelectMany(permission => permission.Lines).Select(line => line.Scope));

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Every_path_is_understood_and_an_empty_record_is_no_mistake(string key)
    {
        var dataset = DatasetCatalogue.Get(key);
        var unreadable = new bool[dataset.Columns.Count];
        var reader = dataset.Reader(dataset.Columns);

        reader.Open("2026-10-31", "{}"u8.ToArray());

        reader.Next(new CellValue[dataset.Columns.Count], unreadable, out var isWhole).Should().Be(dataset.List is null or { KeepsEmpty: true });
        isWhole.Should().BeTrue();
        unreadable.Should().NotContain(true);
        dataset.Columns.Where(column => IsOfElement(column.Path) && !IsOf(dataset.List, column.Path)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Words_are_American_and_headings_in_title_case(string key)
    {
        var dataset = DatasetCatalogue.Get(key);
        var words = dataset.Columns.SelectMany(column => new[] { column.Heading, column.Note ?? "" }.Concat(column.Words?.Values ?? []))
            .Concat(dataset.Statuses.Select(status => status.Meaning)).Append(dataset.Title);

        dataset.Columns.Should().AllSatisfy(column => column.Heading.Should().MatchRegex(TitleCase()));
        dataset.Columns.Where(column => column.Note?.EndsWith('.') == false).Should().BeEmpty();
        words.Where(text => British().IsMatch(text)).Should().BeEmpty();
        dataset.Columns.SelectMany(column => column.Words?.Values ?? []).Where(word => !char.IsUpper(word[0])).Should().BeEmpty();
    }

    private static bool IsOfElement(string path) => path == ColumnPaths.Place || ElementPath().IsMatch(path);

    private static bool IsOf(RowList? list, string path) =>
        list is not null && (path == ColumnPaths.Place || path.Contains($"{list.Name}[].", StringComparison.Ordinal));

    private static void IsKey(string key) => key.Should().MatchRegex("^[a-z][A-Za-z0-9]*$");

    [GeneratedRegex(@"^(?!=(join|count)\().*\w\[\]\.")]
    private static partial Regex ElementPath();

    [GeneratedRegex(@"^([A-Z][A-Za-z0-9]*|%|[0-9]+|\((base|UTC)\))( ([A-Z][A-Za-z0-9]*|%|[0-9]+|\((base|UTC)\)))*$")]
    private static partial Regex TitleCase();

    [GeneratedRegex("(?i)organis|authoris|recognis|colour|cheque|cancelled|catalogue|favour|centre")]
    private static partial Regex British();
}
