using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>The organization's record as received, byte for byte, but for one member: its <c>APIKey</c> is a secret.</summary>
internal static class OrganisationRecord
{
    /// <exception cref="UnreadableRecordException">The answer is not as documented.</exception>
    public static SourcePage Of(ReadOnlyMemory<byte> answer, DateTimeOffset? header, DateTimeOffset now)
    {
        var envelope = Envelope.Read(answer, "Organisations", "OrganisationID");
        return new SourcePage(
            1, 1, envelope.Records.Count, XeroClock.Of(envelope.SourceTime, header, now),
            [.. envelope.Records.Select(record => record with { Json = SecretMember.LeftOut(record.Json, "APIKey") })]);
    }
}
