namespace CountingKit.Workspaces;

public static class WaitWords
{
    /// <summary>A wait as a person reads it, rounded up: "1 second", "8 seconds", "3 minutes".</summary>
    public static string InWords(this TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(Math.Max(wait.TotalSeconds, 1));
        var (number, unit) = seconds < 60 ? (seconds, "second") : ((seconds + 59) / 60, "minute");
        return number == 1 ? $"1 {unit}" : $"{number} {unit}s";
    }
}
