using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CountingKit.Web.Hosting;

internal static partial class SettingsCheck
{
    /// <summary>Checks the adapters' settings before anything starts, so that a wrong one is said in one line.</summary>
    /// <exception cref="SettingException">The first that is wrong.</exception>
    public static void CheckSettings(this WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
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
