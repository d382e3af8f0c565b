using System.Text.Json;
using CountingKit.Sandbox;
using CountingKit.Sandbox.Hosting;

using var input = new StreamReader(Console.OpenStandardInput());
var settings = args;
while (true)
{
    SandboxOptions options;
    try
    {
        options = SandboxOptions.Read(
            new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings).Build());
    }
    catch (ArgumentException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }

    var sandbox = await RunningSandbox.Start(options);
    Say(sandbox.Ports);
    if (!await sandbox.IsToldToStop(options.EndWithParent ? input : null)) break;
    await sandbox.DisposeAsync();
    Say(null);
    if (await input.ReadLineAsync() is not { } next) break;
    settings = JsonSerializer.Deserialize<string[]>(next) ?? [];
}

// All state is on disk already: a request that is still held must not keep the process alive.
Environment.Exit(0);
return 0;

static void Say(SandboxPorts? ports) => Console.WriteLine(JsonSerializer.Serialize(new
{
    sandbox = ports is null
        ? null
        : new
        {
            xero = Base(ports.XeroAddress),
            google = Base(ports.GoogleAddress),
            control = Base(ports.ControlAddress),
        },
}));

static string Base(Uri address) => address.GetLeftPart(UriPartial.Authority);
