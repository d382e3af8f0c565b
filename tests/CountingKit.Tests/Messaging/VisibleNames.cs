using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Tests.Exporters;

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
    public void So_is_the_tab_of_a_replay(string unseen)
    {
        var check = () => ConfigurationRules.CheckTab(unseen);

        check.Should().Throw<RefusedException>().Which.Code.Should().Be("CK-EXPORTER-12");
    }

    private static bool IsName(string[] way) => Names.Contains(way.Last(part => part != "[]"));

    private static bool IsRefused(IMessage command)
    {
        var found = new List<ValidationResult>();
        MessageShape.Check(command, found);
        return found.Any(each => each.ErrorMessage == new VisibleAttribute().FormatErrorMessage(""));
    }
}
