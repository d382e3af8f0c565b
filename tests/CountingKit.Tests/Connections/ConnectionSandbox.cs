using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Connections;

/// <summary>One sandbox for the tests of a class, with organizations of few invoices.</summary>
public sealed class ConnectionSandbox : IAsyncLifetime
{
    public SandboxProcess Process { get; private set; } = null!;

    public string First { get; private set; } = "";

    public string FirstName { get; private set; } = "";

    public string Second { get; private set; } = "";

    public string SecondName { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Process = await SandboxProcess.Start("--Organizations=3", "--Invoices=3", "--Limits=off");
        var organizations = await Process.Control.Get<JsonArray>("_/xero/organizations");
        (First, FirstName) = Of(organizations[0]!);
        (Second, SecondName) = Of(organizations[1]!);
    }

    public async Task DisposeAsync() => await Process.DisposeAsync();

    private static (string, string) Of(JsonNode organization) =>
        (organization["tenantId"]!.GetValue<string>(), organization["name"]!.GetValue<string>());
}
