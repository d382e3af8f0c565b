using System.ComponentModel.DataAnnotations;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Tests.Exporters;
using CountingKit.Tests.Runs;

namespace CountingKit.Tests.Messaging;

/// <summary>Whatever is named, a name without a visible character is refused.</summary>
public sealed class VisibleNames
{
    private const string ByRules = nameof(CreateExporter.Configuration);

    /// <summary>What names something, in commands and in the configuration that some of them carry.</summary>
    private static readonly string[] Names = ["Name", "Title", "Alias", "ClientCode", "Tags", "Tab", "TabTitle", "Heading"];

    /// <summary>Judged by the rule of tabs, when there is one at all.</summary>
    private static readonly string[] ByTheRuleOfTabs = [$"{nameof(ReplayExport)}.{nameof(ReplayExport.Tab)}"];

    public static TheoryData<string> Unseen => new() { "\u202E", "\u200B", "\u00AD", "\u2060\uFEFF", "\u200B \u200B", "\u3164" };

    [Theory, MemberData(nameof(Unseen))]
    public void Each_name_in_each_command_is_refused(string unseen)
    {
        var (taken, tried) = (new List<string>(), new List<string>());
        foreach (var type in SampleCommand.Types)
            foreach (var way in SampleCommand.WaysToTexts(type).Where(way => way[0] != ByRules && IsName(way)))
            {
                tried.Add($"{type.Name}.{string.Join('.', way)}");
                if (!IsRefused(SampleCommand.With(type, way, unseen))) taken.Add(tried[^1]);
            }

        taken.Should().BeEquivalentTo(ByTheRuleOfTabs);
        tried.Should().Contain("CreateSpreadsheet.Title").And.Contain("LabelConnection.Alias").And.Contain("LabelConnection.Tags.[]");
    }

    [Theory, MemberData(nameof(Unseen))]
    public void Each_name_in_a_configuration_is_refused(string unseen)
    {
        var plain = Configurations.Invoices;
        var named = new Dictionary<string, ExporterConfiguration>
        {
            ["Name"] = plain with { Name = unseen },
            ["Columns.[].Heading"] = plain with { Columns = [plain.Columns[0] with { Heading = unseen }, .. plain.Columns.Skip(1)] },
            ["TabTitle"] = plain with { TabTitle = unseen },
        };

        named.Keys.Should().BeEquivalentTo(
            SampleCommand.WaysToTexts(typeof(ExporterConfiguration)).Where(IsName).Select(way => string.Join('.', way)));
        foreach (var (place, configuration) in named)
        {
            var check = () => ConfigurationRules.Check(configuration);
            check.Should().Throw<RefusedException>(place);
        }
    }

    [Theory, MemberData(nameof(Unseen))]
    public async Task So_is_the_tab_of_a_replay(string unseen)
    {
        await using var house = new SyncHouse();
        var past = new RunStarted(
            Guid.CreateVersion7(), Guid.CreateVersion7(), 1, Configurations.Invoices, "sheet-1", Configurations.Book,
            RunTrigger.Person, DateTimeOffset.UnixEpoch);
        var rows = new Snapshot(new string('a', 64), Configurations.Acme, "invoices", [], 3, 100);
        await house.Append(Spreadsheet.StreamOf(Configurations.Book), new SpreadsheetConnected(
            Configurations.Book, Guid.CreateVersion7(), "sheet-1", "Books", "https://sheets/1", Created: false));
        await house.Append(Run.StreamOf(past.RunId), past, new ExportCompleted(
            past.RunId, past.ExporterId, rows, 7, "Invoices", null, 1, 1, 1, 1, null, "layout", []));

        var replay = () => house.Replay(new(Guid.CreateVersion7(), past.RunId, unseen));

        var refused = (await replay.Should().ThrowAsync<RefusedException>()).Which;
        refused.Code.Should().Be("CK-EXPORTER-12");
        refused.Message.Should().Contain("visible");
    }

    [Theory]
    [InlineData("Alias", "An alias needs at least one visible character.")]
    [InlineData("ClientCode", "A client code needs at least one visible character.")]
    [InlineData("Tags", "A tag needs at least one visible character.")]
    public void The_refusal_says_what_it_is(string name, string message)
    {
        var way = SampleCommand.WaysToTexts(typeof(LabelConnection)).Single(each => each[0] == name);

        Told(SampleCommand.With(typeof(LabelConnection), way, "\u200B")).Should().Contain(message);
    }

    private static bool IsName(string[] way) => Names.Contains(way.Last(part => part != "[]"));

    private static bool IsRefused(IMessage command) => Told(command).Any(
        told => told?.EndsWith(" needs at least one visible character.", StringComparison.Ordinal) == true);

    private static IEnumerable<string?> Told(IMessage command)
    {
        var found = new List<ValidationResult>();
        MessageShape.Check(command, found);
        return found.Select(each => each.ErrorMessage);
    }
}
