namespace CountingKit.Web.Hosting;

/// <summary>A setting is wrong or half given: the start stops with this one line.</summary>
/// <param name="setting">As the environment names it, such as <c>Portal__PublicUrl</c>.</param>
/// <param name="problem">What is wrong with it; never a value that may be a secret.</param>
public sealed class SettingException(string setting, string problem) : Exception($"{setting} {problem}")
{
    public string Setting { get; } = setting;

    /// <summary>From a line of an adapter's that begins with the setting's name; null = it does not.</summary>
    internal static SettingException? Of(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && line[..blank].Contains("__", StringComparison.Ordinal)
            ? new(line[..blank], line[(blank + 1)..])
            : null;
    }
}
