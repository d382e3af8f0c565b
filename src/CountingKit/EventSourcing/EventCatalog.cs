using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CountingKit.EventSourcing;

/// <summary>
/// Every event's stored name, written out, how it reads in the audit trail, and the steps from older shapes to today's. An unknown name or a shape that does
/// not fit is an error; who reads the whole log sets such an event aside.
/// </summary>
public sealed class EventCatalog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private readonly Dictionary<string, Type> types = [];
    private readonly Dictionary<Type, (string Name, Func<IEvent, AuditEntry> Audit)> events = [];
    private readonly Dictionary<string, (string To, Func<JsonObject, JsonObject> Step)> upcasts = [];

    /// <summary>All names ever stored: today's and those that are upcast.</summary>
    public IReadOnlySet<string> StoredNames => types.Keys.Concat(upcasts.Keys).ToFrozenSet();

    /// <param name="audit">Its line in the trail; no other event has the same action.</param>
    public EventCatalog Map<TEvent>(string storedName, Func<TEvent, AuditEntry> audit) where TEvent : IEvent
    {
        types.Add(storedName, typeof(TEvent));
        events.Add(typeof(TEvent), (storedName, @event => audit((TEvent)@event)));
        return this;
    }

    /// <summary>One step from an older stored shape to the next; steps chain.</summary>
    public EventCatalog Upcast(string from, string to, Func<JsonObject, JsonObject> step)
    {
        upcasts.Add(from, (to, step));
        return this;
    }

    public string NameOf(IEvent @event) => Of(@event).Name;

    public AuditEntry AuditOf(IEvent @event) => Of(@event).Audit(@event);

    public EventData Serialize(IEvent @event, EventMetadata metadata, Guid id) => new(
        id,
        NameOf(@event),
        JsonSerializer.SerializeToUtf8Bytes(@event, @event.GetType(), Json),
        JsonSerializer.SerializeToUtf8Bytes(metadata, Json));

    /// <summary>Which command appended an event, without reading the event itself.</summary>
    /// <exception cref="UnreadableEventException">The shape does not fit.</exception>
    public static Guid CommandOf(StoredEvent stored)
    {
        try
        {
            return Metadata(stored).CommandId;
        }
        catch (JsonException broken)
        {
            throw new UnreadableEventException(stored, StorageCodes.EventUnreadable, broken);
        }
    }

    /// <exception cref="UnreadableEventException">The name is unknown, or the shape does not fit.</exception>
    public RecordedEvent Deserialize(StoredEvent stored)
    {
        if (!types.ContainsKey(stored.Type) && !upcasts.ContainsKey(stored.Type))
            throw new UnreadableEventException(stored, StorageCodes.EventUnknown, null);
        try
        {
            return new RecordedEvent(Read(stored.Type, stored.Data), Metadata(stored), stored);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // Whatever a step from an older shape stumbles over: it is the stored bytes that do not fit.
            throw new UnreadableEventException(stored, StorageCodes.EventUnreadable, broken);
        }
    }

    private (string Name, Func<IEvent, AuditEntry> Audit) Of(IEvent @event) =>
        events.TryGetValue(@event.GetType(), out var known)
            ? known
            : throw new InvalidOperationException($"{@event.GetType().Name} is not in the catalog.");

    private static EventMetadata Metadata(StoredEvent stored) =>
        JsonSerializer.Deserialize<EventMetadata>(stored.Metadata.Span, Json) ?? throw new JsonException("An event has metadata.");

    /// <summary>The event that stands under a stored name; for samples kept of every name.</summary>
    /// <exception cref="JsonException">The shape does not fit.</exception>
    public IEvent Read(string storedName, ReadOnlyMemory<byte> data)
    {
        if (types.TryGetValue(storedName, out var type))
            return JsonSerializer.Deserialize(data.Span, type, Json) as IEvent ?? throw new JsonException("An event is a JSON object.");

        var json = JsonNode.Parse(data.Span) as JsonObject ?? throw new JsonException("An event is a JSON object.");
        var name = storedName;
        while (upcasts.TryGetValue(name, out var upcast)) (name, json) = (upcast.To, upcast.Step(json));
        return types.TryGetValue(name, out type)
            ? (IEvent)json.Deserialize(type, Json)!
            : throw new JsonException($"No event is stored as {name}.");
    }
}

/// <summary>An event read back.</summary>
public sealed record RecordedEvent(IEvent Event, EventMetadata Metadata, StoredEvent Stored)
{
    public Guid Id => Stored.Id;

    public Position Position => Stored.Position;

    /// <summary>UTC.</summary>
    public DateTimeOffset At => Stored.Created;
}

/// <summary>
/// A stored event that this version cannot read. A command that meets it in the stream it decides on is refused: what it
/// would decide without it may be wrong.
/// </summary>
/// <param name="why"><see cref="StorageCodes.EventUnknown"/> or <see cref="StorageCodes.EventUnreadable"/>.</param>
public sealed class UnreadableEventException(StoredEvent stored, ErrorCode why, Exception? inner) : RefusedException(
    why, $"{why.Title}: event {stored.Revision} of {stored.Stream} ({stored.Type}). {why.Advice}", inner);
