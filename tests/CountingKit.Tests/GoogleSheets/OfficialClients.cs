using System.Globalization;
using Google;
using Google.Apis.Drive.v3;
using Google.Apis.Http;
using Google.Apis.Services;
using Google.Apis.Sheets.v4;
using Google.Apis.Sheets.v4.Data;
using ValuesGet = Google.Apis.Sheets.v4.SpreadsheetsResource.ValuesResource.GetRequest;
using ValuesUpdate = Google.Apis.Sheets.v4.SpreadsheetsResource.ValuesResource.UpdateRequest;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>The shape of requests on the wire, as Google's own packages make them.</summary>
public sealed class OfficialClients
{
    [Theory]
    [InlineData("create", "POST /v4/spreadsheets")]
    [InlineData("get", "GET /v4/spreadsheets/s1?fields=sheets.properties&ranges=A1&ranges=B2&includeGridData=true")]
    [InlineData("batchUpdate", "POST /v4/spreadsheets/s1:batchUpdate")]
    [InlineData("values.get",
        "GET /v4/spreadsheets/s1/values/%27Bill%27%27s%20%2F%2050%25%27%21A1%3AB2"
        + "?majorDimension=COLUMNS&valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=SERIAL_NUMBER")]
    [InlineData("values.update", "PUT /v4/spreadsheets/s1/values/A1?includeValuesInResponse=false&valueInputOption=RAW")]
    [InlineData("getByDataFilter", "POST /v4/spreadsheets/s1:getByDataFilter?fields=sheets.data")]
    [InlineData("values.batchGetByDataFilter", "POST /v4/spreadsheets/s1/values:batchGetByDataFilter")]
    [InlineData("values.batchUpdate", "POST /v4/spreadsheets/s1/values:batchUpdate")]
    [InlineData("values.clear", "POST /v4/spreadsheets/s1/values/A1:clear")]
    [InlineData("metadata.search", "POST /v4/spreadsheets/s1/developerMetadata:search")]
    public async Task Sheets_requests_go_to_the_documented_addresses(string call, string expected)
    {
        await using var server = await LoopbackServer.Start(_ => Answer.Json("{}"));
        using var service = new SheetsService(Settings(server.Url));

        await Send(service, call);

        var request = server.Requests.Should().ContainSingle().Subject;
        Normal($"{request.Method} {request.Target}").Should().Be(Normal(expected));
    }

    [Theory]
    [InlineData("get", "GET /drive/v3/files/f1?fields=id&supportsAllDrives=true")]
    [InlineData("list", "GET /drive/v3/files?q=trashed%3Dfalse&pageSize=100&orderBy=name&pageToken=p2&spaces=drive")]
    [InlineData("create", "POST /drive/v3/files?supportsAllDrives=true")]
    [InlineData("update", "PATCH /drive/v3/files/f1?addParents=p1")]
    public async Task Drive_requests_go_to_the_documented_addresses(string call, string expected)
    {
        await using var server = await LoopbackServer.Start(_ => Answer.Json("{}"));
        using var service = new DriveService(Settings(server.Url + "drive/v3/"));

        await Send(service, call);

        var request = server.Requests.Should().ContainSingle().Subject;
        Normal($"{request.Method} {request.Target}").Should().Be(Normal(expected));
    }

    [Fact]
    public async Task Bodies_are_compressed_JSON_without_absent_members()
    {
        await using var server = await LoopbackServer.Start(_ => Answer.Json("""{"replies":[{}]}"""));
        using var service = new SheetsService(Settings(server.Url));
        var body = new BatchUpdateSpreadsheetRequest
        {
            Requests =
            [
                new()
                {
                    UpdateCells = new()
                    {
                        Range = new() { SheetId = 0, StartRowIndex = 0, EndRowIndex = 1 },
                        Rows = [new() { Values = [new() { UserEnteredValue = new() { NumberValue = 0.1 } }, new()] }],
                        Fields = "userEnteredValue",
                    },
                },
            ],
        };

        await service.Spreadsheets.BatchUpdate(body, "s1").ExecuteAsync();

        server.Requests.Single().WasCompressed.Should().BeTrue();
        server.Requests.Single().Body.Should().Be(
            """
            {"requests":[{"updateCells":{"range":{"sheetId":0,"startRowIndex":0,"endRowIndex":1},"rows":[{"values":[{"userEnteredValue":{"numberValue":0.1}},{}]}],"fields":"userEnteredValue"}}]}
            """);
    }

