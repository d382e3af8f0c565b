using Xunit.Abstractions;

[assembly: TestCollectionOrderer("CountingKit.Tests.SlowFirst", "CountingKit.Tests")]

namespace CountingKit.Tests;

/// <summary>
/// Classes that take long begin first: at the end they would have the machine to themselves. They bear the trait by which
/// <c>tests/run.sh fast</c> leaves them out.
/// </summary>
public sealed class SlowFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(IsSlow);

    /// <summary>A class is a collection, which bears its name.</summary>
    private static bool IsSlow(ITestCollection collection) =>
        typeof(SlowFirst).Assembly.GetType(collection.DisplayName.Split(' ')[^1]) is { } type
        && type.GetCustomAttributesData().Any(data =>
            data.AttributeType == typeof(TraitAttribute) && data.ConstructorArguments is [{ Value: "Speed" }, { Value: "Slow" }]);
}
