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
            // A reader's own words may repeat what stands there.
            throw new SettingException(NameOfFile(unreadable.Message), unreadable.GetBaseException() is JsonException { LineNumber: { } before }
                ? $"cannot be read: line {before + 1} is not valid JSON."
                : "cannot be read: it has a setting twice, or something other than settings.");
        }
    }

    /// <summary>Between the first apostrophe and the last.</summary>
    private static string NameOfFile(string message)
    {
        var (first, last) = (message.IndexOf('\'', StringComparison.Ordinal), message.LastIndexOf('\''));
        return first < last ? Path.GetFileName(message[(first + 1)..last]) : "appsettings.json";
    }

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
