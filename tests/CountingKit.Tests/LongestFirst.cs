using System.Security.Cryptography;
using System.Text;
using CountingKit.Tests.EventSourcing;
using CountingKit.Tests.EventStoreDb;
using CountingKit.Tests.Mirror;
using Xunit.Abstractions;

[assembly: TestFramework("CountingKit.Testing.TestsInOrder", "CountingKit.Testing")]
[assembly: TestCollectionOrderer("CountingKit.Tests.LongestFirst", "CountingKit.Tests")]

namespace CountingKit.Tests;

/// <summary>
/// Classes that take half a minute or more begin first: at the end they would have the machine to themselves. The others are
/// mixed, the same way each time: of one folder many wait, and what waits leaves the processors to what computes.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(MemoryOfTheMirror), nameof(LongTexts), nameof(WorkInLanes), nameof(Histories), nameof(SilentReads),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(Place).ThenBy(Mixed, StringComparer.Ordinal);

    private static string Mixed(ITestCollection collection) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(collection.DisplayName)));

    /// <summary>A class is a collection, which bears its name.</summary>
    private static int Place(ITestCollection collection)
    {
        var place = Array.FindIndex(Longest, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
