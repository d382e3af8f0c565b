using CountingKit.Adapters.Mirror;

namespace CountingKit.Tests.Mirror;

/// <summary>What DuckDB remembers of its past must not grow for as long as the portal runs.</summary>
public sealed class LifeOfDuckDb
{
    [Fact]
    public void It_begins_anew_after_many_connections_but_not_under_one_that_is_open()
    {
        using var mirror = new MirrorUnderTest();
        using (var open = mirror.DuckDb.Open())
        {
            open.Execute("CREATE TABLE of_this_life (number INT)");
            for (var i = 0; i <= DuckDbInstance.LongestLife; i++) mirror.DuckDb.Open().Dispose();
            IsTheSameLife(mirror).Should().BeTrue("a connection is open");
        }

        IsTheSameLife(mirror).Should().BeFalse();
        mirror.OpenConnections.Should().Be(0);
    }

    [Fact]
    public async Task What_is_asked_before_and_after_has_the_same_answer()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, MirrorUnderTest.Invoice(1), MirrorUnderTest.Invoice(2));
        var before = await mirror.Rows(mirror.Projection("invoiceId"));
        for (var i = 0; i <= DuckDbInstance.LongestLife; i++) mirror.DuckDb.Open().Dispose();

        (await mirror.Rows(mirror.Projection("invoiceId"))).Should().BeEquivalentTo(before, options => options.WithStrictOrdering());
    }

    private static bool IsTheSameLife(MirrorUnderTest mirror)
    {
        using var connection = mirror.DuckDb.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'of_this_life'";
        return (long)command.ExecuteScalar()! == 1;
    }
}
