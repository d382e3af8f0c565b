namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>One person's link of one organization to one app. Times are milliseconds since 1970, UTC.</summary>
internal sealed record Connection(
    string Id, string TenantId, string TenantName, string EventId, long Created, long Updated);

internal sealed class Connections(XeroState state)
{
    public IReadOnlyList<Connection> Of(string clientId, string userId)
    {
        using var session = state.File.Open();
        return session.Query("""
            SELECT c.id, c.tenant_id, o.name, c.event_id, c.created, c.updated
            FROM connections c JOIN organizations o ON o.tenant_id = c.tenant_id
            WHERE c.client_id = $1 AND c.user_id = $2 ORDER BY c.id
            """,
            row => new Connection(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3),
                row.GetInt64(4), row.GetInt64(5)),
            clientId, userId);
    }

    public bool Reaches(string clientId, string userId, string tenantId)
    {
        using var session = state.File.Open();
        return session.Number(
            "SELECT count(*) FROM connections WHERE client_id = $1 AND user_id = $2 AND tenant_id = $3",
            clientId, userId, tenantId) > 0;
    }

    /// <returns>False: this person has no such connection to this app.</returns>
    public bool Delete(string clientId, string userId, string id) => state.File.Transact(session => session.Execute(
        "DELETE FROM connections WHERE client_id = $1 AND user_id = $2 AND id = $3", clientId, userId, id) > 0);

    /// <summary>Somebody removes the app in Xero's settings of that organization.</summary>
    public void DropOrganization(string tenantId) => state.File.Transact(session =>
        session.Execute("DELETE FROM connections WHERE tenant_id = $1", tenantId));
}
