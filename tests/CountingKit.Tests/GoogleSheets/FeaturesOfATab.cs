using System.Text.Json.Nodes;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>
/// Walks the list of what people can make on a tab: each is made on the stand-in, then the data grows from 2 rows to 5 and
/// shrinks to 1. What is on the list without a case here, or here without being on the list, fails.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class FeaturesOfATab(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private readonly SandboxProcess sandbox = shared.Process;

    public static TheoryData<string> Names => new(TabFeatures.All.Select(feature => feature.Name));

    [Fact]
    public void Every_feature_of_the_list_has_its_case_and_the_other_way_round() =>
        Cases.Keys.Should().BeEquivalentTo(TabFeatures.All.Select(feature => feature.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_is_followed_warned_of_or_refused_as_the_list_says(string name)
    {
        await using var test = name == "protected range"
            ? await SandboxedSheets.StartAsEditor(sandbox) : await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(Request(test, 2, 1, null));
        var (id, @case) = (first.SheetId, Cases[name]);
        await @case.Make(test, id);
        var before = (string)(await test.Tab(id))["hash"]!;
        var feature = TabFeatures.All.Single(f => f.Name == name);

        if (feature is TabFeature.Refuse)
        {
            var plan = () => test.Sheets.Plan(Request(test, 5, 2, id), default);
            var refused = (await plan.Should().ThrowAsync<SpreadsheetException>()).Which;
            (refused.Code, refused.Problem).Should().Be((@case.Code!, SpreadsheetProblem.Refused));
            refused.Message.Should().Contain("Nothing was written.");
            ((string)(await test.Tab(id))["hash"]!).Should().Be(before);
            return;
        }

        var (plan5, _) = await test.Write(Request(test, 5, 2, id));
        plan5.Warnings.Select(w => w.Code).Should().Equal(feature is TabFeature.Warn ? [@case.Code!] : []);
        if (@case.Grown is { } grown) grown((await test.Tab(id))["objects"]!.AsObject(), test);
        var whole = (string)(await test.Tab(id))["hash"]!;
        var (plan1, _) = await test.Write(Request(test, 1, 3, id));
        plan1.Warnings.Should().BeEmpty("it was told when it happened");
        if (@case.Shrunk is { } shrunk) shrunk((await test.Tab(id))["objects"]!.AsObject(), test);
        var seen = (await sandbox.Control.Journal()).SelectMany(l => l.Tabs ?? [])
            .Where(t => t.SpreadsheetId == test.FileId && t.SheetId == id).Select(t => t.Hash).ToList();
        seen.Distinct().Should().BeSubsetOf([seen[0], before, whole, (string)(await test.Tab(id))["hash"]!],
            "a tab is seen whole, before or after each write");
    }

    [Fact]
    public async Task A_protection_of_the_tab_that_leaves_the_data_open_is_no_obstacle()
    {
        await using var test = await SandboxedSheets.StartAsEditor(sandbox);
        var (first, _) = await test.Write(Request(test, 5, 1, null));
        await test.Change(Protection(first.SheetId, Range(first.SheetId, 0, 6, 0, 3)));

        await test.Write(Request(test, 2, 2, first.SheetId));

        (await test.Cell(first.SheetId, 3, 0)).Should().BeNull();
        var grow = () => test.Sheets.Plan(Request(test, 8, 3, first.SheetId), default);
        (await grow.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-SHEET-03");
    }

    [Fact]
    public async Task A_pivot_table_on_another_tab_is_warned_of_unless_it_takes_whole_columns()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(Request(test, 2, 1, null));
        var id = first.SheetId;
        await test.Change(
            new { addSheet = new { properties = new { sheetId = 4711, title = "Sales by month" } } },
            Pivot(Range(4711, 2, 3, 1, 2), Data(id)),
            Pivot(Range(4711, 2, 3, 6, 7), new { sheetId = id, startRowIndex = 0, startColumnIndex = 0, endColumnIndex = 3 }),
            Pivot(Range(4711, 2, 3, 9, 10), Range(4711, 0, 3, 0, 3)));

        var (same, _) = await test.Write(Request(test, 2, 2, id));
        var (longer, _) = await test.Write(Request(test, 5, 3, id));

        same.Warnings.Should().BeEmpty("no row is new");
        longer.Warnings.Should().ContainSingle(warning => warning.Code == "CK-SHEET-15").Which.Message.Should().StartWith(
            "The pivot table at B3 on the tab Sales by month counts the rows up to 3; the data now goes to row 6.");
    }

    [Theory]
    [InlineData("bubbleChart", "domain")]
    [InlineData("bubbleChart", "series")]
    [InlineData("bubbleChart", "groupIds")]
    [InlineData("bubbleChart", "bubbleLabels")]
    [InlineData("bubbleChart", "bubbleSizes")]
    [InlineData("candlestickChart", "domain.data")]
    [InlineData("candlestickChart", "data[].lowSeries.data")]
    [InlineData("candlestickChart", "data[].openSeries.data")]
    [InlineData("candlestickChart", "data[].closeSeries.data")]
    [InlineData("candlestickChart", "data[].highSeries.data")]
    [InlineData("histogramChart", "series[].data")]
    [InlineData("orgChart", "labels")]
    [InlineData("orgChart", "parentLabels")]
    [InlineData("orgChart", "tooltips")]
    [InlineData("pieChart", "domain")]
    [InlineData("pieChart", "series")]
    [InlineData("scorecardChart", "keyValueData")]
    [InlineData("scorecardChart", "baselineValueData")]
    [InlineData("treemapChart", "labels")]
    [InlineData("treemapChart", "parentLabels")]
    [InlineData("treemapChart", "sizeData")]
    [InlineData("treemapChart", "colorData")]
    [InlineData("waterfallChart", "domain.data")]
    [InlineData("waterfallChart", "series[].data")]
    public async Task Charts_of_every_kind_are_warned_of_when_they_miss_new_rows(string kind, string place)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(Request(test, 2, 1, null));
        var id = first.SheetId;
        object inside = new { sourceRange = new { sources = new[] { Range(id, 0, 3, 2, 3) } } };
        foreach (var name in Enumerable.Reverse(place.Split('.')))
            inside = name.EndsWith("[]", StringComparison.Ordinal)
                ? new Dictionary<string, object> { [name[..^2]] = new[] { inside } }
                : new Dictionary<string, object> { [name] = inside };
        await test.Change(new
        {
            addChart = new
            {
                chart = new
                {
                    position = new { overlayPosition = new { anchorCell = new { sheetId = id, rowIndex = 1, columnIndex = 1 } } },
                    spec = new Dictionary<string, object> { ["title"] = "Sales", [kind] = inside },
                },
            },
        });

        var (plan, _) = await test.Write(Request(test, 5, 2, id));

        plan.Warnings.Should().ContainSingle().Which.Code.Should().Be("CK-SHEET-15");
    }

    /// <param name="Code">For what is warned of or refused.</param>
    private sealed record Case(
        Func<SandboxedSheets, int, Task> Make, string? Code = null,
        Action<JsonObject, SandboxedSheets>? Grown = null, Action<JsonObject, SandboxedSheets>? Shrunk = null);

    private static object Protection(int sheetId, params object[] open) => new
    {
        addProtectedRange = new
        {
            protectedRange = new { range = new { sheetId }, description = "year end", unprotectedRanges = open },
        },
    };

    private static object Pivot(object at, object source) => new
    {
        updateCells = new
        {
            range = at, fields = "pivotTable",
            rows = new[] { new { values = new[] { new { pivotTable = new { source } } } } },
        },
    };

    private static object Data(int sheetId) => Range(sheetId, 0, 3, 0, 3);

    private static object Range(int sheetId, int row, int endRow, int column, int endColumn) => new
    {
        sheetId, startRowIndex = row, endRowIndex = endRow, startColumnIndex = column, endColumnIndex = endColumn,
    };

    private static Action<JsonObject, SandboxedSheets> Ends(string kind, int row) => (objects, _) =>
        ((int)objects[kind]![0]!["range"]!["endRowIndex"]!).Should().Be(row);

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["protected range"] = new((test, id) => test.Change(Protection(id)), "CK-SHEET-03"),
        ["merged cells"] = new((test, id) => test.Change(
            new { mergeCells = new { range = Range(id, 1, 3, 0, 1), mergeType = "MERGE_ALL" } }), "CK-SHEET-04"),
        ["table across the edge of the data"] = new((test, id) => test.Change(
            new { clearBasicFilter = new { sheetId = id } },
            new { addTable = new { table = new { tableId = $"t{id}", name = $"T{id}", range = Range(id, 1, 3, 0, 3) } } }),
            "CK-SHEET-18"),
        ["pivot table inside the data"] = new((test, id) => test.Change(new
        {
            updateCells = new
            {
                range = Range(id, 2, 3, 1, 2), fields = "pivotTable",
                rows = new[] { new { values = new[] { new { pivotTable = new { source = Range(id, 0, 2, 0, 3) } } } } },
            },
        }), "CK-SHEET-19"),
        ["table"] = new((test, id) => test.Change(
            new { clearBasicFilter = new { sheetId = id } },
            new { addTable = new { table = new { tableId = $"t{id}", name = $"T{id}", range = Data(id) } } }),
            Grown: Ends("tables", 6), Shrunk: Ends("tables", 2)),
        ["filter"] = new((test, id) => test.Change(new
        {
            setBasicFilter = new
            {
                filter = new { range = Data(id), criteria = new Dictionary<string, object> { ["2"] = new { hiddenValues = new[] { "7" } } } },
            },
        }), Grown: (objects, _) =>
        {
            ((int)objects["basicFilter"]!["range"]!["endRowIndex"]!).Should().Be(6);
            objects["basicFilter"]!["filterSpecs"]![0]!["filterCriteria"]!["hiddenValues"]![0]!.ToString().Should().Be("7");
            ((int)objects["basicFilter"]!["filterSpecs"]![0]!["columnIndex"]!).Should().Be(2);
        }),
        ["filter view"] = new((test, id) => test.Change(new { addFilterView = new { filter = new { title = "Mine", range = Data(id) } } }),
            Grown: (objects, test) =>
            {
                Ends("filterViews", 6)(objects, test);
                objects["filterViews"]![0]!["title"]!.ToString().Should().Be("Mine");
            }),
        ["slicer"] = new((test, id) => test.Change(
            new { addSlicer = new { slicer = new { spec = new { title = "By number", dataRange = Data(id), columnIndex = 0 } } } }),
            Grown: (objects, _) => ((int)objects["slicers"]![0]!["spec"]!["dataRange"]!["endRowIndex"]!).Should().Be(6)),
        ["alternating colors"] = new((test, id) => test.Change(new
        {
            addBanding = new { bandedRange = new { range = Data(id), rowProperties = new { firstBandColorStyle = new { themeColor = "ACCENT1" } } } },
        }), Grown: Ends("bandedRanges", 6)),
        ["named range of a person"] = new((test, id) => test.Change(
            new { addNamedRange = new { namedRange = new { namedRangeId = $"p{id}", name = $"Mine_{id}", range = Range(id, 1, 3, 2, 3) } } }),
            Grown: (_, test) => test.NamedRange("p").GetAwaiter().GetResult()!["endRowIndex"]!.GetValue<int>().Should().Be(6)),
        ["chart"] = new((test, id) => test.Change(new
        {
            addChart = new
            {
                chart = new
                {
                    position = new { overlayPosition = new { anchorCell = new { sheetId = id, rowIndex = 1, columnIndex = 1 } } },
                    spec = new
                    {
                        title = "Sales",
                        basicChart = new
                        {
                            chartType = "COLUMN",
                            series = new[] { new { series = new { sourceRange = new { sources = new[] { Range(id, 0, 3, 2, 3) } } } } },
                        },
                    },
                },
            },
        }), "CK-SHEET-15"),
        ["conditional format"] = new((test, id) => test.Change(new
        {
            addConditionalFormatRule = new
            {
                index = 0,
                rule = new { ranges = new[] { Range(id, 1, 3, 2, 3) }, booleanRule = new { condition = new { type = "NOT_BLANK" } } },
            },
        }), "CK-SHEET-15"),
        ["formula inside the data"] = new(
            (test, id) => test.Type(id, new { row = 2, col = 2, formula = "=1+1" }), "CK-SHEET-16"),
        ["renamed heading"] = new((test, id) => test.Type(id, new { row = 0, col = 1, value = "Day" }), "CK-SHEET-17"),
        ["validation of cells"] = new((test, id) => test.Change(new
        {
            updateCells = new
            {
                range = Range(id, 1, 2, 0, 1), fields = "dataValidation",
                rows = new[] { new { values = new[] { new { dataValidation = new { strict = true, condition = new { type = "BLANK" } } } } } },
            },
        })),
        ["hidden rows and columns"] = new((test, id) => test.Change(
            new { updateDimensionProperties = new { range = new { sheetId = id, dimension = "ROWS", startIndex = 1, endIndex = 2 }, properties = new { hiddenByUser = true }, fields = "hiddenByUser" } },
            new { updateDimensionProperties = new { range = new { sheetId = id, dimension = "COLUMNS", startIndex = 1, endIndex = 2 }, properties = new { hiddenByUser = true }, fields = "hiddenByUser" } })),
        ["frozen rows and columns"] = new((test, id) => test.Change(new
        {
            updateSheetProperties = new { properties = new { sheetId = id, gridProperties = new { frozenColumnCount = 1, frozenRowCount = 1 } }, fields = "gridProperties(frozenColumnCount,frozenRowCount)" },
        })),
        ["groups of rows and columns"] = new((test, id) => test.Change(
            new { addDimensionGroup = new { range = new { sheetId = id, dimension = "ROWS", startIndex = 1, endIndex = 3 } } },
            new { addDimensionGroup = new { range = new { sheetId = id, dimension = "COLUMNS", startIndex = 1, endIndex = 2 } } })),
        ["formula beside the data"] = new(async (test, id) =>
        {
            await test.Change(new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } });
            await test.Type(id, new { row = 1, col = 3, formula = "=SUM(C:C)" });
        }, Grown: (_, test) => { }),
        ["pivot table elsewhere"] = new(async (test, id) =>
        {
            await test.Change(new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } });
            await test.Change(new
            {
                updateCells = new
                {
                    range = Range(id, 0, 1, 3, 4), fields = "pivotTable",
                    rows = new[] { new { values = new[] { new { pivotTable = new { source = Data(id) } } } } },
                },
            });
        }, "CK-SHEET-15"),
    };

    private static WriteRequest Request(SandboxedSheets test, int rows, int run, int? sheetId) => test.Request(
        Three, [.. Enumerable.Range(1, rows).Select(n => Row($"A{n}", new(2024, 1, n), n))], run, sheetId)
            with { KeyColumn = Number.Key };
}
