using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace CountingKit.Web.Hosting;

/// <summary>
/// <c>dotnet CountingKit.Web.dll new-keys</c>: makes a key where there is none, so that the portal starts after its keys
/// were lost. What they encrypted stays unreadable.
/// </summary>
internal static class NewKeysCommand
{
    public const string Name = "new-keys";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public static async Task Run(string[] args)
    {
        if (args.Length > 1) throw new FormatException($"Usage: {Name}");
        await using var app = ConsoleCommands.AppOnStorage();
        var now = TimeProvider.System.GetUtcNow();
        app.Services.GetRequiredService<IKeyManager>().CreateNewKey(now, now + Lifetime);
        Console.Out.WriteLine("A new key is made. Sign-ins that earlier keys encrypted have to be reconnected.");
    }
}
