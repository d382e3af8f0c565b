using Xunit.Abstractions;

[assembly: TestFramework("CountingKit.Testing.TestsInOrder", "CountingKit.Testing")]
[assembly: TestCollectionOrderer("CountingKit.Browser.Tests.LongestFirst", "CountingKit.Browser.Tests")]

namespace CountingKit.Browser.Tests;

/// <summary>The class that takes as long as the others together begins first.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => !c.DisplayName.EndsWith($".{nameof(EveryPage)}", StringComparison.Ordinal));
}
