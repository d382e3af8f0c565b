using CountingKit.Web.Features.Audit;

namespace CountingKit.Web.Tests.Audit;

public sealed class DifferencesOfLists
{
    [Theory]
    [InlineData("ABCD", "ABCD", "", "", "")]
    [InlineData("", "AB", "AB", "", "")]
    [InlineData("AB", "", "", "AB", "")]
    [InlineData("ABCD", "AXCD", "X", "B", "")]
    [InlineData("ABCDE", "EABCD", "", "", "E")]
    [InlineData("ABCDE", "BCDEA", "", "", "A")]
    [InlineData("AB", "BA", "", "", "B")]
    [InlineData("ABCDEF", "AXDBCF", "X", "E", "D")]
    [InlineData("AAB", "ABA", "", "", "B")]
    [InlineData("AAB", "AB", "", "A", "")]
    public void What_came_what_went_and_what_moved(string before, string after, string added, string removed, string moved)
    {
        var difference = ListDifference.Of(Items(before), Items(after));

        string.Concat(difference.Added.Select(place => after[place])).Should().Be(added);
        string.Concat(difference.Removed.Select(place => before[place])).Should().Be(removed);
        string.Concat(difference.Moved.Select(place => after[place])).Should().Be(moved);
    }

    [Fact]
    public void No_fewer_moves_tell_the_new_order_and_what_is_told_makes_the_new_list()
    {
        var random = new Random(4711);
        for (var round = 0; round < 2_000; round++)
        {
            var (before, after) = (Any(random), Any(random));

            var difference = ListDifference.Of(before, after);

            var common = difference.Stayed.Count;
            common.Should().Be(before.GroupBy(item => item).Sum(same => Math.Min(same.Count(), after.Count(item => item == same.Key))));
            (difference.Added.Count, difference.Removed.Count).Should().Be((after.Count - common, before.Count - common));
            difference.Stayed.Select(place => before[place.Before]).Should().Equal(difference.Stayed.Select(place => after[place.After]));
            var unmoved = difference.Stayed.Where(place => !difference.Moved.Contains(place.After)).ToList();
            unmoved.Select(place => place.Before).Should().BeInAscendingOrder("what did not move stands as it stood");
            unmoved.Should().HaveCountGreaterThanOrEqualTo(LongestRise([.. difference.Stayed.Select(place => place.Before)]));
        }
    }

    /// <summary>By trying what is simplest.</summary>
    private static int LongestRise(int[] places)
    {
        var longest = new int[places.Length];
        for (var i = 0; i < places.Length; i++)
            longest[i] = 1 + Enumerable.Range(0, i).Where(j => places[j] < places[i]).Select(j => longest[j]).DefaultIfEmpty().Max();
        return longest.DefaultIfEmpty().Max();
    }

    private static List<string> Any(Random random) =>
        [.. Enumerable.Range(0, random.Next(9)).Select(_ => ((char)('A' + random.Next(7))).ToString())];

    private static string[] Items(string letters) => [.. letters.Select(letter => letter.ToString())];
}
