using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>One sandbox for a class of tests; each test works in spreadsheets of its own.</summary>
public sealed class GoogleSandbox : IAsyncLifetime
{
    public SandboxProcess Process { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Process = await SandboxProcess.Start("--Organizations=1", "--Invoices=5", "--Limits=off");

    public async Task DisposeAsync() => await Process.DisposeAsync();
}
