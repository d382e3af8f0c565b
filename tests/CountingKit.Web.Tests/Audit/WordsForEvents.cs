using System.Collections;
using System.Text.RegularExpressions;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Runs;

namespace CountingKit.Web.Tests.Audit;

public sealed partial class WordsForEvents
{
    private static readonly EventCatalog Catalog = CountingKitRegistration.Events();

    private static readonly IReadOnlyList<Type> Types = [.. typeof(IEvent).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IEvent)))];

    public static TheoryData<Type> Events => new(Types);

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_words_a_target_and_a_stored_name(Type type)
    {
        var @event = (IEvent)Make(type)!;

        var entry = Catalog.AuditOf(@event);

        entry.Action.Should().NotBeNullOrWhiteSpace();
        entry.TargetKind.Should().NotBeNullOrWhiteSpace();
        entry.TargetId.Should().NotBeEmpty();
        Catalog.NameOf(@event).Should().MatchRegex(@"^[a-z-]+\.v\d+$");
    }

    [Fact]
    public void No_two_events_have_the_same_words_so_each_choice_of_the_filter_is_there_once() =>
        Types.SelectMany(type => Entries(type).Select(entry => entry.Action).Distinct()).Should().OnlyHaveUniqueItems();

    [Theory]
    [MemberData(nameof(Events))]
    public void No_word_stands_twice_in_a_row(Type type) =>
        Words(type).Where(words => Twice().IsMatch(words)).Should().BeEmpty();

    [Fact]
    public void A_run_that_writes_although_one_was_stopped_says_so()
    {
        var run = ((RunQueued)Make(typeof(RunQueued))!) with
        {
            ReplayOf = null,
            LookedAt = null,
            WriteAnyway = false,
            Schedule = null,
        };
        var looked = new LookedAt(Guid.CreateVersion7(), RunCodes.WouldEmpty.Code, "hash");

        Catalog.AuditOf(run).Words.Should().Be("Started a run");
        Catalog.AuditOf(run with { LookedAt = looked }).Words.Should().Be("Started a run (Write anyway, CK-RUN-07)");
        Catalog.AuditOf(run with { ReplayOf = looked.RunId, LookedAt = looked }).Words
            .Should().Be("Started a replay (Write anyway, CK-RUN-07)");
        Catalog.AuditOf(run with { LookedAt = looked with { Code = RunCodes.ColumnsMove } }).Words
            .Should().Be("Started a run (Write to a new tab, CK-SHEET-07)");
        Catalog.AuditOf(run with { WriteAnyway = true }).Words.Should().Be("Started a run (Write anyway)");
    }

    [Fact]
    public void A_run_that_stopped_for_a_look_says_so()
    {
        var failed = ((RunFailed)Make(typeof(RunFailed))!) with { Code = RunCodes.WouldEmpty.Code, SheetUntouched = true };

        Catalog.AuditOf(failed).Words.Should().Be("Ended the run: failed (needs a look)");
        Catalog.AuditOf(failed with { Code = "CK-RUN-04" }).Words.Should().Be("Ended the run: failed");
    }

    [Fact]
    public void Each_step_of_disconnecting_says_which_it_is()
    {
        var lines = DisconnectSteps.All
            .Select(step => Catalog.AuditOf(new DisconnectStepTaken(Guid.CreateVersion7(), step))).ToList();

        lines.Select(line => line.Words).Should().OnlyHaveUniqueItems()
            .And.Contain("Took a step to disconnect the organization (its link to the sign-in is removed here)");
        lines.Select(line => line.Action).Distinct().Should().ContainSingle("it is one choice of the filter");
    }

    [Fact]
    public void An_event_that_is_not_mapped_is_an_error() =>
        FluentActions.Invoking(() => Catalog.AuditOf(new Wordless())).Should().Throw<InvalidOperationException>()
            .WithMessage("*Wordless*");

    /// <summary>An event's words, where what it says is false and where it is true: they may be the same.</summary>
    private static IEnumerable<string> Words(Type type) => Entries(type).Select(entry => entry.Words).Distinct();

    private static IEnumerable<AuditEntry> Entries(Type type) =>
        new[] { false, true }.Select(says => Catalog.AuditOf((IEvent)Make(type, says)!));

    private static object? Make(Type type, bool says = false)
    {
        if (type == typeof(bool) || type == typeof(bool?)) return says;
        if (Nullable.GetUnderlyingType(type) is not null) return null;
        if (type == typeof(Guid)) return Guid.CreateVersion7();
        if (type == typeof(string)) return "text";
        if (type.IsValueType) return Activator.CreateInstance(type);
        if (type.IsInterface && type.IsAssignableTo(typeof(IEnumerable))) return Empty(type);

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, says))]);
    }

    private static object Empty(Type list) => list.GetGenericArguments() switch
    {
        [var item] => Array.CreateInstance(item, 0),
        [var key, var value] => Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value))!,
        _ => throw new NotSupportedException(list.Name),
    };

    [GeneratedRegex(@"\b(\w+)\W+\1\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Twice();

    private sealed record Wordless : IEvent;
}
