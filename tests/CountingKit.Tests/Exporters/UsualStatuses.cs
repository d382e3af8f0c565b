using CountingKit.Datasets;
using CountingKit.Exporters;
using CountingKit.Tests.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Exporters;

/// <summary>Who keeps to the statuses that count loses no record because Xero told its status in no way that is known.</summary>
public sealed class UsualStatuses
{
    [Theory]
    [InlineData("SUBMITTED AUTHORISED PAID", "PAID NEWLY-INVENTED  SUBMITTED", 3)]
    [InlineData("PAID AUTHORISED SUBMITTED", "PAID NEWLY-INVENTED  SUBMITTED", 3)]
    [InlineData("AUTHORISED PAID", "PAID NEWLY-INVENTED ", 4)]
    [InlineData("PAID", "PAID", 6)]
    [InlineData("", "PAID DRAFT NEWLY-INVENTED  VOIDED SUBMITTED DELETED", 0)]
    public async Task Of_what_is_not_chosen_beside_the_usual_ones_only_what_is_known_is_left_out(string chosen, string kept, long leftOut)
    {
        using var mirror = new MirrorUnderTest();
        string?[] statuses = ["PAID", "DRAFT", "NEWLY-INVENTED", null, "VOIDED", "SUBMITTED", "DELETED"];
        await mirror.Sync(full: true, [.. statuses.Select((status, i) => Invoice(
            i + 1, more: status is null ? "" : $",\"Status\":\"{status}\""))]);
        var configuration = new ExporterConfiguration(
            "Sales", "invoices", [mirror.Source.ConnectionId], [new("status")],
            chosen.Split(' ', StringSplitOptions.RemoveEmptyEntries), null, null, [], Guid.Empty, "Sales");

        var made = await mirror.Mirror.Project(
            mirror.Projection("status") with { Filters = configuration.RowFilters(), Sort = [new("invoiceNumber")] }, default);

        (await mirror.Rows(made.Snapshot)).Select(row => row[0].IsNull ? "" : row[0].AsText).Should().Equal(kept.Split(' '));
        made.LeftOut.Should().Be(leftOut);
    }

    [Fact]
    public void Each_dataset_with_unusual_statuses_has_usual_ones_too() =>
        DatasetCatalogue.All.Where(dataset => dataset.Statuses.Any(status => !status.IsUsual))
            .Should().OnlyContain(dataset => dataset.UsualStatuses.Count > 0);
}
