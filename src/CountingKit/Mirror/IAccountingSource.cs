using CountingKit.Datasets;

namespace CountingKit.Mirror;

/// <summary>The accounting system, read-only. Adapters: Xero.</summary>
public interface IAccountingSource
{
    /// <summary>
    /// Reads one resource, page by page in order, each page once. Every call passes the organization's budget. Memory holds
    /// the pages in flight (up to 4), never the resource; a page's records are only valid until the next page is asked for.
    /// </summary>
    /// <exception cref="SourceException">With the outcome decided: see <see cref="SourceProblem"/>.</exception>
    IAsyncEnumerable<SourcePage> ReadPages(Guid connectionId, SourceQuery query, CancellationToken ct);
}

/// <param name="Resource">As the source names it: <c>Invoices</c>.</param>
/// <param name="ModifiedSince">UTC: only records created or changed since; null = all.</param>
/// <param name="RunId">The run that the calls are logged for; null = none.</param>
/// <param name="Periods">Of a report: which ones are asked for, each on a page of its own; null = it is a list.</param>
public sealed record SourceQuery(
    string Resource, DateTimeOffset? ModifiedSince, Guid? RunId = null, IReadOnlyList<ReportPeriod>? Periods = null);

/// <param name="Number">From 1.</param>
/// <param name="PageCount">As far as is known so far; null = it is read in parts.</param>
/// <param name="ItemCount">Records that the source said there are in all; null = it did not say.</param>
/// <param name="SourceTime">
/// The source's own clock (envelope <c>DateTimeUTC</c>), UTC: the next watermark comes from page 1's. Null = nothing is
/// new, and the watermark stays.
/// </param>
public sealed record SourcePage(
    int Number, int? PageCount, long? ItemCount, DateTimeOffset? SourceTime, IReadOnlyList<SourceRecord> Records);

/// <param name="Key">The record's id, a GUID in lower case; of a report, its period.</param>
/// <param name="Updated">UTC, <c>UpdatedDateUTC</c>; null = the record has none.</param>
/// <param name="Json">The record's bytes as received, UTF-8.</param>
public readonly record struct SourceRecord(string Key, DateTimeOffset? Updated, ReadOnlyMemory<byte> Json);

/// <summary>What went wrong, by what must happen next.</summary>
public enum SourceProblem
{
    /// <summary>The sign-in is dead: a person must reconnect.</summary>
    SignInExpired,
    /// <summary>The organization is gone, or the person who signed in lost it.</summary>
    NoAccess,
    /// <summary>The sign-in works, but this resource is not permitted.</summary>
    PermissionMissing,
    /// <summary>The day's calls are used up: go on at <see cref="SourceException.RetryAt"/>.</summary>
    DayLimit,
    /// <summary>The source is down or answers nonsense, after retries.</summary>
    Unavailable,
    /// <summary>The app's own id or secret is wrong: an operator must mend the settings.</summary>
    Configuration,
    /// <summary>Our stored sign-in cannot be read: the keys are missing.</summary>
    KeysMissing,
}

/// <param name="code">Stable: CK-XERO-….</param>
/// <param name="message">For an accountant; no secrets, no raw answers.</param>
/// <param name="retryAt">UTC: when a limit of the source may be over; null = it is no limit.</param>
public sealed class SourceException(
    SourceProblem problem, string code, string message, DateTimeOffset? retryAt = null, Exception? inner = null)
    : Exception(message, inner)
{
    public SourceProblem Problem { get; } = problem;

    public string Code { get; } = code;

    public DateTimeOffset? RetryAt { get; } = retryAt;
}
