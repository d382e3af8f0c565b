using System.Text.RegularExpressions;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.EventSourcing;
using CountingKit.Testing.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests;

public sealed partial class RegistryOfCodes
{
    private static readonly ErrorCodes Registered = new(new ServiceCollection()
        .AddGoogleSheets(new ConfigurationBuilder().Build())
        .AddCountingKit(new WorkerOptions())
        .Select(service => service.ImplementationInstance).OfType<ErrorCodeList>());

    [Fact]
    public void Every_code_in_the_sources_is_registered_and_written_once_where_its_words_are()
    {
        var sources = Path.Combine(BuiltPaths.Tests, "..", "src");
        var written = Directory.EnumerateFiles(sources, "*.cs*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => (Code: match.Groups[1].Value, File: file)))
            .ToList();

        written.Should().HaveCountGreaterThan(80, "the sources were found");
        written.Select(literal => literal.Code).Should().OnlyHaveUniqueItems();
        written.Where(literal => Registered.Find(literal.Code) is null).Should().BeEmpty();
        written.Where(literal => !literal.File.EndsWith("Codes.cs", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Every_code_says_what_happened_and_what_to_do() => Registered.All.Should().OnlyContain(code =>
        code.Title.Length > 10 && !code.Title.EndsWith('.') && code.Advice.EndsWith('.'));

    [GeneratedRegex("\"(CK-[A-Z]+(?:-[A-Z]+)*-[0-9]+)\"")]
    private static partial Regex Literal();
}
