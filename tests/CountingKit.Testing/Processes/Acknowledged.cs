using System.Globalization;
using System.Text;
using CountingKit.EventSourcing;

namespace CountingKit.Testing.Processes;

/// <summary>An event that its writer was told of: <c>stream revision position id</c> in one line.</summary>
public sealed record Acknowledged(string Stream, ulong Revision, ulong Position, Guid Id)
{
    /// <exception cref="FormatException">Not such a line.</exception>
    public static Acknowledged Parse(string line) => line.Split(' ') is [var stream, var revision, var position, var id]
        ? new(
            stream,
            ulong.Parse(revision, CultureInfo.InvariantCulture),
            ulong.Parse(position, CultureInfo.InvariantCulture),
            Guid.ParseExact(id, "N"))
        : throw new FormatException($"Not stream, revision, position and id: {line}");

    /// <summary>A line for each event of an append, UTF-8.</summary>
    internal static byte[] Lines(string stream, Appended appended, IReadOnlyList<EventData> events)
    {
        var text = new StringBuilder();
        for (var i = 0; i < events.Count; i++)
        {
            var behind = (ulong)(events.Count - 1 - i);
            text.Append(CultureInfo.InvariantCulture,
                $"{stream} {appended.Revision - behind} {appended.Position.Commit - behind} {events[i].Id:N}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
