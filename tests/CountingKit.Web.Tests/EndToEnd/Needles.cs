using System.Text;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Secrets to be searched for: as they are, URL-encoded, and in base64 wherever they begin in it.</summary>
internal sealed class Needles(IEnumerable<string> secrets)
{
    private readonly List<(string Secret, byte[] Form)> forms =
        [.. secrets.Distinct().SelectMany(secret => Forms(secret).Distinct().Select(
            form => (secret, Encoding.UTF8.GetBytes(form))))];

    public int Count => forms.Count;

    /// <returns>The beginnings of the secrets that are in it.</returns>
    public IReadOnlyList<string> In(ReadOnlyMemory<byte> hay) =>
        [.. forms.Where(form => hay.Span.IndexOf(form.Form) >= 0).Select(form => form.Secret[..8] + "…").Distinct()];

    public IReadOnlyList<string> In(string hay) => In(Encoding.UTF8.GetBytes(hay));

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return System.Net.WebUtility.UrlEncode(secret);
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var shift = 0; shift < 3; shift++)
        {
            // What stands before it shifts its base64; first and last characters depend on the neighbors.
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var inner = text[(shift == 0 ? 0 : 4)..^4];
            yield return inner;
            yield return inner.Replace('+', '-').Replace('/', '_');
        }
    }
}
