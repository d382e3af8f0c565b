using System.Text.Json.Nodes;
using CountingKit.EventSourcing;
using CountingKit.Runs;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.EventSourcing;

/// <summary>A sample of every name ever stored, as it stood in a log; they are never changed, only added to.</summary>
public sealed class StoredEvents
{
    private static readonly EventCatalog Catalog = CountingKitRegistration.Events();
    private static readonly EventMetadata Metadata = new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), Actor.System, Guid.CreateVersion7(), Guid.CreateVersion7(), []);

    public static TheoryData<string> Names => [.. Catalog.StoredNames.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_name_ever_stored_has_a_sample_that_can_be_read(string name)
    {
        var @event = Catalog.Read(name, await File.ReadAllBytesAsync(FileOf(name)));

        @event.Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_read_of_a_name_of_today_says_all_that_was_stored(string name)
    {
        var stored = await File.ReadAllBytesAsync(FileOf(name));
        var @event = Catalog.Read(name, stored);
        if (Catalog.NameOf(@event) != name) return; // An older shape: its upcast decides what becomes of each field.

        var again = Catalog.Serialize(@event, Metadata, Guid.CreateVersion7());

        JsonNode.Parse(again.Data.Span)!.ToJsonString().Should().Be(JsonNode.Parse(stored)!.ToJsonString());
    }

    [Fact]
    public void What_was_added_to_a_name_later_is_stored_where_it_is_known()
    {
        var synced = new SourcesSynced(Guid.Empty, [new(Guid.Empty, "Invoices", "Acme", [], null, "GBP")], 1);

        var stored = Catalog.Serialize(synced, Metadata, Guid.CreateVersion7());

        ((SourcesSynced)Catalog.Read("sources-synced.v1", stored.Data)).Sources[0].BaseCurrency.Should().Be("GBP");
    }

    [Fact]
    public void No_sample_is_left_without_its_name() =>
        Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension)
            .Should().BeEquivalentTo(Catalog.StoredNames, "a name that was stored once is in the log for ever");

    private static string Folder => Path.Combine(BuiltPaths.Tests, "CountingKit.Tests", "Stored");

    private static string FileOf(string name) => Path.Combine(Folder, $"{name}.json");
}
