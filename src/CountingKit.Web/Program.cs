using CountingKit;
using CountingKit.Adapters;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Adapters.Xero;
using CountingKit.Web.Features;
using CountingKit.Web.Features.Api;
using CountingKit.Web.Hosting;
using CountingKit.Web.Security;
using Microsoft.Extensions.DependencyInjection.Extensions;

NativeMemory.KeepTogether();
PrivateFiles.FromNowOn();
if (await ConsoleCommands.Run(args) is { } exitCode) return exitCode;

try
{
    var builder = PortalDefaults.NewBuilder(args);
    builder.AddPortalDefaults();
    await using var sandbox = await SandboxProcess.Start(builder);
    var settings = PortalSettings.Read(builder.Configuration);

    PrivateFiles.Of(settings.Storage, builder.Environment.ContentRootPath);
    builder.AddPortalLogging();
    builder.AddRequestLimits();
    builder.Services.TryAddSingleton(TimeProvider.System);
    builder.Services.AddSingleton(settings.Portal);
    builder.Services.AddSingleton<PortalAddress>();
    builder.CheckSettings();
    builder.AddStorage(settings.Storage);
    builder.Services.AddSingleton(_ => StorageFolders.Of(settings.Storage, builder.Environment.ContentRootPath));
    builder.Services.AddLogCheck();
    builder.Services.AddXero(builder.Configuration);
    builder.Services.AddGoogleSheets(builder.Configuration);
    builder.Services.AddSingleton(settings.Schedules).AddCountingKit(settings.Workers);
    builder.AddPortalSecurity(settings.Portal);
    builder.Services.AddPeople();
    builder.Services.AddPortalHealth();
    builder.Services.AddPages();
    builder.Services.AddApi();

    await using var app = builder.Build();
    await app.CheckLog(settings.Storage);
    await app.CheckKeys(settings.Storage);
    app.BeginMirror();
    app.UsePages();
    await app.Serve();
    return Environment.ExitCode;
}
catch (SettingException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
