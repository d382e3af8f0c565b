using System.Text.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace CountingKit.Web.Hosting;

internal static class PortalDefaults
{
    private const string Address = "http://localhost:5080";

    /// <exception cref="SettingException">The content root is not there, or a file of settings cannot be read.</exception>
    public static WebApplicationBuilder NewBuilder(params string[] args)
    {
        try
        {
            return WebApplication.CreateBuilder(args);
        }
        catch (DirectoryNotFoundException)
        {
            throw new SettingException("ContentRoot", "names a folder that is not there.");
        }
        catch (InvalidDataException unreadable)
        {
            // Whose own words may repeat what stands there.
            var line = unreadable.GetBaseException() is JsonException { LineNumber: { } before } ? $" (line {before + 1})" : "";
            throw new SettingException(NameOfFile(unreadable), $"cannot be read{line}: it is no JSON.");
        }
    }

    private static string NameOfFile(InvalidDataException unreadable) =>
        unreadable.Message.Split('\'') is [_, var path, ..] ? Path.GetFileName(path) : "appsettings.json";

    /// <summary>What holds when no setting says otherwise: where the portal listens, and that its files are those of the build.</summary>
    public static void AddPortalDefaults(this WebApplicationBuilder builder)
    {
        // Otherwise the framework maps an endpoint of its own, for files that change while it runs.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("ReloadStaticAssetsAtRuntime", "false")],
        });
        if (ListenAddresses.Of(builder.Configuration).Addresses.Count == 0) builder.WebHost.UseUrls(Address);
    }
}
