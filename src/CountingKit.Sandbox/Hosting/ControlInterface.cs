namespace CountingKit.Sandbox.Hosting;

/// <summary>The part of <c>/_/</c> that serves both stand-ins: journal, clock, faults, gate.</summary>
internal static class ControlInterface
{
    public static void MapControl(
        this IEndpointRouteBuilder routes, Journal journal, SandboxClock clock, Faults faults, Gate gate)
    {
        routes.MapGet("/_/journal", (long? after) => journal.Read(after ?? 0));
        routes.MapDelete("/_/journal", () => Done(journal.Empty));

        routes.MapGet("/_/clock", () => Now(clock));
        routes.MapPost("/_/clock", (ClockOrder order) => Set(clock, order));

        routes.MapGet("/_/faults", faults.List);
        routes.MapPost("/_/faults", (Fault fault) => Done(() => faults.Add(fault)));
        routes.MapDelete("/_/faults", () => Done(faults.Clear));

        routes.MapGet("/_/gate", gate.State);
        routes.MapPost("/_/gate", (GateOrder order) => Done(() => gate.Set(order)));
        routes.MapPost("/_/gate/release", () => Done(gate.Release));
    }

    /// <summary>204; an order that means nothing is 400 with the reason.</summary>
    public static IResult Done(Action action)
    {
        try
        {
            action();
            return Results.NoContent();
        }
        catch (ArgumentException e)
        {
            return Results.BadRequest(new { error = e.Message });
        }
    }

    private static IResult Set(SandboxClock clock, ClockOrder order)
    {
        if (order.Reset) clock.Reset();
        else if (order.Now is { } now) clock.Set(now);
        else if (order.AdvanceSeconds is { } seconds) clock.Advance(TimeSpan.FromSeconds((double)seconds));
        else return Results.BadRequest(new { error = "Say advanceSeconds, now or reset." });
        return Results.Ok(Now(clock));
    }

    private static object Now(SandboxClock clock) =>
        new { now = clock.GetUtcNow(), offsetSeconds = (decimal)clock.Offset.TotalSeconds };

    private sealed record ClockOrder(decimal? AdvanceSeconds, DateTimeOffset? Now, bool Reset = false);
}
