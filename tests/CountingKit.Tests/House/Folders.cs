using System.Text.RegularExpressions;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.House;

/// <summary>
/// Who leans on whom, drawn from the code: a folder uses those before it and none after it. Where an earlier one must make
/// something happen in a later one, it says so by an event or a port of its own.
/// </summary>
public sealed class Folders
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(BuiltPaths.Tests, "..", "src"));

    /// <summary>Those of one step may lean on each other only in the first, which is the ground of all.</summary>
    private static readonly string[][] Product =
    [
        ["EventSourcing", "Messaging", "Vault"], ["Datasets"], ["Mirror"], ["Connections", "Spreadsheets"], ["Exporters"],
        ["Runs"], ["Schedules"], ["History"], ["Workspaces"], ["Audit", "Settings"],
    ];

    private static readonly string[][] Portal = [["Hosting", "Security"], ["Features"]];

    public static TheoryData<string, string[][]> Orders => new()
    {
        { "CountingKit", Product },
        { "CountingKit.Web", Portal },
    };

    [Theory, MemberData(nameof(Orders))]
    public void No_arrow_runs_back(string project, string[][] order)
    {
        var folders = Directory.GetDirectories(Path.Combine(Source, project))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj"]).ToList();
        var types = folders.ToDictionary(folder => folder, folder => Declared(project, folder));

        var back =
            from folder in folders
            from file in Files(project, folder)
            let code = File.ReadAllText(file)
            from other in folders
            where other != folder && LeansOn(code, project, other, types[other])
            where RunsBack(order, folder, other)
            select $"{folder} → {other} in {Path.GetRelativePath(Source, file)}";

        folders.Should().BeEquivalentTo(order.SelectMany(step => step), "a new folder has its place in the order");
        string.Join('\n', back).Should().BeEmpty();
    }

    [Theory]
    [InlineData("using CountingKit.Runs;", true)]
    [InlineData("using static CountingKit.Runs.Run;", true)]
    [InlineData("var state = Runs.Run.Decider;", true)]
    [InlineData("var state = CountingKit.Runs.Run.Decider;", true)]
    [InlineData("if (page.Runs.Run == 1) return;", false)]
    [InlineData("using CountingKit.RunsAndMore;", false)]
    public void An_arrow_is_seen_however_it_is_written(string code, bool isOne) =>
        LeansOn(code, "CountingKit", "Runs", ["Run"]).Should().Be(isOne);

    [Fact]
    public void What_a_folder_declares_is_found_whatever_it_is() => Declared("CountingKit", "Mirror")
        .Should().Contain(["SourceRecord", "SourceProblem", "IMirror", "Segment", "Sync", "SegmentAdded", "MirrorCodes"]);

    private static bool RunsBack(string[][] order, string from, string to)
    {
        var (here, there) = (StepOf(order, from), StepOf(order, to));
        return there > here || (there == here && here > 0);
    }

    private static int StepOf(string[][] order, string folder) => Array.FindIndex(order, step => step.Contains(folder));

    /// <summary>By a using, or by a name that begins with the folder's.</summary>
    private static bool LeansOn(string code, string project, string folder, IReadOnlyList<string> types) =>
        Regex.IsMatch(code, $@"^using (static )?{Regex.Escape(project)}\.{folder}\b", RegexOptions.Multiline)
        || types.Any(type => Regex.IsMatch(code, $@"(?<![\w.])({Regex.Escape(project)}\.)?{folder}\.{type}\b"));

    private static List<string> Declared(string project, string folder) => [.. Files(project, folder)
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"^(public|internal) [\w ]*?(class|record( struct| class)?|interface|enum|struct) (?<name>\w+)", RegexOptions.Multiline))
        .Select(match => match.Groups["name"].Value).Distinct()];

    private static IEnumerable<string> Files(string project, string folder) =>
        Directory.EnumerateFiles(Path.Combine(Source, project, folder), "*.cs", SearchOption.AllDirectories);
}
