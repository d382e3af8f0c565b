namespace CountingKit.EventSourcing;

/// <summary>
/// Something that happened, in the business's words and the past tense. For ever: no secrets, no names, no amounts of
/// customers; people stand in events by member id only.
/// </summary>
public interface IEvent;
