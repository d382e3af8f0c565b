using CountingKit.Audit;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.EventSourcing;

/// <summary>What a new event takes: its record, and its line in the catalog.</summary>
public sealed class ANewEvent
{
    private sealed record ReturnFiled(Guid ReturnId, Guid ConnectionId, string Period, bool Late) : IEvent, IConcernsConnection;

    [Fact]
    public async Task Its_record_and_its_line_are_enough_to_store_it_and_to_tell_it()
    {
        using var folder = new TempFolder();
        await using var node = new PortalNode(folder);
        node.Catalog.Map<ReturnFiled>("return-filed.v1", e => new(
            "Filed the return", "return", e.ReturnId, e.Period, "filing", e.Late ? "late" : null));
        var (filed, organization) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await node.Append($"return-{filed}", new ReturnFiled(filed, organization, "Q2", Late: false));
        await node.Append($"return-{filed}", new ReturnFiled(filed, organization, "Q2", Late: true));
        await node.Project();
        await node.CatchUp();

        (await node.Log()).Select(e => e.Event).Should().AllBeOfType<ReturnFiled>();
        await using var db = node.ReadModels.Open();
        var lines = await db.Set<AuditRow>().OrderBy(row => row.Number).ToListAsync();
        lines.Select(line => line.Action).Should().Equal("Filed the return", "Filed the return (late)");
        lines.Should().AllSatisfy(line =>
        {
            (line.EventType, line.TargetKind, line.TargetId, line.TargetName).Should().Be(("return-filed.v1", "return", filed, "Q2"));
            line.ConnectionIds().Should().Equal(organization);
        });
        lines[1].Before.Should().Be(lines[0].After);
        (await db.Set<SetAsideRow>().CountAsync()).Should().Be(0);
    }
}
