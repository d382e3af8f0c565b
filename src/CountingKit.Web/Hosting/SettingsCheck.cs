using System.Text.RegularExpressions;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Adapters.Xero;
using Microsoft.Extensions.Options;

namespace CountingKit.Web.Hosting;

internal static partial class SettingsCheck
{
    /// <summary>
    /// Checks the settings that others read, so that a wrong one is said in one line, and before a database is made, which
    /// would stay. The vendors' are read by services of their own: of the portal's none is made yet.
    /// </summary>
    /// <exception cref="SettingException">The first that is wrong.</exception>
    public static void CheckSettings(this WebApplicationBuilder builder)
    {
        ListenAddresses.Check(builder.Configuration);
        var vendors = new ServiceCollection();
        vendors.AddSingleton<IHostEnvironment>(builder.Environment);
        vendors.AddXero(builder.Configuration).AddGoogleSheets(builder.Configuration);
        using var services = vendors.BuildServiceProvider();
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException wrong)
        {
            throw Said(wrong);
        }
        catch (InvalidOperationException wrong) when (Unreadable().Match(wrong.Message) is { Success: true } match)
        {
            throw new SettingException(SettingReader.Environment(match.Groups["key"].Value), "cannot be read.");
        }
        catch (AggregateException several) when (several.InnerExceptions.OfType<OptionsValidationException>().Any())
        {
            throw Said(several.InnerExceptions.OfType<OptionsValidationException>().First());
        }
    }

    // What the configuration binder says of a value of the wrong kind. The value itself is not repeated.
    [GeneratedRegex("^Failed to convert configuration value .* at '(?<key>[^']+)' to type", RegexOptions.Singleline)]
    private static partial Regex Unreadable();

    private static SettingException Said(OptionsValidationException wrong) =>
        SettingException.Of(wrong.Failures.First()) ?? new(wrong.OptionsName, wrong.Failures.First());
}