    [Fact]
    public async Task An_error_keeps_status_message_and_raw_answer()
    {
        await using var server = await LoopbackServer.Start(_ =>
            Answer.Error(400, "INVALID_ARGUMENT", "Unable to parse range: Nowhere!A1"));
        using var service = new SheetsService(Settings(server.Url));

        var call = () => service.Spreadsheets.Values.Get("s1", "Nowhere!A1").ExecuteAsync();

        var error = (await call.Should().ThrowAsync<GoogleApiException>()).Which;
        ((int)error.HttpStatusCode).Should().Be(400);
        error.Error.Message.Should().Be("Unable to parse range: Nowhere!A1");
        error.Error.ErrorResponseContent.Should().Contain("INVALID_ARGUMENT");
    }

    private static async Task<object> Send(SheetsService service, string call)
    {
        var sheets = service.Spreadsheets;
        if (call == "get")
        {
            var get = sheets.Get("s1");
            (get.Fields, get.Ranges, get.IncludeGridData) = ("sheets.properties", new(["A1", "B2"]), true);
            return await get.ExecuteAsync();
        }
        if (call == "values.get")
        {
            var get = sheets.Values.Get("s1", "'Bill''s / 50%'!A1:B2");
            get.MajorDimension = ValuesGet.MajorDimensionEnum.COLUMNS;
            get.ValueRenderOption = ValuesGet.ValueRenderOptionEnum.UNFORMATTEDVALUE;
            get.DateTimeRenderOption = ValuesGet.DateTimeRenderOptionEnum.SERIALNUMBER;
            return await get.ExecuteAsync();
        }
        if (call == "values.update")
        {
            var update = sheets.Values.Update(new(), "s1", "A1");
            update.ValueInputOption = ValuesUpdate.ValueInputOptionEnum.RAW;
            update.IncludeValuesInResponse = false;
            return await update.ExecuteAsync();
        }
        if (call == "getByDataFilter")
        {
            var get = sheets.GetByDataFilter(new(), "s1");
            get.Fields = "sheets.data";
            return await get.ExecuteAsync();
        }
        return call switch
        {
            "create" => await sheets.Create(new()).ExecuteAsync(),
            "batchUpdate" => await sheets.BatchUpdate(new(), "s1").ExecuteAsync(),
            "values.batchGetByDataFilter" => await sheets.Values.BatchGetByDataFilter(new(), "s1").ExecuteAsync(),
            "values.batchUpdate" => await sheets.Values.BatchUpdate(new(), "s1").ExecuteAsync(),
            "values.clear" => await sheets.Values.Clear(new(), "s1", "A1").ExecuteAsync(),
            "metadata.search" => await sheets.DeveloperMetadata.Search(new(), "s1").ExecuteAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(call)),
        };
    }

    private static async Task<object> Send(DriveService service, string call)
    {
        var get = service.Files.Get("f1");
        (get.Fields, get.SupportsAllDrives) = ("id", true);
        var list = service.Files.List();
        (list.Q, list.PageSize, list.OrderBy, list.PageToken, list.Spaces) = ("trashed=false", 100, "name", "p2", "drive");
        var create = service.Files.Create(new());
        create.SupportsAllDrives = true;
        var update = service.Files.Update(new(), "f1");
        update.AddParents = "p1";
        return call switch
        {
            "get" => await get.ExecuteAsync(),
            "list" => await list.ExecuteAsync(),
            "create" => await create.ExecuteAsync(),
            "update" => await update.ExecuteAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(call)),
        };
    }

    private static BaseClientService.Initializer Settings(string baseUri) => new()
    {
        BaseUri = baseUri,
        ApplicationName = "CountingKit",
        DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
    };

    /// <summary>The order of a query's parameters is nobody's business; repeated ones keep theirs.</summary>
    private static string Normal(string request) => request.Split('?') is [var path, var query]
        ? path + "?" + string.Join('&', query.Split('&').OrderBy(p => p[..p.IndexOf('=')], StringComparer.Ordinal))
        : request.ToString(CultureInfo.InvariantCulture);
}
