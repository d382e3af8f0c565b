using System.Text;
using System.Text.Json;
using CountingKit.Adapters.Mirror;
using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Testing;
using CountingKit.Tests.Mirror;
using Xunit.Abstractions;

namespace CountingKit.Tests.Xero;

/// <summary>
/// Xero's published answers of Organisation and connections, read in place from the folder that COUNTINGKIT_XERO_EXAMPLES
/// names; without it, answers written here with every field go the same way.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class AsReceived(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Tenant = "70784a63-d24b-46a9-a4db-0e70a274b056";
    private static readonly string? Folder = Environment.GetEnvironmentVariable("COUNTINGKIT_XERO_EXAMPLES") is { Length: > 0 } f ? f : null;

    private readonly TempFolder folder = new();
    private FakeXero xero = null!;
    private XeroHouse house = null!;

    public static TheoryData<string> Organizations => new(Folder is null ? ["here"] : ["here", "organisation.json"]);

    public static TheoryData<string> Connections => new(
        Folder is null ? ["here"] : ["here", "identity.connections.json", "handwritten/connections.two-orgs.json"]);

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Organizations))]
    public async Task Every_leaf_of_the_organization_but_its_api_key_is_stored_byte_for_byte(string file)
    {
        var answer = Answer(file, Organisation);
        using var document = JsonDocument.Parse(answer);
        var record = document.RootElement.GetProperty("Organisations")[0];

        var stored = await Stored("Organisation", (await Read(answer)).Received);

        using var read = JsonDocument.Parse(stored);
        Examples.Leaves(read.RootElement, "").Should()
            .Equal(Examples.Leaves(record, "").Where(leaf => !leaf.StartsWith(".APIKey ", StringComparison.Ordinal)))
            .And.HaveCountGreaterThan(20);
        Encoding.UTF8.GetString(stored).Should().NotContain("APIKey").And.NotContain(record.GetProperty("APIKey").GetString());
        foreach (var member in record.EnumerateObject().Where(member => member.Name != "APIKey"))
            Encoding.UTF8.GetString(stored).Should().Contain(member.Value.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Organizations))]
    public async Task The_facts_of_the_organization_are_those_written_here_by_hand(string file)
    {
        var organization = await Read(Answer(file, Organisation));

        organization.Should().BeEquivalentTo(
            file == "here"
                ? new
                {
                    TenantId = new Guid(Tenant), Name = "Ō & Sons", LegalName = "Ō & Sons Limited", CountryCode = "GB",
                    BaseCurrency = "GBP", FinancialYearEndDay = 5, FinancialYearEndMonth = 4, TimeZone = "GMTSTANDARDTIME",
                    Edition = "BUSINESS", Plan = "DEMO", Status = "ACTIVE", ShortCode = "!23eYt", IsDemo = true,
                }
                : new
                {
                    TenantId = new Guid("b2c885a9-4bb9-4a00-9b6e-6c2bf60b1a2b"),
                    Name = "Dev Evangelist - Sid Test 3 (NZ-2016-02)",
                    LegalName = "Dev Evangelist - Sid Test 3 (NZ-2016-02)", CountryCode = "NZ", BaseCurrency = "NZD",
                    FinancialYearEndDay = 31, FinancialYearEndMonth = 3, TimeZone = "NEWZEALANDSTANDARDTIME",
                    Edition = "BUSINESS", Plan = "PREMIUM", Status = "ACTIVE", ShortCode = "!mBdtL", IsDemo = false,
                });
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task Every_leaf_of_a_connection_is_stored_byte_for_byte(string file)
    {
        var answer = Answer(file, Connection);
        using var document = JsonDocument.Parse(answer);
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var tenant = entry.GetProperty("tenantId").GetGuid();
            var connectionId = await house.Connect(xero);
            await using (var vault = house.Vault())
            {
                var row = await vault.XeroTenants.FindAsync(connectionId);
                row!.TenantId = tenant;
                await vault.SaveChangesAsync();
            }

            xero.Before = async context =>
            {
                if (context.Request.Path != "/connections") return false;
                await FakeXero.Json(context, Encoding.UTF8.GetString(answer));
                return true;
            };

            var page = await house.Connections.ReadConnection(connectionId, default);

            page!.Records.Single().Key.Should().Be(entry.GetProperty("id").GetString());
            Encoding.UTF8.GetString(await Stored("Connections", page)).Should().Be(entry.GetRawText());
            xero.Before = _ => Task.FromResult(false);
            xero.Connections.Clear();
        }
    }

    [Theory]
    [InlineData("""{"APIKey":"k","a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1 , "APIKey" : "k" , "b":[{"APIKey":2}]}""", """{"a":1 , "b":[{"APIKey":2}]}""")]
    [InlineData("""{"a":1,"APIKey":{"x":[1]}}""", """{"a":1}""")]
    [InlineData("""{ "APIKey":null }""", "{  }")]
    [InlineData("""{"APIKey":"k","APIKey":"l"}""", "{}")]
    [InlineData("""{"a":1,"\u0041PIKey":"k"}""", """{"a":1}""")]
    [InlineData("""{"\ud800":1,"APIKey":"k"}""", """{"\ud800":1}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    public void The_key_is_cut_out_and_nothing_else(string record, string without) =>
        Encoding.UTF8.GetString(SecretMember.LeftOut(Encoding.UTF8.GetBytes(record), "APIKey").Span).Should().Be(without);

    private async Task<XeroOrganization> Read(byte[] answer)
    {
        xero.Accounting = context => FakeXero.Json(context, Encoding.UTF8.GetString(answer));
        return await house.Connections.ReadOrganization(await house.Connect(xero), default);
    }

    /// <summary>What the mirror holds of the only record after the page was staged.</summary>
    private static async Task<byte[]> Stored(string resource, SourcePage page)
    {
        using var mirror = new MirrorUnderTest();
        var source = new Source(Guid.CreateVersion7(), resource);
        var staged = await mirror.Mirror.Stage(source, [], 1, true, Pages(page), default);
        (await mirror.Mirror.Stage(source, [staged.Segment!], 2, true, Pages(page), default)).Segment.Should().BeNull();
        return SegmentReader.Read(mirror.Files("segment").Single()).Single().Json.ToArray();
    }

    private static async IAsyncEnumerable<SourcePage> Pages(SourcePage page)
    {
        await Task.Yield();
        yield return page;
    }

    private byte[] Answer(string file, string here)
    {
        output.WriteLine(Folder is null
            ? "COUNTINGKIT_XERO_EXAMPLES is not set: an answer written here stands for Xero's published examples."
            : $"With {file}.");
        return file == "here" ? Encoding.UTF8.GetBytes(here) : File.ReadAllBytes(Path.Combine(Folder!, file));
    }

    private const string Organisation = $$"""
        {"Id":"1","Status":"OK","ProviderName":"CountingKit","DateTimeUTC":"\/Date(1772236800000)\/","Organisations":[
         {"OrganisationID":"{{Tenant}}","APIKey":"NOT-TO-BE-KEPT-77","Name":"Ō & Sons","LegalName":"Ō & Sons Limited",
          "PaysTax":true,"Version":"UK","OrganisationType":"COMPANY","BaseCurrency":"GBP","CountryCode":"GB",
          "IsDemoCompany":true,"OrganisationStatus":"ACTIVE","RegistrationNumber":"01234567","EmployerIdentificationNumber":"",
          "TaxNumber":"GB 123 4567 89","FinancialYearEndDay":5,"FinancialYearEndMonth":"4","SalesTaxBasis":"ACCRUALS",
          "SalesTaxPeriod":"QUARTERLY","DefaultSalesTax":"Tax Exclusive","DefaultPurchasesTax":"Tax Inclusive",
          "PeriodLockDate":"\/Date(1767225600000+0000)\/","EndOfYearLockDate":"\/Date(1743811200000+0000)\/",
          "CreatedDateUTC":"\/Date(1455827393000)\/","Timezone":"GMTSTANDARDTIME","OrganisationEntityType":"COMPANY",
          "ShortCode":"!23eYt","Class":"DEMO","Edition":"BUSINESS","LineOfBusiness":"Bicycles 🚲",
          "Addresses":[{"AddressType":"POBOX","AddressLine1":"1 <b>High</b> St","City":"London","PostalCode":"00120",
            "Country":"","AttentionTo":null}],
          "Phones":[{"PhoneType":"DEFAULT","PhoneNumber":"7946 0000","PhoneAreaCode":"020","PhoneCountryCode":"+44"}],
          "ExternalLinks":[{"LinkType":"Website","Url":"https:\/\/example.com\/?a=1&b=2"}],
          "PaymentTerms":{"Bills":{"Day":15,"Type":"OFCURRENTMONTH"},"Sales":{"Day":20.0,"Type":"OFFOLLOWINGMONTH"} },
          "NewThing":{"deep":[[]]} }]}
        """;

    private const string Connection = $$"""
        [ {"id":"e1eede29-f875-4a5d-8470-17f6a29a88b1" , "authEventId":"894f5c8c-3938-416d-966e-8f28fa24d358",
           "tenantId":"{{Tenant}}","tenantType":"ORGANISATION","tenantName":"Ō & \"Sons\"",
           "createdDateUtc":"2026-10-01T09:00:00.5165400","updatedDateUtc":"2026-10-02T09:00:00.5187840","new":[null,1.50]} ]
        """;
}
