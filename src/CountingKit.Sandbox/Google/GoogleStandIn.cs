using System.Globalization;
using CountingKit.Sandbox.Google.Drive;
using CountingKit.Sandbox.Google.OAuth;
using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Google;

/// <summary>Stand-in for Google: consent, tokens, Sheets v4 and the part of Drive v3 that the portal uses.</summary>
internal sealed class GoogleStandIn
{
    private readonly GoogleState state;
    private readonly Consent consent;
    private readonly TokenEndpoint tokens;
    private readonly SheetsApi sheets;
    private readonly DriveApi drive;
    private readonly GoogleControl control;

    public GoogleStandIn(SandboxOptions options, SandboxPorts ports, SandboxClock clock)
    {
        state = new GoogleState(options.Data, options.Limits);
        var (access, files) = (new Access(state, clock), new Files(state, clock));
        var idTokens = new IdTokens(clock);
        consent = new Consent(state, options.Google, clock);
        tokens = new TokenEndpoint(state, options.Google, idTokens, clock);
        sheets = new SheetsApi(state, access, files, new Quotas(clock), ports.GoogleAddress);
        drive = new DriveApi(state, access, files, clock, ports.GoogleAddress);
        control = new GoogleControl(state, files, tokens, clock, ports.GoogleAddress);
    }

    /// <summary>The vendor's own addresses, on the Google port, behind <see cref="VendorTraffic"/>.</summary>
    public void Map(WebApplication site) => site.Run(async context =>
    {
        var request = await Incoming.Read(context);
        await Answered(request).Send(context.Response);
    });

    /// <summary>Addresses under <c>/_/google</c>, on the control port.</summary>
    public void MapControl(IEndpointRouteBuilder routes) => control.Map(routes);

    /// <summary>A refusal comes out of <see cref="GoogleState.Do"/>, so that it leaves nothing behind.</summary>
    private Answer Answered(Incoming request)
    {
        try
        {
            return state.Do(() => Route(request));
        }
        catch (GoogleError refused)
        {
            return Answer.Json(refused.ToJson(drive: request.Path[0] == "drive"), refused.Code);
        }
        catch (OAuthError refused)
        {
            return refused.ToAnswer();
        }
        catch (ConsentRefused refused)
        {
            return Answer.Html(ConsentPage.Refusal(refused.Code, refused.Message), 400);
        }
    }

    private Answer Route(Incoming request) => (request.Method, request.Path) switch
    {
        (_, ["v4", "spreadsheets", ..]) => sheets.Handle(request),
        (_, ["drive", "v3", ..]) => drive.Handle(request),
        ("GET", ["o", "oauth2", "v2", "auth"]) => consent.Show(request),
        ("POST", ["o", "oauth2", "v2", "auth"]) => consent.Decide(request),
        ("POST", ["token"]) => tokens.Token(request),
        ("POST", ["revoke"]) => tokens.Revoke(request),
        ("GET", ["oauth2", "v3", "certs"]) => Answer.Json(IdTokens.Certificates()),
        ("GET", ["spreadsheets", "d", var id, ..]) => Show(request, id),
        ("GET", []) => Answer.Html(SpreadsheetPage.Home(state.Files.All.Select(pair => pair.Value)
            .Where(file => file.MimeType == DriveFile.Spreadsheet && !file.Trashed))),
        _ => Answer.Html(SpreadsheetPage.Missing(), 404),
    };

    private Answer Show(Incoming request, string id) =>
        state.Files.Find(id) is { } file && state.Workbooks.Find(id) is { } workbook
            ? Answer.Html(SpreadsheetPage.Of(
                file, workbook, Number(request.Value("gid")), Number(request.Value("page")) ?? 1))
            : Answer.Html(SpreadsheetPage.Missing(), 404);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
