using CountingKit.Web.Tests.Account;
using CountingKit.Web.Tests.Commands;
using CountingKit.Web.Tests.EndToEnd;
using CountingKit.Web.Tests.Runs;
using CountingKit.Web.Tests.Security;
using CountingKit.Web.Tests.Shell;
using Xunit.Abstractions;

[assembly: TestFramework("CountingKit.Testing.TestsInOrder", "CountingKit.Testing")]
[assembly: TestCollectionOrderer("CountingKit.Web.Tests.LongestFirst", "CountingKit.Web.Tests")]

namespace CountingKit.Web.Tests;

/// <summary>
/// Classes that take minutes, many of them waiting, begin first: at the end they would have the machine to themselves.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(KilledRunsAtAnyCall), nameof(KilledStagedRuns), nameof(KilledRuns), nameof(LostAnswers), nameof(StaleAttempt), nameof(YearOfRuns),
        nameof(SharedBudget), nameof(ExportedDatasets), nameof(TwoPortals), nameof(NodesAway), nameof(LostFiles), nameof(OddValues),
        nameof(VendorsThatLimit), nameof(KilledMove), nameof(OlderLog), nameof(LostMirror), nameof(GuessingPasswords), nameof(TwoAtOnce),
        nameof(ComposedPortals), nameof(MovedInstallation), nameof(StoreThatRefuses), nameof(RunsAndReplays), nameof(LargeOrganization),
        nameof(KilledChange), nameof(WithoutKeys), nameof(WrongSettings),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(Place);

    /// <summary>A class is a collection, which bears its name.</summary>
    private static int Place(ITestCollection collection)
    {
        var place = Array.FindIndex(Longest, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
