namespace CountingKit.Web.Security;

/// <summary>A browser as its owner would call it, from what it says of itself.</summary>
internal static class BrowserWords
{
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS", "Mac"), ("Linux", "Linux")];

    public static string Of(string? userAgent) =>
        $"{Find(Browsers, userAgent) ?? "A browser"} on {Find(Systems, userAgent) ?? "an unknown system"}";

    private static string? Find((string Sign, string Name)[] known, string? userAgent) => userAgent is null
        ? null
        : known.FirstOrDefault(k => userAgent.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
