using System.Text.RegularExpressions;
using CountingKit.Sandbox.Google.State;

namespace CountingKit.Sandbox.Google.Drive;

/// <summary>The <c>q</c> of files.list: terms joined by <c>and</c>.</summary>
internal static partial class DriveQuery
{
    /// <exception cref="GoogleError">A term that the stand-in cannot read.</exception>
    public static Func<DriveFile, bool> Read(string? text, SignIn caller)
    {
        if (string.IsNullOrWhiteSpace(text)) return _ => true;
        var terms = new List<Func<DriveFile, bool>>();
        for (var at = 0; at < text.Length;)
        {
            var match = Term().Match(text, at);
            if (!match.Success) throw new GoogleError(400, "INVALID_ARGUMENT", "Invalid Value", "invalid");
            terms.Add(One(match, caller));
            at += match.Length;
        }
        return file => terms.TrueForAll(term => term(file));
    }

    private static Func<DriveFile, bool> One(Match match, SignIn caller)
    {
        string Text(string group) =>
            match.Groups[group].Value.Replace("\\'", "'", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal);
        var (value, not) = (Text("value"), match.Groups["not"].Success);
        return match switch
        {
            _ when match.Groups["mime"].Success => file => file.MimeType == value != not,
            _ when match.Groups["trashed"].Success => file => file.Trashed == (Text("flag") == "true"),
            _ when match.Groups["name"].Success => file => file.Name == value != not,
            _ when match.Groups["contains"].Success => file =>
                file.Name.Contains(value, StringComparison.OrdinalIgnoreCase),
            _ when match.Groups["parent"].Success => file => file.Parents.Contains(value),
            _ when match.Groups["owner"].Success => file => file.Owner == (value == "me" ? caller.Email : value),
            _ => file => file.AppProperties.GetValueOrDefault(caller.ClientId ?? "")?.GetValueOrDefault(
                Text("key")) == value,
        };
    }

    [GeneratedRegex("""
        \G\s*(?:
          (?<mime>mimeType)\s*(?:=|(?<not>!=))\s*'(?<value>(?:[^'\\]|\\.)*)'
        | (?<trashed>trashed)\s*=\s*(?<flag>true|false)
        | (?<name>name)\s*(?:=|(?<not>!=))\s*'(?<value>(?:[^'\\]|\\.)*)'
        | (?<contains>name\s+contains)\s*'(?<value>(?:[^'\\]|\\.)*)'
        | '(?<value>(?:[^'\\]|\\.)*)'\s+in\s+(?:(?<parent>parents)|(?<owner>owners))
        | (?<app>appProperties)\s+has\s+\{\s*key\s*=\s*'(?<key>(?:[^'\\]|\\.)*)'\s+and\s+value\s*=\s*'(?<value>(?:[^'\\]|\\.)*)'\s*\}
        )(?:\s+and(?=\s)|\s*$)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Term();
}
