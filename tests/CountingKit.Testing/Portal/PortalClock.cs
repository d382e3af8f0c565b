using System.IO.MemoryMappedFiles;
using CountingKit.Testing.Portal;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(PortalClock.Startup))]

namespace CountingKit.Testing.Portal;

/// <summary>
/// The clock of portals that are processes of their own, moved by a test. The portal knows nothing of it: .NET loads this
/// assembly before the program, ASP.NET Core lets it bring a <see cref="TimeProvider"/>, and the two processes share the
/// hours in a file. Delays and leases keep the machine's time.
/// </summary>
public sealed class PortalClock : IDisposable
{
    private const string Variable = "COUNTINGKIT_TEST_CLOCK";

    private readonly TempFolder _folder = new();
    private readonly SharedOffset _offset;

    public PortalClock()
    {
        File.WriteAllBytes(Path, new byte[sizeof(long)]);
        _offset = new(Path);
    }

    /// <summary>For the portal's environment.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("DOTNET_STARTUP_HOOKS", typeof(PortalClock).Assembly.Location),
        ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", typeof(PortalClock).Assembly.GetName().Name!),
        (Variable, Path),
    ];

    private string Path => _folder["clock"];

    public void Advance(TimeSpan by) => _offset.Value += by;

    public void Dispose()
    {
        _offset.Dispose();
        _folder.Dispose();
    }

    /// <summary>What ASP.NET Core calls in the portal's process.</summary>
    internal sealed class Startup : IHostingStartup
    {
        public void Configure(IWebHostBuilder builder)
        {
            if (Environment.GetEnvironmentVariable(Variable) is { } path)
                builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(_ => new Moved(new(path))));
        }
    }

    private sealed class Moved(SharedOffset offset) : TimeProvider, IDisposable
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset.Value;

        public void Dispose() => offset.Dispose();
    }

    private sealed class SharedOffset : IDisposable
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;

        public SharedOffset(string path)
        {
            _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, sizeof(long));
            _view = _file.CreateViewAccessor(0, sizeof(long));
        }

        public TimeSpan Value
        {
            get => new(_view.ReadInt64(0));
            set => _view.Write(0, value.Ticks);
        }

        public void Dispose()
        {
            _view.Dispose();
            _file.Dispose();
        }
    }
}
