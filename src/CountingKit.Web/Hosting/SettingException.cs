namespace CountingKit.Web.Hosting;

/// <summary>A setting is wrong or half given: the start stops with this one line.</summary>
/// <param name="setting">As the environment names it, such as <c>Portal__PublicUrl</c>.</param>
/// <param name="problem">What is wrong with it; never its value, which may be a secret.</param>
public sealed class SettingException(string setting, string problem) : Exception($"{setting} {problem}")
{
    public string Setting { get; } = setting;
}
