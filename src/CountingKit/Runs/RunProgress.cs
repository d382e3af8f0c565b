using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>How far a run is within a step, which no event tells.</summary>
/// <param name="Reading">Of the reading from Xero; null = it does not read, or has none yet.</param>
/// <param name="IsChecking">What it wrote is being read back.</param>
/// <param name="Sending">Of many rows on their way to Google; null = it sends none, or few.</param>
public sealed record RunProgress(RunReading? Reading = null, bool IsChecking = false, RunSending? Sending = null);

/// <summary>Rows, with the header, that are with Google, where nobody sees them until all are there.</summary>
public sealed record RunSending(long Rows, long Of);

/// <param name="SoFar">As of the page that came last.</param>
/// <param name="BeganAt">UTC.</param>
public sealed record RunReading(ReadSoFar SoFar, DateTime BeganAt)
{
    /// <summary>So few pages or so short a time tell nothing of the rest.</summary>
    private const int LeastPages = 3;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(5);

    /// <summary>From 0 to 1; null = nobody knows how many records there are.</summary>
    [JsonIgnore]
    public double? Share => SoFar is { ItemCount: > 0 and { } all, Records: var read } && read <= all ? (double)read / all : null;

    /// <summary>Null = of how many is not known.</summary>
    [JsonIgnore]
    public int? PageCount => Share is not null && SoFar.PageCount >= SoFar.Pages ? SoFar.PageCount : null;

    /// <summary>
    /// As fast as so far, and no faster than the limit of calls a minute allows. Null = it can't be told: too little was read, how
    /// much there is is not known, or what is left of the day's calls does not suffice.
    /// </summary>
    /// <param name="now">UTC.</param>
    /// <param name="callsLeft">Of the day; null = not known.</param>
    public TimeSpan? Left(DateTime now, int callsPerMinute, int? callsLeft)
    {
        var took = now - BeganAt;
        if (Share is not (> 0 and var share) || PageCount is not { } pages || SoFar.Pages < LeastPages || took < LeastTime) return null;
        var calls = pages - SoFar.Pages;
        if (callsLeft < calls) return null;
        var (asSoFar, atMost) = (took * ((1 - share) / share), TimeSpan.FromMinutes((double)calls / callsPerMinute));
        return asSoFar > atMost ? asSoFar : atMost;
    }
}

/// <summary>
/// Notes how far one attempt at a run is, about once a second at most. The run does not depend on it: what can't be noted is not.
/// </summary>
internal sealed class RunProgressNotes(WorkItem item, IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly WorkProgress progress = new(vault);
    private long? noted;
    private DateTime began;
    private bool isAgain;

    /// <summary>From here on it reads a source.</summary>
    public void Begin() => (began, isAgain) = (time.GetUtcNow().UtcDateTime, false);

    /// <summary>A source that is read once more is read from its start.</summary>
    public async Task Read(ReadSoFar soFar, CancellationToken ct)
    {
        if (soFar.Pages == 1 && isAgain) began = time.GetUtcNow().UtcDateTime;
        isAgain = true;
        if (noted is { } at && time.GetElapsedTime(at) < Pause) return;
        noted = time.GetTimestamp();
        await Note(new(new RunReading(soFar, began)), ct);
    }

    public Task Send(RunSending soFar, CancellationToken ct) => Note(new(Sending: soFar), ct);

    public Task Check(CancellationToken ct) => Note(new(IsChecking: true), ct);

    private async Task Note(RunProgress now, CancellationToken ct)
    {
        try
        {
            await progress.Tell(item, JsonSerializer.Serialize(now, JsonSerializerOptions.Web), ct);
        }
        catch (Exception away) when (away is DbException or DbUpdateException or IOException or TimeoutException)
        {
            // A vault that is away shows at the run's next step; until then the reading, which costs calls, goes on.
        }
    }

    /// <summary>How far runs are, by their ids; of one that nobody has at this moment, nothing.</summary>
    public static async Task<IReadOnlyDictionary<Guid, RunProgress>> Of(
        IDbContextFactory<VaultDb> vault, IReadOnlyCollection<Guid> runIds, CancellationToken ct) => (await Notes(vault, runIds, ct))
        .ToDictionary(note => note.Key, note => JsonSerializer.Deserialize<RunProgress>(note.Value, JsonSerializerOptions.Web)!);

    /// <summary>The same as it is kept: another text, another progress.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> Notes(
        IDbContextFactory<VaultDb> vault, IReadOnlyCollection<Guid> runIds, CancellationToken ct)
    {
        var keys = runIds.ToDictionary(RunReactor.KeyOf);
        var notes = await new WorkProgress(vault).Of(RunWorker.WorkKind, keys.Keys, ct);
        return notes.ToDictionary(note => keys[note.Key], note => note.Value);
    }
}
