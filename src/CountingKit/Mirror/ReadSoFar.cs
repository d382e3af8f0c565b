using System.Runtime.CompilerServices;

namespace CountingKit.Mirror;

/// <summary>How far one reading of a source is.</summary>
/// <param name="Pages">How many came.</param>
/// <param name="PageCount">Of how many; null = the source did not say, or gives it in parts.</param>
/// <param name="Records">On them, one that came twice counted twice.</param>
/// <param name="ItemCount">Of how many; null = the source did not say.</param>
public sealed record ReadSoFar(int Pages, int? PageCount, long Records, long? ItemCount)
{
    /// <summary>The same pages; of each it is told once it was taken in.</summary>
    internal static async IAsyncEnumerable<SourcePage> Counted(
        IAsyncEnumerable<SourcePage> pages, Func<ReadSoFar, Task> told, [EnumeratorCancellation] CancellationToken ct)
    {
        long records = 0;
        await foreach (var page in pages.WithCancellation(ct))
        {
            records += page.Records.Count;
            var soFar = new ReadSoFar(page.Number, page.PageCount, records, page.ItemCount);
            yield return page;
            await told(soFar);
        }
    }
}
