using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>A sandbox with everything that one can have, its end, and the next one in the same process.</summary>
public sealed class TwoSandboxes : IAsyncLifetime
{
    private readonly IdleSandboxes idle = new(1);

    public SandboxProcess Second { get; private set; } = null!;

    public int FirstProcessId { get; private set; }

    /// <summary>Of the first one: Xero, Google, control.</summary>
    public IReadOnlyList<Uri> FirstAddresses { get; private set; } = [];

    public string FirstDataFolder { get; private set; } = "";

    /// <summary>What the first one issued and keeps.</summary>
    public string XeroToken { get; private set; } = "";

    public string GoogleToken { get; private set; } = "";

    public string SpreadsheetId { get; private set; } = "";

    /// <summary>What became of the calls that the first one held and delayed at its end.</summary>
    public IReadOnlyList<Exception?> Unanswered { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var first = await SandboxProcess.Start(idle, "--Organizations=1", "--Invoices=5", "--Limits=off");
        FirstProcessId = first.ProcessId;
        FirstAddresses = [first.Xero, first.Google, first.Control.Address];
        FirstDataFolder = first.DataFolder;
        await Fill(first);

        using var caller = new HttpClient { BaseAddress = first.Google };
        var held = caller.PostAsync("held", new StringContent("text"));
        await first.Control.GateHolds();
        var delayed = caller.PostAsync("delayed", new StringContent("text"));
        await Struck(first);
        await first.DisposeAsync();
        Unanswered = [await Record.ExceptionAsync(() => held), await Record.ExceptionAsync(() => delayed)];

        Second = await SandboxProcess.Start(idle, "--Organizations=2", "--Invoices=3");
    }

    public async Task DisposeAsync()
    {
        await Second.DisposeAsync();
        await idle.DisposeAsync();
    }

    private async Task Fill(SandboxProcess first)
    {
        var google = await GoogleApp.SignedIn(first);
        GoogleToken = google.AccessToken;
        SpreadsheetId = await google.Spreadsheet((1, "Invoices", 3, 3));
        var organizations = await first.Control.Get<JsonArray>("_/xero/organizations");
        var xero = new XeroApp(first);
        await xero.SignIn(organizations[0]!["tenantId"]!.GetValue<string>());
        XeroToken = xero.AccessToken;
        await first.Control.SetClock(new DateTimeOffset(2041, 5, 6, 7, 8, 9, TimeSpan.Zero));
        await first.Control.SetGate("google", "^POST /held$");
        await first.Control.AddFault(
            new { vendor = "google", pathPattern = "^POST /delayed$", kind = "delay", delayMs = 600_000 });
    }

    private static async Task Struck(SandboxProcess sandbox)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await sandbox.Control.Get<JsonArray>("_/faults"))[0]!["struck"]!.GetValue<int>() == 0)
            await Task.Delay(20, patience.Token);
    }
}
