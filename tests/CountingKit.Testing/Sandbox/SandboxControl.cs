using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Testing.Sandbox;

/// <summary>One vendor request as the sandbox's journal has it. <c>Status</c> 0: the caller got no answer.</summary>
/// <param name="At">When it was carried out, by the sandbox's clock.</param>
/// <param name="Began">When it had come in.</param>
public sealed record JournalLine(
    long Seq, DateTimeOffset At, DateTimeOffset Began, string Vendor, string Method, string Path, string? Query, int Status, string? Account,
    string? Tenant, bool Write, string? Fault, IReadOnlyList<JournalTab>? Tabs)
{
    /// <summary><c>METHOD path</c>, as fault patterns see it.</summary>
    public string Request => $"{Method} {Path}";
}

/// <summary>A visible tab after the request, by the SHA-256 of its values and formulas.</summary>
public sealed record JournalTab(string SpreadsheetId, int SheetId, string Title, string Hash);

/// <summary>Client of the sandbox's control interface (<c>/_/</c>). An answer that is no success throws.</summary>
public sealed class SandboxControl(Uri address) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _http = new() { BaseAddress = address };

    public Uri Address => address;

    public async Task<IReadOnlyList<JournalLine>> Journal(long after = 0) =>
        await Get<List<JournalLine>>($"_/journal?after={after}");

    public Task EmptyJournal() => Delete("_/journal");

    public Task Advance(TimeSpan by) => Post("_/clock", new { advanceSeconds = (decimal)by.TotalSeconds });

    public Task SetClock(DateTimeOffset now) => Post("_/clock", new { now });

    public async Task<DateTimeOffset> Now() => (await Get<JsonNode>("_/clock"))["now"]!.GetValue<DateTimeOffset>();

    /// <param name="fault">Members vendor, pathPattern, kind and so on.</param>
    public Task AddFault(object fault) => Post("_/faults", fault);

    public Task ClearFaults() => Delete("_/faults");

    /// <param name="stage"><c>before</c> it is carried out, or <c>after</c> that and before its answer.</param>
    public Task SetGate(string? vendor, string pathPattern, int after = 0, string stage = "before") =>
        Post("_/gate", new { vendor, pathPattern, after, stage });

    /// <summary>Waits until the gate holds a request.</summary>
    /// <exception cref="TimeoutException">No request came within <paramref name="patience"/> (30 s).</exception>
    public async Task GateHolds(TimeSpan? patience = null)
    {
        var watch = Stopwatch.StartNew();
        while (!(await Get<JsonNode>("_/gate"))["held"]!.GetValue<bool>())
        {
            if (watch.Elapsed > (patience ?? TimeSpan.FromSeconds(30)))
                throw new TimeoutException("The gate holds no request.");
            await Task.Delay(50);
        }
    }

    public Task ReleaseGate() => Post("_/gate/release", new { });

    public async Task<T> Get<T>(string path) => await _http.GetFromJsonAsync<T>(path, Json)
        ?? throw new InvalidOperationException($"{path} answered null.");

    /// <summary>The answer's JSON; null where there is no body.</summary>
    public async Task<JsonNode?> Post(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, Json);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task Delete(string path)
    {
        using var answer = await _http.DeleteAsync(path);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
