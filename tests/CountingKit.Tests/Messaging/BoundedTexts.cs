using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Tests.Exporters;

namespace CountingKit.Tests.Messaging;

/// <summary>Whatever page or program sends a command, each text of it has a bound.</summary>
public sealed class BoundedTexts
{
    /// <summary>The one part of commands whose bounds are rules, with words for its form.</summary>
    private const string ByRules = nameof(CreateExporter.Configuration);

    [Fact]
    public void Each_text_of_each_command_is_refused_when_it_is_too_long()
    {
        var (taken, tried) = (new List<string>(), 0);
        foreach (var type in SampleCommand.Types)
        {
            var usual = Complaints(SampleCommand.Of(type, Guid.CreateVersion7()));
            foreach (var (text, command) in SampleCommand.TooLong(type).Where(each => !each.Text.StartsWith($"{ByRules}.", StringComparison.Ordinal)))
            {
                tried++;
                if (Complaints(command) <= usual) taken.Add($"{type.Name}: {text}");
            }
        }

        taken.Should().BeEmpty();
        tried.Should().BeGreaterThan(15);
    }

    [Fact]
    public void Each_text_of_a_configuration_is_refused_when_it_is_too_long()
    {
        var (plain, text) = (Configurations.Invoices, new string('x', 100_000));
        var tooLong = new Dictionary<string, ExporterConfiguration>
        {
            ["Name"] = plain with { Name = text },
            ["Dataset"] = plain with { Dataset = text },
            ["Columns.[].Key"] = plain with { Columns = [.. plain.Columns, new(text)] },
            ["Columns.[].Heading"] = plain with { Columns = [plain.Columns[0] with { Heading = text }, .. plain.Columns.Skip(1)] },
            ["Statuses.[]"] = plain with { Statuses = [text] },
            ["Sort.[].Column"] = plain with { Sort = [new(text, false)] },
            ["TabTitle"] = plain with { TabTitle = text },
        };

        tooLong.Keys.Should().BeEquivalentTo(
            SampleCommand.WaysToTexts(typeof(ExporterConfiguration)).Select(way => string.Join('.', way)));
        ConfigurationRules.Check(plain);
        foreach (var (place, configuration) in tooLong)
        {
            var check = () => ConfigurationRules.Check(configuration);
            check.Should().Throw<RefusedException>(place);
        }
    }

    /// <returns>How much the door finds wrong with the command's shape.</returns>
    private static int Complaints(IMessage command)
    {
        var found = new List<ValidationResult>();
        MessageShape.Check(command, found);
        return found.Count;
    }
}
