using CountingKit.Adapters.Database;
using Npgsql;

namespace CountingKit.Tests.Database;

/// <summary>What a person at a command is told of a database that is away.</summary>
public sealed class WordsOfOutages
{
    [Fact]
    public void They_are_the_databases_own_in_one_line()
    {
        var away = new PostgresException("the database system is starting up", "FATAL", "FATAL", "57P03", detail: "Wait.");

        DatabaseOutage.Told(new InvalidOperationException("Try again.", away)).Should().Be(
            "A database did not answer (57P03: the database system is starting up).");
    }

    [Fact]
    public void Of_what_is_no_outage_there_are_none() =>
        DatabaseOutage.Told(new InvalidOperationException("A mistake.")).Should().BeNull();
}
