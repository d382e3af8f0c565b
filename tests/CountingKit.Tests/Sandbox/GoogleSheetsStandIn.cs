using System.Net;
using System.Text.Json.Nodes;

namespace CountingKit.Tests.Sandbox;

public sealed class GoogleSheetsStandIn(GoogleSandbox google) : IClassFixture<GoogleSandbox>
{
    private Task<GoogleApp> App => GoogleApp.SignedIn(google.Process);

    [Fact]
    public async Task Raw_values_are_stored_as_sent_and_typed_ones_are_guessed()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "Raw", 5, 5), (2, "Typed", 5, 5));
        object?[][] values = [["=1+1", "0090", "2024-01-31", "+44 20", 12.34m]];

        await app.Write(id, "Raw!A1:E1", values);
        await app.Write(id, "Typed!A1:E1", values, "USER_ENTERED");

        (await app.Read(id, "Raw!A1:E1")).Should()
            .Be("""[["=1+1","0090","2024-01-31","+44 20",12.34]]""".Replace("+", "\\u002B"));
        (await app.Read(id, "Raw!A1:E1", "UNFORMATTED_VALUE")).Should().Be(await app.Read(id, "Raw!A1:E1"));
        (await app.Read(id, "Typed!A1:E1", "UNFORMATTED_VALUE")).Should().Be("""[[2,90,45322,"#ERROR!",12.34]]""");
        (await app.Read(id, "Typed!A1:C1", "FORMATTED_VALUE")).Should().Be("""[["2","90","2024-01-31"]]""");
    }

    [Fact]
    public async Task Null_leaves_a_cell_and_an_empty_text_empties_it()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 5));
        await app.Write(id, "A!A1:C1", [["x", "y", "z"]]);

        await app.Write(id, "A!A1:C1", [[null, "", "w"]]);

        (await app.Read(id, "A!A1:C1")).Should().Be("""[["x","","w"]]""");
    }

    [Fact]
    public async Task A_batch_with_one_bad_request_changes_nothing_and_names_it()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 5));
        await app.Write(id, "A!A1", [["before"]]);

        var message = await app.RefusedBatch(id, Fill(1, "after"), new { deleteSheet = new { sheetId = 99 } });

        message.Should().Be("Invalid requests[1].deleteSheet: No grid with id: 99");
        (await app.Read(id, "A!A1:E5")).Should().Be("""[["before"]]""");
    }

    [Fact]
    public async Task References_follow_inserted_rows_and_break_when_their_tab_is_deleted()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "Data", 5, 3), (2, "Sum", 5, 3));
        await app.Write(id, "Data!A1:A3", [[1], [2], [3]]);
        await app.Write(id, "Sum!A1:B1", [["=SUM(Data!A1:A3)", "=Data!A3"]], "USER_ENTERED");

        await app.Batch(id, Insert(1, 2, 4));
        var (grown, total) = (await app.Read(id, "Sum!A1:B1"), await app.Read(id, "Sum!A1:B1", "UNFORMATTED_VALUE"));
        await app.Batch(id, new { deleteSheet = new { sheetId = 1 } });

        grown.Should().Be("""[["=SUM(Data!A1:A5)","=Data!A5"]]""");
        total.Should().Be("[[6,3]]");
        (await app.Read(id, "Sum!A1:B1")).Should().Be("""[["=SUM(#REF!)","=#REF!"]]""");
        (await app.Read(id, "Sum!A1:B1", "UNFORMATTED_VALUE")).Should().Be("""[["#REF!","#REF!"]]""");
    }

    [Fact]
    public async Task References_follow_a_new_title_and_deleted_rows()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "Data", 9, 3), (2, "Sum", 5, 3));
        await app.Write(id, "Sum!A1:B1", [["=SUM(Data!A2:A6)", "=Data!A4"]], "USER_ENTERED");

        await app.Batch(id,
            new { updateSheetProperties = new { properties = new { sheetId = 1, title = "It's new" },
                fields = "title" } },
            new { deleteDimension = new { range = new { sheetId = 1, dimension = "ROWS", startIndex = 3,
                endIndex = 5 } } });

        JsonNode.Parse(await app.Read(id, "Sum!A1:B1"))![0]!.AsArray().Select(cell => (string)cell!)
            .Should().Equal("=SUM('It''s new'!A2:A4)", "=#REF!");
    }

    [Fact]
    public async Task Update_cells_over_a_range_clears_what_its_rows_do_not_cover_and_keeps_other_fields()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 3));
        await app.Write(id, "A!A1:B3", [["a", "b"], ["c", "d"], ["e", "f"]]);
        var format = new { numberFormat = new { type = "TEXT", pattern = "@" } };
        await app.Batch(id, new { repeatCell = new { range = new { sheetId = 1 },
            cell = new { userEnteredFormat = format }, fields = "userEnteredFormat.numberFormat" } });

        await app.Batch(id, Fill(1, "only"));

        (await app.Read(id, "A!A1:C5")).Should().Be("""[["only"]]""");
        var kept = await app.Get(
            $"v4/spreadsheets/{id}?ranges=A!A1:B2&fields=sheets(data(rowData(values(userEnteredFormat(numberFormat(type))))))");
        kept["sheets"]![0]!["data"]![0]!["rowData"]!.AsArray().SelectMany(row => row!["values"]!.AsArray())
            .Select(cell => (string)cell!["userEnteredFormat"]!["numberFormat"]!["type"]!).Should()
                .Equal("TEXT", "TEXT", "TEXT", "TEXT");
    }

    [Fact]
    public async Task A_staging_tab_is_pasted_as_values_and_deleted_in_one_batch()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "Data", 4, 2), (7, "~ck", 6, 2));
        await app.Write(id, "Data!A1:B3", [["id", "sum"], ["old", 1], ["old2", 2]]);
        await app.Write(id, "'~ck'!A1:B4", [["id", "sum"], ["=new", 1.5], ["", 2], ["last", ""]]);

        await app.Batch(id,
            Insert(1, 2, 3),
            new
            {
                copyPaste = new
                {
                    source = new { sheetId = 7, startRowIndex = 0, endRowIndex = 4, startColumnIndex = 0,
                        endColumnIndex = 2 },
                    destination = new { sheetId = 1, startRowIndex = 0, endRowIndex = 4, startColumnIndex = 0,
                        endColumnIndex = 2 },
                    pasteType = "PASTE_VALUES",
                },
            },
            new { deleteSheet = new { sheetId = 7 } });

        (await app.Read(id, "Data")).Should().Be("""[["id","sum"],["=new",1.5],["",2],["last"]]""");
    }

    [Theory]
    [InlineData("values/Nowhere!A1", "Unable to parse range: Nowhere!A1")]
    [InlineData("values/A!A9:B9", "Range (A!A9:B9) exceeds grid limits. Max rows: 5, max columns: 5")]
    [InlineData("?fields=sheets(nothing)",
        "Request contains an invalid argument. Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.nothing'.")]
    public async Task Reading_what_is_not_there_is_refused_in_googles_words(string what, string message)
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 5));

        var (status, json) = await app.Send(HttpMethod.Get, $"v4/spreadsheets/{id}{(what[0] == '?' ? "" : "/")}{what}");

        (status, (string)json["error"]!["message"]!).Should().Be((HttpStatusCode.BadRequest, message));
    }

    [Fact]
    public async Task Limits_are_refused_in_googles_words()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 5));

        (await app.RefusedBatch(id, Add(2, "B", 400_000, 26))).Should().Be(
            "Invalid requests[0].addSheet: This action would increase the number of cells in the workbook above the limit of 10000000 cells.");
        (await app.RefusedBatch(id, Add(2, "a", 5, 5))).Should().Be(
            "Invalid requests[0].addSheet: A sheet with the name \"a\" already exists. Please enter another name.");
        (await app.RefusedBatch(id, new { deleteSheet = new { sheetId = 1 } })).Should().Be(
            "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.");
        (await app.RefusedBatch(id, new { noSuchThing = new { } })).Should().Be(
            "Invalid JSON payload received. Unknown name \"noSuchThing\" at 'requests[0]': Cannot find field.");
        (await app.RefusedBatch(id, Fill(1, new string('x', 50_001)))).Should().Be(
            "Invalid requests[0].updateCells: Your input contains more than the maximum of 50000 characters in a single cell.");
        (await app.RefusedBatch(id, Insert(1, 5, 6))).Should().StartWith("Invalid requests[0].insertDimension: ");
        (await app.RefusedBatch(id)).Should().Be("Must specify at least one request.");
    }

    [Fact]
    public async Task New_rows_are_counted_against_the_old_columns()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 1000, 26));
        object Resize(int rows, int columns) => new
        {
            updateSheetProperties = new
            {
                properties = new { sheetId = 1, gridProperties = new { rowCount = rows, columnCount = columns } },
                fields = "gridProperties(rowCount,columnCount)",
            },
        };

        (await app.RefusedBatch(id, Resize(500_000, 4))).Should().Contain("above the limit of 10000000 cells");
        await app.Batch(id, Resize(1000, 4), Resize(500_000, 4));
    }

    [Fact]
    public async Task Metadata_is_found_by_key_changed_and_deleted_with_its_tab()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 5), (2, "B", 5, 5));
        var location = new { sheetId = 2 };
        await app.Batch(id, new { createDeveloperMetadata = new { developerMetadata = new { metadataId = 9,
            metadataKey = "countingkit.run", metadataValue = "1", location, visibility = "DOCUMENT" } } });
        var filter = new { developerMetadataLookup = new { metadataKey = "countingkit.run" } };

        await app.Batch(id, new { updateDeveloperMetadata = new { dataFilters = new[] { filter },
            developerMetadata = new { metadataValue = "2" }, fields = "metadataValue" } });
        var found = await app.Post(
            $"v4/spreadsheets/{id}/developerMetadata:search", new { dataFilters = new[] { filter } });
        await app.Batch(id, new { deleteSheet = new { sheetId = 2 } });
        var gone = await app.Post(
            $"v4/spreadsheets/{id}/developerMetadata:search", new { dataFilters = new[] { filter } });

        var entry = found["matchedDeveloperMetadata"]![0]!["developerMetadata"]!;
        ((string)entry["metadataValue"]!, (string)entry["location"]!["locationType"]!, (int)entry["metadataId"]!)
            .Should().Be(("2", "SHEET", 9));
        gone.AsObject().Should().BeEmpty();
    }

    [Fact]
    public async Task A_name_outlives_its_tab_and_still_blocks_the_name()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 5), (2, "B", 5, 5));
        object Name(string key, int sheet) =>
            new { addNamedRange = new { namedRange = new { namedRangeId = key, name = "CK_Data",
            range = new { sheetId = sheet } } } };
        await app.Batch(id, Name("one", 2), new { deleteSheet = new { sheetId = 2 } });

        (await app.RefusedBatch(id, Name("two", 1))).Should().Be("Invalid requests[0].addNamedRange: "
            + "Cannot add named range with name: CK_Data, a named range with that name already exists");
    }

    [Fact]
    public async Task A_protected_range_refuses_others_and_a_warning_refuses_nobody()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 5, 5));
        await google.Process.Control.Post(
            "_/google/share", new { spreadsheetId = id, email = GoogleApp.Sam, role = "writer" });
        var sam = await GoogleApp.SignedIn(google.Process, GoogleApp.Sam, GoogleApp.Spreadsheets);
        object Protect(int key, bool warningOnly, int row) => new
        {
            addProtectedRange = new { protectedRange = new { protectedRangeId = key, warningOnly,
                range = new { sheetId = 1, startRowIndex = row, endRowIndex = row + 1 } } },
        };
        await app.Batch(id, Protect(1, false, 0), Protect(2, true, 1));

        await sam.Write(id, "A!A2", [["warned"]]);
        var refused = await sam.Send(
            HttpMethod.Put, $"v4/spreadsheets/{id}/values/A!A1?valueInputOption=RAW",
            new { values = new[] { new[] { "no" } } });
        var seen = await sam.Get(
            $"v4/spreadsheets/{id}?fields=sheets(protectedRanges(protectedRangeId,requestingUserCanEdit))");

        ((string)refused.Json["error"]!["message"]!).Should()
            .StartWith("You are trying to edit a protected cell or object.");
        seen["sheets"]![0]!["protectedRanges"]!.AsArray().Select(range => (bool)range!["requestingUserCanEdit"]!)
            .Should().Equal(false, true);
    }

    [Fact]
    public async Task Append_goes_below_the_last_row_and_clear_leaves_formats()
    {
        var app = await App;
        var id = await app.Spreadsheet((1, "A", 2, 2));
        await app.Write(id, "A!A1:B2", [["h", "i"], ["a", 1]]);

        var appended = await app.Post(
            $"v4/spreadsheets/{id}/values/A!A1:append?valueInputOption=RAW",
            new { values = new object[][] { ["b", 2] } });
        var cleared = await app.Post($"v4/spreadsheets/{id}/values/A!A2:B2:clear", new { });

        ((string)appended["updates"]!["updatedRange"]!).Should().Be("A!A3:B3");
        ((string)cleared["clearedRange"]!).Should().Be("A!A2:B2");
        (await app.Read(id, "A")).Should().Be("""[["h","i"],[],["b",2]]""");
    }

    [Fact]
    public async Task A_partial_answer_holds_the_masked_fields_alone()
    {
        var app = await App;
        var id = await app.Spreadsheet((5, "A", 3, 2));

        var json = await app.Get(
            $"v4/spreadsheets/{id}?fields=spreadsheetId,sheets.properties(sheetId,gridProperties/rowCount)");

        json.ToJsonString().Replace(id, "ID", StringComparison.Ordinal).Should().Be(
            """{"spreadsheetId":"ID","sheets":[{"properties":{"sheetId":5,"gridProperties":{"rowCount":3}}}]}""");
    }

    private static object Insert(int sheetId, int startIndex, int endIndex) =>
        new { insertDimension = new { range = new { sheetId, dimension = "ROWS", startIndex, endIndex },
            inheritFromBefore = true } };

    private static object Add(int sheetId, string title, int rowCount, int columnCount) =>
        new { addSheet = new { properties = new { sheetId, title, gridProperties = new { rowCount, columnCount } } } };

    private static object Fill(int sheetId, string text) => new
    {
        updateCells = new
        {
            range = new { sheetId },
            rows = new[] { new { values = new[] { new { userEnteredValue = new { stringValue = text } } } } },
            fields = "userEnteredValue",
        },
    };
}
