using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Storage;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// One organization with one exporter, which runs hourly in fast motion: the portal's clock and the stand-ins' go on by an
/// hour, some invoices change, one of them among the rows of the sheet, and an API client starts a run.
/// </summary>
public sealed class HourlyRuns : IAsyncDisposable
{
    /// <summary>Rows in the sheet: what an organization has is in the mirror, what people look at is less.</summary>
    private const int Rows = 100;

    private const int Changed = 10;
    private const int BatchOfInvoices = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Each look costs the portal some milliseconds; beside other tests a run takes seconds.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(Scale.Of(150, 30));

    private readonly PortalClock clock = new();
    private readonly int invoices;
    private readonly string meterFile;
    private Journey journey = null!;
    private EventStoreDbNode? log;
    private string tenantId = "";
    private Guid exporterId;
    private Guid lastRun;

    private HourlyRuns(int invoices, string name)
    {
        this.invoices = invoices;
        meterFile = Path.Combine(AppContext.BaseDirectory, $"hourly-runs-{name}.csv");
    }

    /// <summary>What each run so far cost.</summary>
    public List<Hour> Hours { get; } = [];

    /// <param name="name">Of the file beside the tests to which each hour is written as it ends.</param>
    /// <param name="withServer">True = the log is on a server, which counts what is read; false = in a file.</param>
    public static async Task<HourlyRuns> Begin(string name, int invoices, bool withServer)
    {
        var runs = new HourlyRuns(invoices, name);
        try
        {
            await runs.SetUp(withServer);
            return runs;
        }
        catch
        {
            await runs.DisposeAsync();
            throw;
        }
    }

    public async Task Next()
    {
        var (number, busy, read) = (Hours.Count, journey.Portal.ProcessorTime, log?.EventsRead ?? 0);
        if (log is null)
        {
            // A log's server has a clock of its own: there the runs follow each other at once.
            clock.Advance(TimeSpan.FromHours(1));
            await journey.Sandbox.Control.Advance(TimeSpan.FromHours(1));
        }

        await Put(Numbers(number), number);
        if (number % 24 == 0) await journey.Sandbox.Control.EmptyJournal();

        var watch = Stopwatch.StartNew();
        var run = await Started();
        while (!await HasEnded(run))
        {
            if (watch.Elapsed > Patience) throw new TimeoutException($"Run {number} does not end.\n{journey.Portal.Output}");
            await Task.Delay(BetweenLooks);
        }

        var elapsed = watch.Elapsed;
        lastRun = run;
        var told = await journey.Look(run);
        told["status"]!.GetValue<string>().Should().Be("Completed", "hour {0} ended so: {1}", number, told.ToJsonString());
        told["rows"]!.GetValue<int>().Should().Be(Rows);
        (told["changed"]?.GetValue<int>() ?? 1).Should().Be(1, "one of the rows was changed");
        var hour = new Hour(
            elapsed, journey.Portal.ProcessorTime - busy, journey.Portal.PeakMemory >> 20, (log?.EventsRead ?? 0) - read);
        Hours.Add(hour);
        await File.AppendAllTextAsync(meterFile, string.Create(
            CultureInfo.InvariantCulture,
            $"{number};{hour.Elapsed.TotalMilliseconds:0};{hour.Busy.TotalMilliseconds:0};{hour.PeakMegabytes};{hour.EventsRead}\n"));
    }

    public async ValueTask DisposeAsync()
    {
        if (journey is not null) await journey.DisposeAsync();
        if (log is not null) await log.DisposeAsync();
        clock.Dispose();
    }

    private async Task SetUp(bool withServer)
    {
        await File.WriteAllTextAsync(meterFile, "hour;ms;processor ms;peak MB;events read\n");
        if (withServer) log = await EventStoreDbNode.Start();
        // Budgets go by the database's time, which is not in fast motion: there many hours of calls fall into one minute.
        List<(string Name, string Value)> settings = [.. clock.Settings, ("Xero__CallsPerMinute", "100000")];
        if (log is not null) settings.Add(("EventStore__ConnectionString", log.ConnectionString));
        journey = await Journey.Begin(
            await Testing.Sandbox.SandboxProcess.Start("--Organizations=1", "--Invoices=0", "--Limits=off"), StorageKind.Sqlite,
            [.. settings]);
        tenantId = (await journey.Organizations())[0].TenantId;
        foreach (var batch in Enumerable.Range(0, invoices).Chunk(BatchOfInvoices)) await Put(batch, 0);
        await journey.SignIn();
        await journey.ConnectGoogle();
        await journey.CreateSpreadsheet("Books");
        await journey.ConnectXero(tenantId);
        var made = await journey.Browser.Submit(
            await journey.ExporterForm(), ("Name", "To be approved"), ("TabTitle", "Invoices"), ("Statuses", "SUBMITTED"));
        exporterId = Guid.Parse(made.Location!.Split('/')[^1].Split('?')[0]);
    }

    /// <summary>The last run is over before the exporter is free again.</summary>
    private async Task<Guid> Started()
    {
        while (true)
        {
            if (await journey.StartRun(exporterId) is var run && run != lastRun) return run;
            await Task.Delay(BetweenLooks);
        }
    }

    private async Task<bool> HasEnded(Guid run) => (await journey.Look(run))["ended"]!.GetValue<bool>();

    /// <summary>One that is in the sheet, and others that are not.</summary>
    private IEnumerable<int> Numbers(int hour)
    {
        var apart = invoices / Rows;
        var others = Enumerable.Range(0, invoices).Where(number => number % apart != 0).ToList();
        return Enumerable.Range(hour * (Changed - 1), Changed - 1).Select(i => others[i % others.Count])
            .Append(hour % Rows * apart);
    }

    private Task Put(IEnumerable<int> numbers, int hour) => journey.Sandbox.Control.Post(
        $"_/xero/organizations/{tenantId}/invoices",
        new { invoices = numbers.Select(number => Invoice(number, hour)) });

    /// <summary>As Xero writes it: an anonymous type's names would be put into another case on the way.</summary>
    private JsonNode Invoice(int number, int hour)
    {
        var total = number + 1 + (hour / 100m);
        return JsonSerializer.SerializeToNode(new
        {
            InvoiceID = string.Create(CultureInfo.InvariantCulture, $"11111111-2222-3333-4444-{number:000000000000}"),
            Type = "ACCREC",
            Status = number % (invoices / Rows) == 0 ? "SUBMITTED" : "AUTHORISED",
            InvoiceNumber = $"INV-{number}",
            Reference = $"Order {number} of the customer's, as told by telephone",
            Contact = new { ContactID = Guid.Empty, Name = $"Customer {number % 200}" },
            Date = "/Date(1777852800000+0000)/",
            DueDate = "/Date(1780444800000+0000)/",
            CurrencyCode = "AUD",
            CurrencyRate = 1.0,
            SubTotal = total,
            Total = total,
            AmountDue = total,
            LineItems = Enumerable.Range(1, 3).Select(line => new
            {
                LineItemID = Guid.Empty, Description = $"Line {line} of invoice {number}", Quantity = 1.0, UnitAmount = total,
            }),
        })!;
    }
}

/// <param name="Busy">The portal's time on the processors, all of its threads.</param>
/// <param name="PeakMegabytes">VmHWM of the portal.</param>
/// <param name="EventsRead">From streams, not by subscriptions; 0 where the log does not count.</param>
public sealed record Hour(TimeSpan Elapsed, TimeSpan Busy, long PeakMegabytes, long EventsRead);
