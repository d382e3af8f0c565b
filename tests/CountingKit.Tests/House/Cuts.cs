using System.Text.RegularExpressions;
using CountingKit.Messaging;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.House;

/// <summary>Texts are cut in one place, which never cuts a character in two.</summary>
public sealed partial class Cuts
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(BuiltPaths.Tests, "..", "src"));

    [Fact]
    public void No_text_is_cut_to_a_length_by_hand() => Directory
        .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj", "CountingKit.Sandbox"]).Any()
            && Path.GetFileName(file) != $"{nameof(PlainText)}.cs")
        .SelectMany(file => File.ReadLines(file).Where(line => ByHand().IsMatch(line))
            .Select(line => $"{Path.GetRelativePath(Source, file)}: {line.Trim()}"))
        .Should().BeEmpty("PlainText.Cut does it");

    [GeneratedRegex(@"\[\.\.\(?(Longest|Most|Max|Kept|Math\.Min|longest|most)\b|\bSubstring\(0, ")]
    private static partial Regex ByHand();
}
