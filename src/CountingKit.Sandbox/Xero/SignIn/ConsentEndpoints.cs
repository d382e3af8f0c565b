using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>The identity host's human side: sign in as somebody, choose an organization, allow or cancel.</summary>
internal sealed class ConsentEndpoints(
    Grants grants, Connections connections, Organizations organizations, XeroSwitches switches, AppCredentials app)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/identity/connect/authorize", Show);
        routes.MapPost("/identity/connect/authorize", (Delegate)Answer);
    }

    private IResult Show(HttpContext context)
    {
        var (request, error) = Read(name => Given(context.Request.Query[name]));
        return request is null ? ConsentPage.Refused(error!) : Page(request, Person.All[0], notice: null);
    }

    private async Task<IResult> Answer(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var (request, error) = Read(name => Given(form[name]));
        if (request is null) return ConsentPage.Refused(error!);

        var person = Person.All.FirstOrDefault(person => person.Id == form["person"]) ?? Person.All[0];
        RequestNote.Of(context).Account = person.Id;
        switch (form["answer"])
        {
            case "cancel":
                return Back(request, ("error", "access_denied"), ("state", request.State));

            case "allow":
                var chosen = Offered(person).FirstOrDefault(offer => offer.TenantId == form["organization"]);
                if (chosen is null)
                    return Page(request, person, $"Choose an organization that {person.Name} can connect.");
                var (code, scopes) = grants.Allow(request, person, chosen.TenantId);
                return Back(request, ("code", code), ("scope", string.Join(' ', scopes)), ("state", request.State),
                    ("session_state", DerivedId.Of(request.State)));

            default:
                return Page(request, person, notice: null);
        }
    }

    private (AuthorizeRequest?, AuthorizeError?) Read(Func<string, string?> parameter) =>
        AuthorizeRequest.Read(parameter, app, switches.Now.Premium);

    private IResult Page(AuthorizeRequest request, Person person, string? notice)
    {
        var connected = connections.Of(request.ClientId, person.Id).Select(link => link.TenantId).ToHashSet();
        return ConsentPage.Show(request, person, Offered(person), connected, notice);
    }

    private List<Organization> Offered(Person person) =>
        [.. organizations.All().Where(organization => person.MayConnect(organization.Ordinal))];

    private static IResult Back(AuthorizeRequest request, params (string Name, string Value)[] answer)
    {
        var query = string.Join('&', answer.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
        var joint = new Uri(request.RedirectUri).Query.Length > 0 ? '&' : '?';
        return Results.Redirect($"{request.RedirectUri}{joint}{query}");
    }

    private static string? Given(Microsoft.Extensions.Primitives.StringValues values) =>
        values.Count == 1 && values[0] is { Length: > 0 } value ? value : null;
}
