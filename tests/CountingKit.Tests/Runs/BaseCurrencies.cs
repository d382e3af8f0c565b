using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>A run whose rows show amounts in a base currency that nobody has asked Xero for yet.</summary>
public sealed class BaseCurrencies : IAsyncLifetime
{
    private readonly SyncHouse house = new();
    private int asked;

    public async Task InitializeAsync()
    {
        await house.Append(
            Connection.StreamOf(Acme), new OrganizationConnected(Acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));
        house.Describe = async (connection, _) =>
        {
            asked++;
            await house.Append(
                Connection.StreamOf(connection),
                new OrganizationDescribed(connection, "Acme Ltd", null, "GB", "GBP", 31, 3, null, null, null, false));
            return null;
        };
    }

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task It_is_asked_for_once()
    {
        await house.Rows(Started("total", "totalBase", "invoiceId"));
        await house.Rows(Started("total", "totalBase", "invoiceId"));

        asked.Should().Be(1);
    }

    [Fact]
    public async Task It_is_not_asked_for_where_no_column_needs_it()
    {
        await house.Rows(Started("total", "invoiceId"));

        asked.Should().Be(0);
    }

    [Fact]
    public async Task What_stands_in_the_way_ends_the_run_instead_of_leaving_amounts_blank()
    {
        house.Describe = (_, _) => Task.FromResult<SourceException?>(new(SourceProblem.NoAccess, "CK-XERO-ACCESS-01", "No access."));

        var rows = () => house.Rows(Started("totalBase", "invoiceId"));

        (await rows.Should().ThrowAsync<RunEndedException>()).WithMessage("No access.");
    }

    private static RunStarted Started(params string[] columns) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), 1, Invoices with { Columns = [.. columns.Select(key => new ExporterColumn(key))] },
        "sheet", Guid.CreateVersion7(), RunTrigger.Person, TimeProvider.System.GetUtcNow());
}
