using CountingKit.Adapters.Mirror;
using CountingKit.Testing;

namespace CountingKit.Tests.Mirror;

/// <summary>What DuckDB remembers of its past must not grow for as long as the portal runs.</summary>
public sealed class LifeOfDuckDb
{
    /// <summary>What is known as long as an instance lives.</summary>
    private const string Mark = "CREATE TABLE of_this_life (number INT)";

    [Fact]
    public void It_begins_anew_after_many_connections_but_not_under_one_that_is_open()
    {
        using var mirror = new MirrorUnderTest();
        using (var open = mirror.DuckDb.Open())
        {
            open.Execute(Mark);
            for (var i = 0; i <= DuckDbInstance.LongestLife; i++) mirror.DuckDb.Open().Dispose();
            IsTheSameLife(mirror).Should().BeTrue("a connection is open");
        }

        IsTheSameLife(mirror).Should().BeFalse();
        mirror.OpenConnections.Should().Be(0);
    }

    [Fact]
    public void In_the_place_of_a_mirror_that_was_lost_it_spills_into_the_new_one()
    {
        using var folder = new TempFolder();
        using var mirror = new MirrorUnderTest(folder["mirror"]);
        mirror.DuckDb.Open().Dispose();
        Directory.Delete(folder["mirror"], recursive: true);
        Directory.CreateDirectory(folder["mirror"]);

        using var open = mirror.DuckDb.Open();

        using var command = open.CreateCommand();
        command.CommandText = "SELECT current_setting('temp_directory')";
        var spill = Directory.GetDirectories(Path.Combine(folder["mirror"], "spill")).Should().ContainSingle().Which;
        command.ExecuteScalar().Should().Be(spill);
    }

    [Fact]
    public async Task What_is_asked_before_and_after_has_the_same_answer()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, MirrorUnderTest.Invoice(1), MirrorUnderTest.Invoice(2));
        var before = await mirror.Rows(mirror.Projection("invoiceId"));
        using (var open = mirror.DuckDb.Open()) open.Execute(Mark);
        for (var i = 0; i <= DuckDbInstance.LongestLife; i++) mirror.DuckDb.Open().Dispose();

        var after = await mirror.Rows(mirror.Projection("invoiceId"));

        after.Should().BeEquivalentTo(before, options => options.WithStrictOrdering());
        IsTheSameLife(mirror).Should().BeFalse("otherwise nobody asked another one");
    }

    [Fact]
    public void A_connection_that_is_closed_twice_is_one_less()
    {
        using var mirror = new MirrorUnderTest();
        using var open = mirror.DuckDb.Open();
        var closed = mirror.DuckDb.Open();

        closed.Dispose();
        closed.Dispose();

        mirror.OpenConnections.Should().Be(1);
    }

    [Fact]
    public void After_its_end_it_does_not_begin_again()
    {
        using var mirror = new MirrorUnderTest();
        mirror.DuckDb.Open().Dispose();
        mirror.DuckDb.Dispose();

        mirror.Invoking(m => m.DuckDb.Open()).Should().Throw<ObjectDisposedException>();
    }

    private static bool IsTheSameLife(MirrorUnderTest mirror)
    {
        using var connection = mirror.DuckDb.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'of_this_life'";
        return (long)command.ExecuteScalar()! == 1;
    }
}
