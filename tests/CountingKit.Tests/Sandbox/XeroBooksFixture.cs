using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>One sandbox for the tests of a class; each test is an app of its own.</summary>
public sealed class XeroBooksFixture : IAsyncLifetime
{
    /// <summary>Sales invoices of the first organization.</summary>
    public int Invoices { get; init; } = 1200;

    public SandboxProcess Sandbox { get; private set; } = null!;

    public string First { get; private set; } = "";

    public string Second { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Sandbox = await SandboxProcess.Start("--Organizations=3", $"--Invoices={Invoices}", "--Limits=on");
        var organizations = await Sandbox.Control.Get<JsonArray>("_/xero/organizations");
        First = organizations[0]!["tenantId"]!.GetValue<string>();
        Second = organizations[1]!["tenantId"]!.GetValue<string>();
    }

    public async Task DisposeAsync() => await Sandbox.DisposeAsync();

    /// <summary>An app whose person allowed the first organization.</summary>
    public async Task<XeroApp> Connected(string scopes = XeroApp.ReadScopes)
    {
        var app = new XeroApp(Sandbox);
        await app.SignIn(First, scopes: scopes);
        return app;
    }

    /// <summary>An app whose person allowed the organization at this place, from 0.</summary>
    public async Task<(XeroApp App, string Tenant)> SignedIn(int place, string scopes = XeroApp.BookScopes)
    {
        var organizations = await Sandbox.Control.Get<JsonArray>("_/xero/organizations");
        var tenant = organizations[place]!["tenantId"]!.GetValue<string>();
        var app = new XeroApp(Sandbox);
        await app.SignIn(tenant, scopes: scopes);
        return (app, tenant);
    }

    /// <summary>The last day of the month before this one, by the sandbox's clock.</summary>
    public async Task<DateOnly> LastMonthEnd()
    {
        var now = await Sandbox.Control.Now();
        return new DateOnly(now.Year, now.Month, 1).AddDays(-1);
    }
}
