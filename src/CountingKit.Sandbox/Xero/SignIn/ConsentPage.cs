using System.Net;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>The consent page: plain forms, no script.</summary>
internal static class ConsentPage
{
    private const string Allow = """<button class="primary" name="answer" value="allow">Allow access</button>""";

    public static IResult Refused(AuthorizeError error) => HtmlPage.Answer(
        "Sorry, something went wrong",
        "Xero",
        $"""
        <p class="notice" role="alert">Error: {Text(error.Code)}</p>
        <p>{Text(error.Why)}</p>
        <p>Nothing was allowed. Go back to the app that sent you here.</p>
        """,
        StatusCodes.Status400BadRequest);

    public static IResult Show(
        AuthorizeRequest request, Person person, List<Organization> offered, HashSet<string> connected,
        string? notice) =>
        HtmlPage.Answer("CountingKit wants to access your Xero data", "Xero", $"""
            {(notice is null ? "" : $"<p class=\"notice\" role=\"alert\">{Text(notice)}</p>")}
            <form method="post" action="/identity/connect/authorize">
              {Hidden(request)}
              <div class="field">
                <label for="person">Signed in as</label>
                <select id="person" name="person">{string.Concat(Person.All.Select(each => Option(
                    each.Id, $"{each.Name} ({each.Email})", each == person)))}</select>
                <button name="answer" value="switch">Switch person</button>
              </div>
              {Organization(person, offered, connected)}
              <h2>This app will be able to</h2>
              <ul>{string.Concat(request.Scopes.Select(scope => $"<li>{Text(Scopes.Meaning(scope))}</li>"))}</ul>
              <p class="actions">
                {(offered.Count == 0 ? "" : Allow)}
                <button name="answer" value="cancel">Cancel</button>
              </p>
              <p class="small">You come back to {Text(new Uri(request.RedirectUri).Authority)}.</p>
            </form>
            """);

    private static string Organization(Person person, List<Organization> offered, HashSet<string> connected)
    {
        if (offered.Count == 0)
        {
            return $"""
                <p class="notice" role="alert">{Text(person.Name)} has no organization to connect: that takes Standard
                or Adviser access in Xero. Sign in as somebody else, or cancel.</p>
                """;
        }

        var options = offered.Select(organization => Option(
            organization.TenantId,
            organization.Name + (connected.Contains(organization.TenantId) ? " (connected: allow again)" : ""),
            selected: false));
        return $"""
            <div class="field">
              <label for="organization">Organization</label>
              <select id="organization" name="organization">{string.Concat(options)}</select>
            </div>
            """;
    }

    private static string Hidden(AuthorizeRequest request) => string.Concat(AuthorizeRequest.Parameters
        .Select(name => (Name: name, Value: name switch
        {
            "response_type" => "code",
            "client_id" => request.ClientId,
            "redirect_uri" => request.RedirectUri,
            "scope" => string.Join(' ', request.Scopes),
            "state" => request.State,
            "code_challenge" => request.CodeChallenge,
            _ => request.CodeChallenge is null ? null : "S256",
        }))
        .Where(field => field.Value is not null)
        .Select(field => $"<input type=\"hidden\" name=\"{field.Name}\" value=\"{Text(field.Value!)}\">"));

    private static string Option(string value, string text, bool selected) =>
        $"<option value=\"{Text(value)}\"{(selected ? " selected" : "")}>{Text(text)}</option>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
