using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>Lists of records, and one record.</summary>
internal sealed class RecordReads(XeroState state, FurtherBooks further)
{
    public IResult List(Resource resource, string tenantId, HttpRequest request, DateTimeOffset now)
    {
        if (!resource.FromTheStart) further.Make(tenantId);
        var since = resource.TellsChanges ? ModifiedSince.Read(request) : null;
        var query = ListQuery.Read(resource, tenantId, request.Query, since);
        using var session = state.File.Open();
        var (records, count) = query.Run(session);
        return Envelope.Of(resource, query, records, count, now);
    }

    /// <summary>By id; an invoice also by its number, and the like.</summary>
    public IResult One(Resource resource, string tenantId, string id, IQueryCollection query, DateTimeOffset now)
    {
        if (!resource.FromTheStart) further.Make(tenantId);
        using var session = state.File.Open();
        var by = Guid.TryParse(id, out _) || resource.AlsoBy is null
            ? "id COLLATE NOCASE"
            : resource.Find(resource.AlsoBy).Sql;
        var record = session.First(
            $"SELECT json FROM records WHERE tenant_id = $1 AND resource = $2 AND {by} = $3",
            row => row.GetFieldValue<byte[]>(0), tenantId, resource.Name, id);
        return record is null
            ? Problem.NotFound()
            : Envelope.Of(resource.Name, RecordShape.Single(resource, record, query, now), now);
    }
}
