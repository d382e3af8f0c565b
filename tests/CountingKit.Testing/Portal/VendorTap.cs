using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Web;

namespace CountingKit.Testing.Portal;

/// <summary>
/// Stands between a portal and a stand-in, hands everything on, and notes the addresses asked for and the secrets that
/// passed: tokens, codes, verifiers, assertions.
/// </summary>
public sealed class VendorTap : IAsyncDisposable
{
    private static readonly string[] SecretFields =
        ["code", "code_verifier", "refresh_token", "client_secret", "token", "assertion", "access_token", "id_token"];

    /// <summary>Answers come unpacked, so that they can be read.</summary>
    private static readonly string[] NotHandedOn = ["Host", "Content-Length", "Accept-Encoding"];

    private readonly HttpListener listener = new();
    private readonly HttpClient http;
    private readonly ConcurrentDictionary<string, bool> secrets = new();
    private readonly ConcurrentQueue<string> addresses = new();
    private readonly Task serving;

    public VendorTap(Uri target)
    {
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = target };
        Address = $"http://127.0.0.1:{FreePort.Find()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        serving = Serve();
    }

    /// <summary>Without a last slash.</summary>
    public string Address { get; }

    /// <summary>Every secret that has passed so far.</summary>
    public IReadOnlyCollection<string> Secrets => [.. secrets.Keys];

    /// <summary>Path and query of every request so far.</summary>
    public IReadOnlyCollection<string> Addresses => [.. addresses];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
        http.Dispose();
    }

    private async Task Serve()
    {
        var answering = new List<Task>();
        try
        {
            while (true) answering.Add(Answer(await listener.GetContextAsync()));
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var (asked, answered) = (context.Request, context.Response);
        addresses.Enqueue(asked.RawUrl!);
        using var body = new MemoryStream();
        await asked.InputStream.CopyToAsync(body);
        NoteRequest(asked, body.ToArray());
        using var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), asked.RawUrl!.TrimStart('/'));
        if (asked.HasEntityBody) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var name in asked.Headers.AllKeys.OfType<string>().Except(NotHandedOn))
            if (!request.Headers.TryAddWithoutValidation(name, asked.Headers[name]))
                request.Content?.Headers.TryAddWithoutValidation(name, asked.Headers[name]);

        using var answer = await http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (answer.Content.Headers.ContentType?.MediaType == "application/json" && IsOfTokens(asked.RawUrl))
            NoteAnswer(bytes);
        answered.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not ("Content-Length" or "Transfer-Encoding" or "Connection"))
                answered.Headers[name] = string.Join(", ", values);
        answered.ContentLength64 = bytes.Length;
        try
        {
            await answered.OutputStream.WriteAsync(bytes);
            answered.Close();
        }
        catch (HttpListenerException)
        {
            // The portal was killed meanwhile.
            answered.Abort();
        }
    }

    private static bool IsOfTokens(string address) =>
        address.Contains("token", StringComparison.Ordinal) || address.Contains("revo", StringComparison.Ordinal);

    private void NoteRequest(HttpListenerRequest asked, byte[] body)
    {
        if (asked.Headers["Authorization"] is { } authorization) Note(authorization.Split(' ')[^1]);
        if (!IsOfTokens(asked.RawUrl!)) return;
        var form = HttpUtility.ParseQueryString(System.Text.Encoding.UTF8.GetString(body));
        foreach (var field in SecretFields) Note(form[field]);
    }

    private void NoteAnswer(byte[] body)
    {
        if (JsonNode.Parse(body) is not JsonObject json) return;
        foreach (var field in SecretFields) Note((string?)json[field]);
    }

    private void Note(string? secret)
    {
        if (secret is { Length: >= 12 }) secrets[secret] = true;
    }
}
