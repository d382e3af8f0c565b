using System.Globalization;
using CountingKit.Runs;

namespace CountingKit.Web.Features.Runs;

/// <param name="Running">Null = it does not run.</param>
public sealed record RunProgressPart(Guid RunId, RunningRun? Running);

/// <summary>What a run is doing, in words.</summary>
internal static class RunProgressWords
{
    private static readonly string[] OfRun = ["Read Xero", "Make the rows", "Compare and write", "Check"];
    private static readonly string[] OfReplay = ["Open the kept rows", "Compare and write", "Check"];

    /// <summary>All steps in their order, and which it is in, from 0.</summary>
    /// <returns>Null = it is in none that is known here.</returns>
    public static (IReadOnlyList<string> Titles, int Now)? Steps(RunningRun run)
    {
        var titles = run.IsReplay ? OfReplay : OfRun;
        var now = run switch
        {
            { Progress.IsChecking: true } => titles.Length - 1,
            { Step: RunListProjection.Reading or RunListProjection.Opening } => 0,
            { Step: RunListProjection.Making, IsReplay: false } => 1,
            { Step: RunListProjection.Comparing or RunListProjection.Writing } => titles.Length - 2,
            _ => -1,
        };
        return now < 0 ? null : (titles, now);
    }

    /// <summary>"600 of 1,200 records"; "600 records so far"; null = it reads nothing now.</summary>
    public static string? Records(RunProgress? progress) => progress?.Reading switch
    {
        null => null,
        { Share: not null, SoFar: { Records: var read, ItemCount: var all } } => string.Create(CultureInfo.InvariantCulture, $"{read:N0} of {all:N0} records"),
        { SoFar.Records: 1 } => "1 record so far",
        { SoFar.Records: var read } => string.Create(CultureInfo.InvariantCulture, $"{read:N0} records so far"),
    };

    /// <summary>"12,000 of 100,000 rows sent"; null = it sends no rows now that are counted.</summary>
    public static string? Sent(RunProgress? progress) => progress?.Sending is { } sending
        ? string.Create(CultureInfo.InvariantCulture, $"{sending.Rows:N0} of {sending.Of:N0} rows sent")
        : null;

    /// <summary>"600 of 1,200 records · page 6 of 12 · 8 calls to Xero · about 2 minutes of reading left".</summary>
    public static string Line(RunningRun run)
    {
        var reading = run.Progress?.Reading;
        return string.Join(" · ", new[]
        {
            Sent(run.Progress) is { } sent ? $"{sent}; the tab changes once all of them are there" : null,
            Records(run.Progress),
            reading?.PageCount is { } pages ? string.Create(CultureInfo.InvariantCulture, $"page {reading.SoFar.Pages:N0} of {pages:N0}") : null,
            run.IsReplay ? "Xero is not asked" : Calls(run.Calls),
            run.Left is { } left ? $"{Left(left)} of reading left" : null,
        }.OfType<string>());
    }

    /// <summary>Rounded, and never less than is meant.</summary>
    public static string Left(TimeSpan left) => Math.Ceiling(left.TotalMinutes) switch
    {
        _ when left < TimeSpan.FromMinutes(1) => "less than a minute",
        1 => "about 1 minute",
        < 60 and var minutes => string.Create(CultureInfo.InvariantCulture, $"about {minutes:N0} minutes"),
        _ when left <= TimeSpan.FromHours(1) => "about 1 hour",
        _ => string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(left.TotalHours):N0} hours"),
    };

    /// <summary>Whole percents, of which the last is only shown when all is there; null = it can't be told.</summary>
    public static int? Percent(RunProgress? progress) => progress switch
    {
        { Reading.Share: { } share } => (int)(share * 100),
        { Sending: { } sending } => (int)(100 * sending.Rows / sending.Of),
        _ => null,
    };

    /// <summary>For who listens rather than looks: changes a few times in a run.</summary>
    public static string Said(RunningRun run) => (Percent(run.Progress), run.Progress, run.Step) switch
    {
        (_, { Sending: not null }, _) => "Sending the rows.",
        ( >= 75, _, _) => "Reading from Xero: three quarters are done.",
        ( >= 50, _, _) => "Reading from Xero: half is done.",
        ( >= 25, _, _) => "Reading from Xero: a quarter is done.",
        (_, { IsChecking: true }, _) => "Checking what was written.",
        (_, _, { } step) => $"{step}.",
        _ => "",
    };

    /// <summary>"Reading from Xero: 600 of 1,200 records"; null = its row has no step.</summary>
    public static string? InLists(RunRow run, RunProgress? progress) => progress switch
    {
        { IsChecking: true } => "Checking what was written",
        { Reading: not null } when run.Step is not null => $"{run.Step}: {Records(progress)}",
        { Sending: not null } when run.Step is not null => $"{run.Step}: {Sent(progress)}",
        _ => run.Step,
    };

    /// <summary>The same beside a badge: "50% read"; null = there is nothing to tell.</summary>
    public static string? InRow(RunProgress? progress) => progress switch
    {
        null => null,
        { IsChecking: true } => "checking",
        { Sending: not null } => $"{Percent(progress)}% sent",
        { Reading.SoFar.Records: var read } when Percent(progress) is null => string.Create(CultureInfo.InvariantCulture, $"{read:N0} read"),
        _ => $"{Percent(progress)}% read",
    };

    private static string Calls(int calls) =>
        calls == 1 ? "1 call to Xero" : string.Create(CultureInfo.InvariantCulture, $"{calls:N0} calls to Xero");
}
