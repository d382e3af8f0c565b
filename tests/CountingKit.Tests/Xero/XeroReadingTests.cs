using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Testing;
using CountingKit.Vault;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Xero;

/// <summary>What each refusal of the Accounting API means, and what is asked of it.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroReadingTests : IAsyncLifetime
{
    private const string Organisation = """
        {"Id":"x","Status":"OK","Organisations":[{"OrganisationID":"70784a63-d24b-46a9-a4db-0e70a274b056",
        "APIKey":"KEY-77","Name":"Acme Ltd","LegalName":"Acme Limited","CountryCode":"NZ","BaseCurrency":"NZD",
        "FinancialYearEndDay":"31","FinancialYearEndMonth":3,"Timezone":"NEWZEALANDSTANDARDTIME","Edition":"BUSINESS",
        "Class":"BRANDNEW","ShortCode":"!x","OrganisationStatus":"ACTIVE","LineOfBusiness":"","IsDemoCompany":false,"Unheard":{"of":[1]}}]}
        """;

    private readonly TempFolder folder = new();
    private FakeXero xero = null!;
    private XeroHouse house = null!;
    private Guid connectionId;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
        connectionId = await house.Connect(xero);
        xero.Requests.Clear();
        xero.Accounting = context => FakeXero.Json(context, Organisation);
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_organization_is_read_without_its_api_key()
    {
        var organization = await Read();

        organization.Should().Match<XeroOrganization>(o =>
            o.Name == "Acme Ltd" && o.LegalName == "Acme Limited" && o.CountryCode == "NZ" && o.BaseCurrency == "NZD"
            && o.FinancialYearEndDay == 31 && o.FinancialYearEndMonth == 3 && o.Plan == "BRANDNEW"
            && o.ShortCode == "!x" && o.TimeZone == "NEWZEALANDSTANDARDTIME"
            && o.Status == "ACTIVE" && o.Edition == "BUSINESS" && !o.IsDemo);
        organization.ToString().Should().NotContain("KEY-77");
    }

    [Fact]
    public async Task A_person_who_waits_is_told_after_two_tries_of_seconds_that_Xero_is_silent()
    {
        using var elsewhere = new TempFolder();
        await using var hurried = new XeroHouse(xero.Address, elsewhere, patience: new XeroPatience(
            TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1), 5)
        {
            PersonsAttempt = TimeSpan.FromMilliseconds(200),
        });
        var connection = await hurried.Connect(xero);
        xero.Requests.Clear();
        xero.Accounting = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        var silent = await FluentActions.Awaiting(() => hurried.Connections.ReadOrganization(connection, default))
            .Should().ThrowAsync<SourceException>();

        (silent.Which.Problem, silent.Which.Code).Should().Be((SourceProblem.Unavailable, XeroCodes.Down.Code));
        xero.Requests.Count(request => request.Path.Contains("Organisation", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task A_name_that_turns_the_writing_direction_is_made_straight()
    {
        xero.Accounting = context => FakeXero.Json(
            context, Organisation.Replace("Acme Ltd", "\u202EAcme\u2066 Ltd", StringComparison.Ordinal));

        (await Read()).Name.Should().Be("Acme Ltd");
    }

    [Theory]
    [InlineData("""{"IsDemoCompany":"false","FinancialYearEndDay":"","FinancialYearEndMonth":null}""", false, null, null)]
    [InlineData("""{"IsDemoCompany":"True","FinancialYearEndDay":"31","FinancialYearEndMonth":3.0}""", true, 31, 3)]
    [InlineData("""{"IsDemoCompany":7,"FinancialYearEndDay":[],"FinancialYearEndMonth":"March"}""", false, null, null)]
    [InlineData("""{"IsDemoCompany":null,"ShortCode":77,"Class":{},"FinancialYearEndDay":-1}""", false, null, null)]
    public async Task An_odd_field_of_the_organization_is_no_value(string fields, bool isDemo, int? day, int? month)
    {
        const string id = "b2b1a9b5-8a2f-4d6c-9d30-0c3f5b1f2a11";
        xero.Accounting = context => FakeXero.Json(context,
            $$"""{{'\uFEFF'}}{"Organisations":[{"OrganisationID":"{{id}}","Name":1984,{{fields[1..]}}]}""");

        var organization = await Read();

        organization.Should().Match<XeroOrganization>(o => o.Name == "1984" && o.IsDemo == isDemo
            && o.FinancialYearEndDay == day && o.FinancialYearEndMonth == month);
    }

    [Fact]
    public async Task Each_call_names_organization_sign_in_and_JSON()
    {
        await Read();

        var request = xero.Requests.Single();
        request.ToString().Should().Be("GET /api.xro/2.0/Organisation");
        request.Headers.Should().Contain("Authorization", $"Bearer {xero.AccessToken}").And
            .Contain("Xero-Tenant-Id", xero.Connections[0].tenantId.ToString()).And
            .Contain("Accept", "application/json").And.Contain("Accept-Encoding", "gzip");
    }

    [Theory]
    [InlineData("""{"Type":null,"Title":"Unauthorized","Status":401,"Detail":"TokenExpired: token expired at 04/09/2023 05:16:59","Instance":"6489df60","Extensions":{}}""")]
    [InlineData("""{"title":"Unauthorized","status":401,"detail":"AuthenticationUnsuccessful","instance":"e3ec736b"}""")]
    public async Task A_token_that_is_no_longer_accepted_is_renewed_once(string body)
    {
        var old = xero.AccessToken;
        xero.Accounting = context => context.Request.Headers.Authorization == $"Bearer {old}"
            ? FakeXero.Json(context, body, 401)
            : FakeXero.Json(context, Organisation);

        (await Read()).Name.Should().Be("Acme Ltd");

        xero.Count("POST", "/connect/token").Should().Be(1);
    }

    [Fact]
    public async Task A_token_that_is_never_accepted_ends_after_one_renewal()
    {
        xero.Before = async context =>
        {
            if (context.Request.Path == "/connect/token") return false;
            await FakeXero.Json(context, """{"Detail":"TokenExpired"}""", 401);
            return true;
        };

        (await Failing()).Code.Should().Be("CK-XERO-AUTH-02");
        xero.Count("POST", "/connect/token").Should().Be(1);
    }

    [Theory]
    [InlineData(401, """{"Type":null,"Title":"Unauthorized","Status":401,"Detail":"AuthorizationUnsuccessful","Extensions":{}}""")]
    [InlineData(401, """{"error":"insufficient_scope"}""")]
    [InlineData(403, "You are not permitted to access this resource without the reporting role or higher privileges.")]
    public async Task A_permission_that_is_missing_is_told_as_that(int status, string body)
    {
        xero.Accounting = context => FakeXero.Json(context, body, status);

        (await Failing()).Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.PermissionMissing && e.Code == "CK-XERO-ACCESS-02");
        xero.Count("POST", "/connect/token").Should().Be(0);
    }

    [Theory]
    [InlineData("Bearer error=\"insufficient_scope\", scope=\"accounting.reports.aged.read\"", "", "permission accounting.reports.aged.read is missing (Aged Receivables")]
    [InlineData("", """{"Detail":"AuthorizationUnsuccessful: accounting.payments.read is required"}""", "permission accounting.payments.read is missing (Payments")]
    [InlineData("", """{"Detail":"AuthorizationUnsuccessful"}""", "lacks the role")]
    public async Task The_permission_that_a_refusal_wanted_is_told_by_name(string challenge, string body, string told)
    {
        xero.Accounting = context =>
        {
            if (challenge.Length > 0) context.Response.Headers.WWWAuthenticate = challenge;
            return FakeXero.Json(context, body, 401);
        };

        (await Failing()).Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.PermissionMissing && e.Message.Contains(told));
        xero.Count("POST", "/connect/token").Should().Be(0);
    }

    [Fact]
    public async Task A_permission_that_was_not_granted_is_told_by_name_though_Xero_names_none()
    {
        await using var db = house.Vault();
        await db.XeroGrants.ExecuteUpdateAsync(set => set.SetProperty(g => g.Scopes, "accounting.invoices.read"));
        xero.Accounting = context => FakeXero.Json(context, """{"Detail":"AuthorizationUnsuccessful"}""", 401);

        (await Failing()).Message.Should().Contain("permission accounting.settings.read is missing (Organization, accounts");
    }

    [Fact]
    public async Task A_token_that_the_list_of_connections_refuses_is_renewed_before_anything_is_concluded()
    {
        var old = xero.AccessToken;
        xero.Before = async context =>
        {
            if (context.Request.Path != "/connections" || context.Request.Headers.Authorization != $"Bearer {old}")
                return false;
            await FakeXero.Json(context, """{"Detail":"TokenExpired"}""", 401);
            return true;
        };
        xero.Accounting = context => FakeXero.Json(context, "not permitted", 403);

        (await Failing()).Problem.Should().Be(SourceProblem.PermissionMissing);
        xero.Count("POST", "/connect/token").Should().Be(1);
    }

    [Fact]
    public async Task The_entry_of_the_connection_is_read_with_a_renewed_token_where_the_old_one_is_refused()
    {
        xero.Issue(); // The stored token is none of Xero's any more,
        xero.RefreshToken = await Refresh(); // the refresh token is.

        (await house.Connections.ReadConnection(connectionId, default)).Should().NotBeNull();
        xero.Count("POST", "/connect/token").Should().Be(1);
    }

    [Fact]
    public async Task An_organization_that_Xero_lists_no_more_is_lost()
    {
        xero.Connections.Clear();
        xero.Accounting = context => FakeXero.Json(
            context, """{"Type":null,"Title":"Forbidden","Status":403,"Detail":"AuthenticationUnsuccessful"}""", 403);

        (await Failing()).Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.NoAccess && e.Code == "CK-XERO-ACCESS-01");
    }

    [Theory]
    [InlineData(500, "<html>oops</html>")]
    [InlineData(502, "")]
    [InlineData(503, """{"Detail":"The organisation is offline"}""")]
    public async Task Xero_down_is_asked_again_and_then_told(int status, string body)
    {
        xero.Accounting = context => FakeXero.Json(context, body, status);

        (await Failing()).Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.Unavailable && e.Code == "CK-XERO-DOWN-01" && !e.Message.Contains("oops"));
        xero.Count("GET", "/api.xro/2.0/Organisation").Should().Be(3);
    }

    [Fact]
    public async Task A_call_that_breaks_off_is_made_again()
    {
        var calls = 0;
        xero.Accounting = context =>
        {
            if (++calls > 1) return FakeXero.Json(context, Organisation);
            context.Abort();
            return Task.CompletedTask;
        };

        (await Read()).Name.Should().Be("Acme Ltd");

        await using var db = house.Vault();
        (await db.Calls.Where(c => c.TenantId != null).OrderBy(c => c.Id).Select(c => c.Status).ToListAsync())
            .Should().Equal(0, 200);
    }

    [Theory]
    [InlineData(400, """{"ErrorNumber":16,"Type":"QueryParseException","Message":"Unterminated string literal"}""")]
    [InlineData(405, "")]
    [InlineData(412, "")]
    [InlineData(501, "")]
    public async Task A_request_that_Xero_refuses_is_our_fault_and_not_repeated(int status, string body)
    {
        xero.Accounting = context => FakeXero.Json(context, body, status);

        (await Failing()).Code.Should().Be("CK-XERO-DOWN-03");
        xero.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"Organisations":[]}""")]
    [InlineData("""{"Organisations":[{"Name":"without an id"}]}""")]
    public async Task An_answer_that_makes_no_sense_is_told_as_that(string body)
    {
        xero.Accounting = context => FakeXero.Json(context, body);

        (await Failing()).Code.Should().Be("CK-XERO-DOWN-02");
    }

    [Fact]
    public async Task The_minutes_limit_is_waited_for_and_the_days_limit_is_told()
    {
        var calls = 0;
        xero.Accounting = context =>
        {
            calls++;
            if (calls == 1) return Limited(context, "minute", "0");
            return calls == 2 ? FakeXero.Json(context, Organisation) : Limited(context, "day", "34512");
        };
        await Read();
        calls.Should().Be(2);

        var before = TimeProvider.System.GetUtcNow();
        var limit = await Failing();

        limit.Problem.Should().Be(SourceProblem.DayLimit);
        limit.RetryAt.Should().BeCloseTo(before.AddSeconds(34_512), TimeSpan.FromSeconds(30));
        (await Failing()).Problem.Should().Be(SourceProblem.DayLimit);
        calls.Should().Be(3, "what is used up is not asked for");
    }

    [Fact]
    public async Task How_long_a_used_up_minute_lasts_is_known_and_a_connection_of_which_nothing_is_stored_has_none()
    {
        var before = await house.Connections.WaitOfMinute(connectionId, default);
        xero.Accounting = context =>
        {
            context.Response.Headers["X-MinLimit-Remaining"] = "0";
            return FakeXero.Json(context, Organisation);
        };
        await Read();

        before.Should().Be(TimeSpan.Zero);
        (await house.Connections.WaitOfMinute(connectionId, default)).Should()
            .BeCloseTo(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));
        (await house.Connections.WaitOfMinute(Guid.CreateVersion7(), default)).Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("minute")]
    public async Task A_limit_that_stays_is_asked_a_few_times_and_may_be_over_in_minutes(string? problem)
    {
        xero.Accounting = context => Limited(context, problem, problem is null ? null : "0");

        var limit = await Failing();

        limit.Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.Unavailable && e.Code == "CK-XERO-LIMIT-02");
        limit.RetryAt.Should().BeCloseTo(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeSpan.FromSeconds(30));
        xero.Count("GET", "/api.xro/2.0/Organisation").Should().Be(3);
    }

    [Fact]
    public async Task A_refusal_that_says_nothing_is_waited_for_longer_each_time()
    {
        var at = new List<long>();
        xero.Accounting = context =>
        {
            at.Add(TimeProvider.System.GetTimestamp());
            return at.Count < 3 ? Limited(context, null, null) : FakeXero.Json(context, Organisation);
        };
        using var apart = new TempFolder();
        await using var patient = new XeroHouse(xero.Address, apart, patience: new(
            TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(4), 3));
        var own = await patient.Connect(xero);

        await patient.Connections.ReadOrganization(own, default);

        TimeProvider.System.GetElapsedTime(at[0], at[1]).Should().BeGreaterThan(TimeSpan.FromSeconds(2));
        TimeProvider.System.GetElapsedTime(at[1], at[2]).Should().BeGreaterThan(TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("Daily", null, null, 60)]
    [InlineData("Daily", null, "1", 15)]
    [InlineData("day", "0", "1", 15)]
    [InlineData("day", "0", "0", 15)]
    [InlineData(null, "0", null, 60)]
    [InlineData("day", null, "99999999", 25 * 60)]
    [InlineData("DayLimit", null, "34512", 575.2)]
    public async Task A_days_limit_is_one_call_and_a_plausible_wait(
        string? problem, string? left, string? retryAfter, double minutes)
    {
        xero.Accounting = context =>
        {
            if (left is not null) context.Response.Headers["X-DayLimit-Remaining"] = left;
            return Limited(context, problem, retryAfter);
        };

        (await Failing()).Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.DayLimit && e.Code == "CK-XERO-LIMIT-01");

        var limit = await Failing();
        xero.Count("GET", "/api.xro/2.0/Organisation").Should().Be(1, "what is used up is not asked for");
        limit.RetryAt.Should().BeCloseTo(
            TimeProvider.System.GetUtcNow().AddMinutes(minutes), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Each_call_is_logged_with_its_path_without_query_and_counted()
    {
        await using var stopped = new XeroHouse(
            xero.Address, folder, new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await stopped.Connections.ReadOrganization(connectionId, default);
        await stopped.Connections.ReadOrganization(connectionId, default);

        await using var db = house.Vault();
        var call = await db.Calls.OrderBy(c => c.Id).LastAsync();
        call.Should().Match<CallRow>(c =>
            c.Vendor == "xero" && c.Method == "GET" && c.Path == "/api.xro/2.0/Organisation" && c.Status == 200
            && c.Bytes > 400 && c.TenantId == xero.Connections[0].tenantId);
        (await stopped.Connections.Usage(connectionId, default)).Should().Be(
            new XeroUsage(2, 1_000, null));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task The_accounting_client_sends_nothing_but_GET(string method)
    {
        var client = house.Get<IHttpClientFactory>().CreateClient(XeroWire.Accounting);
        var send = () => client.SendAsync(new HttpRequestMessage(new HttpMethod(method), xero.Address));

        await send.Should().ThrowAsync<InvalidOperationException>();
        xero.Requests.Should().BeEmpty();
    }

    private static Task Limited(HttpContext context, string? problem, string? retryAfter)
    {
        if (problem is not null) context.Response.Headers["X-Rate-Limit-Problem"] = problem;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        context.Response.StatusCode = 429;
        return Task.CompletedTask;
    }

    private async Task<string> Refresh()
    {
        await using var db = house.Vault();
        return house.Get<XeroGrantStore>().Open(await db.XeroGrants.SingleAsync()).Refresh;
    }

    private Task<XeroOrganization> Read() =>
        house.Connections.ReadOrganization(connectionId, default);

    private async Task<SourceException> Failing()
    {
        var read = () => Read();
        return (await read.Should().ThrowAsync<SourceException>()).Which;
    }
}
