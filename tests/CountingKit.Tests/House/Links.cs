using System.Text.RegularExpressions;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.House;

/// <summary>The trails in the documents lead somewhere.</summary>
public sealed partial class Links
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(BuiltPaths.Tests, ".."));

    public static TheoryData<string> Documents => [.. Directory
        .EnumerateFiles(Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["node_modules", "bin", "obj", "data"]).Any())
        .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Documents))]
    public void Every_link_to_a_file_finds_it(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, document))!;
        var broken = Link().Matches(File.ReadAllText(Path.Combine(Root, document)))
            .Select(match => match.Groups["to"].Value.Split('#')[0])
            .Where(to => to.Length > 0 && !to.Contains("://", StringComparison.Ordinal))
            .Where(to => !Path.Exists(Path.Combine(folder, to)));

        broken.Should().BeEmpty();
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
