using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>Names a connection as this workspace calls it. Empty = no name of its own.</summary>
/// <param name="Tags">Told apart without regard to case.</param>
/// <param name="Version">The version of the labels that these were made from; null = whichever it is now.</param>
[Asks(Permission.ManageExporters)]
public sealed record LabelConnection(
    Guid CommandId,
    Guid ConnectionId,
    [property: MaxLength(100), Visible("An alias")] string? Alias,
    [property: MaxLength(40), Visible("A client code")] string? ClientCode,
    [property: MaxLength(LabelConnection.MostTags), Each(LabelConnection.LongestTag), Visible("A tag")] IReadOnlyList<string> Tags,
    int? Version = null)
    : ICommand<Appended>, IConcernsConnection
{
    public const int MostTags = 20;
    public const int LongestTag = 40;
}

internal sealed class LabelConnectionHandler(Streams streams) : IRequestHandler<LabelConnection, Appended>
{
    public async Task<Appended> Handle(LabelConnection message, CancellationToken ct)
    {
        var labels = new ConnectionLabeled(
            message.ConnectionId, Text(message.Alias), Text(message.ClientCode),
            [.. message.Tags.Select(Text).OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);
        var done = await streams.Transact(
            Connection.StreamOf(message.ConnectionId), Connection.Decider,
            state => Connection.Label(state, labels, message.Version), ct);
        return done.Appended;
    }

    private static string? Text(string? typed) =>
        string.Join(' ', typed?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [])
            is { Length: > 0 } text
            ? text
            : null;
}

/// <summary>No text of the list is longer than this.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EachAttribute(int maxLength) : ValidationAttribute($"A tag has at most {maxLength} characters.")
{
    public int MaxLength { get; } = maxLength;

    public override bool IsValid(object? value) =>
        value is not IEnumerable<string> texts || texts.All(text => text.Length <= MaxLength);
}
