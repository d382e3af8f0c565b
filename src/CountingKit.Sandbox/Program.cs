using System.Text.Json;
using CountingKit.Sandbox.Google;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero;

SandboxOptions options;
try
{
    options = SandboxOptions.Read(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build());
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

Directory.CreateDirectory(options.Data);
// Tokens and keys lie in it, if only those of the stand-ins.
if (!OperatingSystem.IsWindows())
    File.SetUnixFileMode(options.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

var ports = SandboxPorts.Settle(options);
var state = new HostState(options.Data);
var clock = new SandboxClock(state);
var (journal, faults, gate) = (new Journal(state), new Faults(), new Gate());
using var xero = new XeroStandIn(options, ports, clock, journal);
var google = new GoogleStandIn(options, ports, clock);

await using var xeroSite = Site.OnPort(ports.Xero);
xeroSite.Use(xero.CountInProgress);
StandBehind("xero", xeroSite);
xero.Map(xeroSite);
await using var googleSite = Site.OnPort(ports.Google);
StandBehind("google", googleSite);
google.Map(googleSite);
await using var control = Site.OnPort(ports.Control);
control.MapIndex(ports);
control.MapControl(journal, clock, faults, gate);
xero.MapControl(control);
google.MapControl(control);

await xeroSite.StartAsync();
await googleSite.StartAsync();
await control.StartAsync();
Console.WriteLine(JsonSerializer.Serialize(new
{
    sandbox = new
    {
        xero = Base(ports.XeroAddress),
        google = Base(ports.GoogleAddress),
        control = Base(ports.ControlAddress),
    },
}));

var stopping = control.Lifetime.ApplicationStopping;
var asked = control.WaitForShutdownAsync();
await Task.WhenAny(options.EndWithParent ? [asked, ParentPipe.Closed(stopping)] : [asked]);

// All state is on disk already: a request that is still held must not keep the process alive.
Environment.Exit(0);
return 0;

void StandBehind(string vendor, WebApplication site)
{
    site.UseResponseCompression();
    site.Use(new VendorTraffic(vendor, journal, faults, gate, clock, site.Logger).Handle);
}

static string Base(Uri address) => address.GetLeftPart(UriPartial.Authority);
