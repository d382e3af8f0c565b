using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary><c>/o/oauth2/v2/auth</c>: shows the consent page, and carries out what the person answers.</summary>
internal sealed class Consent(GoogleState state, AppCredentials app, TimeProvider clock)
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    public Answer Show(Incoming request)
    {
        var asked = Read(request.Query);
        var people = state.People.All.Select(pair => pair.Value).ToList();
        return Answer.Html(ConsentPage.Form(
            asked, request.Query, people, Pickable(asked), state.Settings.UntickScopes));
    }

    public Answer Decide(Incoming request)
    {
        var form = request.Form();
        var asked = Read(form);
        var email = form.GetValueOrDefault("account").ToString();
        request.Note.Account = email;
        if (form.GetValueOrDefault("decision") != "allow") return Back(asked, ("error", "access_denied"));
        if (state.People.Find(email) is null) throw new ConsentRefused("invalid_request", "Choose an account.");
        var granted = asked.Scopes.Where(scope => form.GetValueOrDefault("grant").Contains(scope))
            .Except(state.Settings.UntickScopes).ToList();
        return granted.Count == 0 ? Back(asked, ("error", "access_denied")) : Allow(asked, email, granted, form);
    }

    private Answer Allow(
        ConsentRequest asked, string email, List<string> granted, Dictionary<string, StringValues> form)
    {
        var key = Grant.KeyOf(asked.ClientId, email);
        var before = state.Grants.Find(key);
        state.Grants.Put(key, new Grant(email, asked.ClientId, [.. granted.Union(before?.Scopes ?? [])]));
        var scopes = asked.IncludeGranted ? [.. granted.Union(before?.Scopes ?? [])] : granted;

        var code = Secrets.New("4/0A");
        state.Codes.Put(Secrets.KeyOf(code),
            new PendingCode(email, asked.ClientId, asked.RedirectUri, scopes, asked.Challenge,
            asked.ChallengeMethod, asked.Nonce, asked.Offline
                && (asked.PromptConsent || before is null), clock.GetUtcNow() + CodeLife));
        var picked = asked.OnePick ? Pick(asked, key, email, form.GetValueOrDefault("picked")) : null;
        return picked is null
            ? Back(asked, ("code", code), ("scope", string.Join(' ', scopes)))
            : Back(asked, ("code", code), ("scope", string.Join(' ', scopes)), ("picked_file_ids", picked));
    }

    /// <summary>Lets the app see what the person picked; files that they may not see are passed over.</summary>
    private string Pick(ConsentRequest asked, string grantKey, string email, StringValues ids)
    {
        var picked = ids.OfType<string>().Select(state.Files.Find).OfType<DriveFile>()
            .Where(file => file.RoleOf(email) is not null).Take(asked.PickMany ? int.MaxValue : 1).ToList();
        foreach (var file in picked) state.Files.Put(file.Id, file with { Apps = [.. file.Apps.Union([grantKey])] });
        return string.Join(',', picked.Select(file => file.Id));
    }

    private List<DriveFile> Pickable(ConsentRequest asked) => asked.OnePick
        ? [.. state.Files.All.Select(pair => pair.Value)
            .Where(file => !file.Trashed && file.MimeType == DriveFile.Spreadsheet)]
        : [];

    private static Answer Back(ConsentRequest asked, params (string Name, string Value)[] answer)
    {
        var location = asked.RedirectUri;
        if (asked.State is { } echo) location = QueryHelpers.AddQueryString(location, "state", echo);
        foreach (var (name, value) in answer) location = QueryHelpers.AddQueryString(location, name, value);
        return Answer.Redirect(location);
    }

    private ConsentRequest Read(IReadOnlyDictionary<string, StringValues> parameters)
    {
        var asked = ConsentRequest.Read(parameters);
        return app.AcceptsId(asked.ClientId) ? asked
            : throw new ConsentRefused("invalid_client", "The OAuth client was not found.");
    }
}
