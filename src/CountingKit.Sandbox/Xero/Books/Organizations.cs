using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>The organizations and their books.</summary>
internal sealed class Organizations(XeroState state, FurtherBooks further, TimeProvider clock)
{
    /// <summary>At the very first start: the first organization has all the invoices, the others fewer.</summary>
    public void MakeFirst(int organizations, int invoices)
    {
        if (All().Count > 0) return;
        state.File.Transact(session =>
        {
            for (var ordinal = 1; ordinal <= organizations; ordinal++)
            {
                var organization = Organization.Standard(ordinal);
                var share = ordinal == 1 ? invoices : invoices / (2 + ordinal % 5) + ordinal;
                Store(session, organization, organization.Describe(clock.GetUtcNow()), share, bytes: 0);
            }
        });
    }

    /// <param name="told">Its record in Xero's shape, kept as given; null: one is made.</param>
    /// <exception cref="ArgumentException">This tenant is there already.</exception>
    public Organization Add(string? tenantId, string? name, JsonObject? told, int invoices, int bytes) =>
        state.File.Transact(session =>
        {
            var ordinal = (int)session.Number("SELECT coalesce(max(ordinal), 0) + 1 FROM organizations");
            var standard = Organization.Standard(ordinal);
            var organization = new Organization(ordinal,
                (tenantId ?? told?["OrganisationID"]?.GetValue<string>() ?? standard.TenantId).ToLowerInvariant(),
                name ?? told?["Name"]?.GetValue<string>() ?? standard.Name);
            if (session.Number("SELECT count(*) FROM organizations WHERE tenant_id = $1", organization.TenantId) > 0)
                throw new ArgumentException($"Organization {organization.TenantId} is there already.");
            Store(session, organization, told ?? organization.Describe(clock.GetUtcNow()), invoices, bytes);
            return organization;
        });

    public IReadOnlyList<Organization> All()
    {
        using var session = state.File.Open();
        return session.Query("SELECT ordinal, tenant_id, name FROM organizations ORDER BY ordinal",
            row => new Organization(row.GetInt32(0), row.GetString(1), row.GetString(2)));
    }

    public Organization Of(string tenantId) => All().Single(organization => organization.TenantId == tenantId);

    public byte[] Json(string tenantId)
    {
        using var session = state.File.Open();
        return Encoding.UTF8.GetBytes(session.First("SELECT json FROM organizations WHERE tenant_id = $1",
            row => row.GetString(0), tenantId)!);
    }

    public long Count(string tenantId, string type)
    {
        using var session = state.File.Open();
        return session.Number(
            "SELECT count(*) FROM records WHERE tenant_id = $1 AND resource = 'Invoices' AND type = $2", tenantId, type);
    }

    /// <summary>More sales invoices, after the ones that are there.</summary>
    public IReadOnlyList<string> Generate(string tenantId, int count)
    {
        var organization = Of(tenantId);
        var there = (int)Count(tenantId, "ACCREC");
        var maker = new InvoiceMaker(organization, clock.GetUtcNow(), bytes: 0);
        List<Record> made = [.. Enumerable.Range(there + 1, count)
            .Select(ordinal => maker.Make(bill: false, ordinal, there + count))
            .Select(record => Now(JsonNode.Parse(record.Json)!.AsObject()))];
        return Put(tenantId, made);

        Record Now(JsonObject invoice)
        {
            Parts.Changed(invoice, clock.GetUtcNow(), withText: true);
            return Record.Given("Invoices", "InvoiceID", invoice);
        }
    }

    /// <summary>Adds, or replaces what has the same id.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<string> Put(string tenantId, IReadOnlyList<Record> records)
    {
        state.File.Transact(session =>
        {
            foreach (var record in records) record.Store(session, tenantId);
            further.Follow(session, tenantId, records.Where(record => record.Resource == "Invoices"));
        });
        state.BooksChanged();
        return [.. records.Select(record => record.Id)];
    }

    public bool Delete(string tenantId, string resource, string id)
    {
        var gone = state.File.Transact(session => session.Execute(
            "DELETE FROM records WHERE tenant_id = $1 AND resource = $2 AND id = $3", tenantId, resource, id) > 0);
        state.BooksChanged();
        return gone;
    }

    private void Store(
        SandboxSession session, Organization organization, JsonObject description, int invoices, int bytes)
    {
        var now = clock.GetUtcNow();
        var maker = new InvoiceMaker(organization, now, bytes);
        var bills = invoices / 4;
        session.Execute("INSERT INTO organizations VALUES ($1, $2, $3, $4)", organization.Ordinal,
            organization.TenantId, organization.Name, XeroJson.Text(description));
        session.Execute("INSERT INTO books VALUES ($1, $2, $3, 0)", organization.TenantId, invoices,
            now.ToUnixTimeMilliseconds());
        foreach (var record in AccountMaker.All(organization, now)
            .Concat(ContactMaker.All(organization, now))
            .Concat(Enumerable.Range(1, invoices).Select(i => maker.Make(bill: false, i, invoices)))
            .Concat(Enumerable.Range(1, bills).Select(i => maker.Make(bill: true, i, bills))))
        {
            record.Store(session, organization.TenantId);
        }
    }
}
