using System.Globalization;

namespace CountingKit.Web.Hosting;

/// <summary>Reads single settings, and says in one line what is wrong with one.</summary>
internal static class SettingReader
{
    /// <summary>The setting's text without blanks around it; null = not given.</summary>
    public static string? Text(this IConfiguration configuration, string key) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public static int WholeNumber(this IConfiguration configuration, string key, int least, int most, int otherwise)
    {
        if (configuration.Text(key) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : throw new SettingException(Environment(key), $"must be a whole number from {least} to {most}.");
    }

    public static bool? YesOrNo(this IConfiguration configuration, string key)
    {
        if (configuration.Text(key) is not { } text) return null;
        return bool.TryParse(text, out var value)
            ? value
            : throw new SettingException(Environment(key), "must be true or false.");
    }

    /// <summary>A web address: https, or plain http to this machine alone.</summary>
    public static Uri? WebAddress(this IConfiguration configuration, string key)
    {
        if (configuration.Text(key) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address is { Scheme: "http", IsLoopback: true })
            ? address
            : throw new SettingException(
                Environment(key), "must be an https address (plain http only to localhost or 127.0.0.1).");
    }

    /// <summary>The name that an environment variable gives the setting.</summary>
    public static string Environment(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
