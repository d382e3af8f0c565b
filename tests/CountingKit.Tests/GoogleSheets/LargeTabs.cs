using System.Globalization;
using CountingKit.Spreadsheets;
using Newtonsoft.Json;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>A tab that takes many reads to look through, and Google counts the reads of a minute.</summary>
public sealed class LargeTabs : IAsyncLifetime
{
    private const int Rows = 200_000;
    private static readonly SheetColumn[] Three = [Number, Date, Total];

    private readonly ImpatientTime time = new();
    private int quota = int.MaxValue;
    private TimeSpan? limit;
    private (long Minute, int Reads) now;
    private int answered;
    private LoopbackServer server = null!;
    private WiredSheets wired = null!;

    public async Task InitializeAsync()
    {
        server = await LoopbackServer.Start(Google);
        wired = new WiredSheets(server.Url, time);
        await wired.Connect();
    }

    public async Task DisposeAsync()
    {
        await wired.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task In_a_lane_too_a_reading_goes_on_from_where_the_minutes_quota_stopped_it()
    {
        await Plan();
        var whole = answered;
        (quota, answered) = (2, 0);
        wired.InALane();

        await Plan();

        whole.Should().BeGreaterThan(8);
        answered.Should().Be(whole, "nothing is read twice");
        time.Waits.Should().Contain(wait => wait > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_longer_limit_gives_the_lane_back()
    {
        (quota, limit) = (2, TimeSpan.FromMinutes(10));
        wired.InALane();

        var plan = Plan;

        var busy = (await plan.Should().ThrowAsync<SpreadsheetException>()).Which;
        (busy.Code, busy.RetryAt).Should().Be(("CK-GOOGLE-03", time.GetUtcNow() + limit));
        time.Waits.Should().NotContain(wait => wait > TimeSpan.FromSeconds(5));
    }

    private Task Plan() => wired.Sheets.Plan(Request(Three, [Row("A1", new(2024, 1, 31), 1m)], sheetId: 77), default);

    private Answer Google(Received request)
    {
        if (request.Target == "/token") return Answer.Json("""{"access_token":"at","expires_in":3599}""");
        var minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
        now = now.Minute == minute ? (minute, now.Reads + 1) : (minute, 1);
        if (now.Reads > quota)
            return Answer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.") with
            {
                Headers = new Dictionary<string, string>
                {
                    ["Retry-After"] = (limit ?? TimeSpan.FromMinutes(1)).TotalSeconds.ToString(CultureInfo.InvariantCulture),
                },
            };
        answered++;
        return Answer.Json(request.Method == "GET" ? JsonConvert.SerializeObject(Written(Rows, Three, Rows + 10, 26)) : "{}");
    }
}
