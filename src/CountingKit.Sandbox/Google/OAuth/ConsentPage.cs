using System.Globalization;
using System.Text;
using CountingKit.Sandbox.Google.State;
using Microsoft.Extensions.Primitives;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary>The consent page: one form that works without JavaScript.</summary>
internal static class ConsentPage
{
    public static string Form(
        ConsentRequest asked, IReadOnlyDictionary<string, StringValues> parameters, List<Person> people,
            List<DriveFile> files,
        IReadOnlyList<string> unticked)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <main class="card">
            <h1>{Page.Encode(AppName(asked))} wants access to your Google Account</h1>
            <p class="soft">App id {Page.Encode(asked.ClientId)}. It will be answered at {Page.Encode(new Uri(asked.RedirectUri).GetLeftPart(UriPartial.Authority))}.</p>
            <form method="post" action="/o/oauth2/v2/auth">

            """);
        foreach (var name in ConsentRequest.Parameters)
            if (parameters.TryGetValue(name, out var values))
                html.Append(CultureInfo.InvariantCulture,
                    $"""<input type="hidden" name="{name}" value="{Page.Encode(values[^1])}">""").Append('\n');

        html.Append("""<label for="account">Account</label><select id="account" name="account">""");
        foreach (var person in people)
            html.Append(CultureInfo.InvariantCulture,
                $"""<option value="{Page.Encode(person.Email)}"{(person.Email == asked.LoginHint ? " selected" : "")}>{Page.Encode(person.Name)} ({Page.Encode(person.Email)})</option>""");
        html.Append("</select>\n<fieldset><legend>Select what the app can access</legend>\n");
        foreach (var scope in asked.Scopes)
            html.Append(CultureInfo.InvariantCulture,
                $"""<label><input type="checkbox" name="grant" value="{Page.Encode(scope)}"{(unticked.Contains(scope) ? "" : " checked")}> {Page.Encode(Scopes.Meaning(scope))}</label>""").Append('\n');
        html.Append("</fieldset>\n");
        if (asked.OnePick) Picker(html, asked, files);
        html.Append("""
            <div class="actions"><button name="decision" value="cancel">Cancel</button><button class="go" name="decision" value="allow">Allow</button></div>
            </form>
            </main>
            """);
        return Page.Of("Sign in: stand-in for Google", html.ToString(), "consent");
    }

    public static string Refusal(string code, string message) => Page.Of("Access blocked", $"""
        <main class="card">
        <h1>Access blocked: authorization error</h1>
        <p>{Page.Encode(message)}</p>
        <p class="soft">Error 400: {Page.Encode(code)}</p>
        </main>
        """, "refusal");

    private static void Picker(StringBuilder html, ConsentRequest asked, List<DriveFile> files)
    {
        html.Append("<fieldset><legend>Choose files from Drive</legend>\n");
        if (files.Count == 0) html.Append("""<p class="soft">There is no spreadsheet yet.</p>""");
        var preselected = (asked.PreselectedFiles ?? "").Split(',');
        foreach (var file in files)
            html.Append(CultureInfo.InvariantCulture,
                $"""<label><input type="{(asked.PickMany ? "checkbox" : "radio")}" name="picked" value="{Page.Encode(file.Id)}"{(preselected.Contains(file.Id) ? " checked" : "")}> {Page.Encode(file.Name)} <span class="soft">of {Page.Encode(file.Owner)}</span></label>""").Append('\n');
        html.Append("</fieldset>\n");
    }

    private static string AppName(ConsentRequest asked) => new Uri(asked.RedirectUri).Host;
}
