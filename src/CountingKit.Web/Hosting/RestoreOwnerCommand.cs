using CountingKit.Web.Security;
using CountingKit.Workspaces;

namespace CountingKit.Web.Hosting;

/// <summary>
/// <c>dotnet CountingKit.Web.dll restore-owner olivia@example.com</c>: prints a one-time code with which this owner sets a
/// new password. The portal may run meanwhile.
/// </summary>
internal static class RestoreOwnerCommand
{
    public const string Name = "restore-owner";

    public static async Task Run(string[] args)
    {
        if (args is not [_, var email]) throw new FormatException($"Usage: {Name} <the owner's email address>");
        var builder = ConsoleCommands.Builder();
        builder.AddPortalDefaults();
        builder.AddSandboxData();
        // Vendors have no part in it: their adapters are not there.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        var settings = PortalSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings.Portal).AddSingleton<PortalAddress>();
        builder.AddExistingStorage(settings.Storage);
        builder.Services.AddCountingKit(settings.Workers);
        builder.Services.AddPeople();
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        var code = await scope.ServiceProvider.GetRequiredService<OwnerRestoration>().NewCode(email, CancellationToken.None);
        var where = settings.Portal.PublicUrl is { } url ? new Uri(url, "restore").AbsoluteUri : "/restore";
        Console.Out.WriteLine($"Open {where} in the portal and enter this code, once and within an hour: {code}");
    }
}
