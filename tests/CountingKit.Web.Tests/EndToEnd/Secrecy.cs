using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// After the set-up by the one-time code, connecting, exporting, reconnecting and failing sign-ins, with logs at their most talkative: no secret that was
/// issued or typed stands in any file, line, page or address of the portal.
/// </summary>
public sealed class Secrecy(Secrecy.Lived lived) : IClassFixture<Secrecy.Lived>
{
    private Journey Journey => lived.Journey;

    [Fact]
    public void No_file_of_the_data_holds_a_secret()
    {
        var files = Directory.GetFiles(Journey.Portal.DataFolder, "*", SearchOption.AllDirectories);
        files.Should().NotBeEmpty();
        // Those without content are locks, which cannot be opened while the portal holds them.
        foreach (var file in files.Where(file => new FileInfo(file).Length > 0)) lived.Needles.In(Read(file)).Should().BeEmpty(file);
    }

    [Fact]
    public void What_the_portal_keeps_is_for_its_own_user_alone()
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        string[] places = [Journey.Portal.DataFolder, Journey.Portal.KeysFolder];
        var kept = places.SelectMany(place => Directory.EnumerateFileSystemEntries(place, "*", SearchOption.AllDirectories));

        kept.Should().HaveCountGreaterThan(5)
            .And.OnlyContain(path => (new FileInfo(path).UnixFileMode & others) == UnixFileMode.None);
        (new FileInfo(Journey.Portal.KeysFolder).UnixFileMode & others).Should().Be(UnixFileMode.None);
    }

    [Fact]
    public void No_line_of_the_log_holds_a_secret()
    {
        Journey.Portal.Output.Should().Contain("trce:", "the log is at its most talkative");
        var announced = lived.Announcement;
        var others = Journey.Portal.Output.Remove(announced.Index, announced.Length);

        lived.Needles.In(others).Should().BeEmpty();
        lived.Needles.In(announced.Value).Should().ContainSingle("it holds the owner's code and nothing else");
    }

    [Fact]
    public async Task No_event_holds_a_secret()
    {
        var events = await RunLog.All(Journey.Portal);
        events.Should().NotBeEmpty();
        foreach (var stored in events)
        {
            lived.Needles.In(stored.Data).Should().BeEmpty(stored.Type);
            lived.Needles.In(stored.Metadata).Should().BeEmpty(stored.Type);
        }
    }

    [Fact]
    public async Task No_page_holds_a_secret()
    {
        var (waiting, seen) = (new Queue<string>(["/"]), new HashSet<string> { "/" });
        while (waiting.TryDequeue(out var path))
        {
            var page = await Journey.Browser.Get(path);
            lived.Needles.In(page.Text).Should().BeEmpty(path);
            var links = page.Document.QuerySelectorAll("a[href^='/']")
                .Select(a => a.GetAttribute("href")!.Split('#')[0]);
            foreach (var to in links)
                if (seen.Count < 200 && seen.Add(to)) waiting.Enqueue(to);
        }

        seen.Should().Contain(path => path.StartsWith("/runs/", StringComparison.Ordinal)).And.Contain("/audit");
    }

    [Fact]
    public void No_address_that_the_portal_asks_for_or_sends_to_holds_a_secret()
    {
        // The way back from a vendor holds code and state by protocol, and the way there the state.
        var others = Journey.Visited.Where(a => !a.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal));
        foreach (var address in others)
        {
            var state = HttpUtility.ParseQueryString(address.Query)["state"];
            var text = address.Authority == Journey.Portal.Address.Authority || state is null
                ? address.AbsoluteUri
                : address.AbsoluteUri.Replace($"state={state}", "", StringComparison.Ordinal);
            lived.Needles.In(text).Should().BeEmpty(address.AbsolutePath);
        }

        lived.Taps.SelectMany(tap => tap.Addresses).Should().NotBeEmpty();
        foreach (var address in lived.Taps.SelectMany(tap => tap.Addresses))
            lived.Needles.In(address).Should().BeEmpty();
    }

    [Fact]
    public void No_page_of_the_set_up_repeats_a_code_or_a_password() =>
        lived.SetUp.Should().HaveCount(3).And.OnlyContain(text => lived.Needles.In(text).Count == 0);

    [Fact]
    public void The_search_finds_what_is_there()
    {
        var secret = lived.Secrets.First();
        var hidden = Convert.ToBase64String(Encoding.UTF8.GetBytes($"x {secret} y"));

        lived.Secrets.Should().HaveCountGreaterThan(15);
        lived.Needles.In($"before {secret} after").Should().ContainSingle();
        lived.Needles.In(hidden).Should().ContainSingle();
        lived.Needles.In("nothing").Should().BeEmpty();
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>A portal that has been through everything that issues or takes a secret.</summary>
    public sealed class Lived : IAsyncLifetime
    {
        private SandboxProcess sandbox = null!;

        public Journey Journey { get; private set; } = null!;

        public IReadOnlyList<VendorTap> Taps { get; private set; } = [];

        public IReadOnlyCollection<string> Secrets { get; private set; } = [];

        internal Needles Needles { get; private set; } = new([]);

        /// <summary>The console's line with the owner's code.</summary>
        public Match Announcement { get; private set; } = Match.Empty;

        /// <summary>The pages that the set-up answered before it succeeded.</summary>
        public List<string> SetUp { get; } = [];

        public async Task InitializeAsync()
        {
            sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=30");
            var (xero, google) = (new VendorTap(sandbox.Xero), new VendorTap(sandbox.Google));
            Taps = [xero, google];
            Journey = await Journey.Begin(
                sandbox,
                ("Portal__OwnerEmail", ""), ("Portal__OwnerPassword", ""),
                ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
                ("Xero__IdentityUrl", xero.Address), ("Xero__ApiUrl", xero.Address),
                ("Google__TokenUrl", $"{google.Address}/token"), ("Google__RevokeUrl", $"{google.Address}/revoke"),
                ("Google__SheetsUrl", $"{google.Address}/"), ("Google__DriveUrl", $"{google.Address}/"));
            var codes = await BecomeOwner();
            var sessions = Journey.Cookies.ToList();
            var exporter = await Journey.ToExporter();
            await Journey.Run(exporter);
            var key = await ServiceAccount(google.Address);
            await Reconnect();
            await sandbox.Control.Post("_/xero/tokens/expire", new { });
            await sandbox.Control.Post("_/google/tokens/expire", new { });
            await Journey.Run(exporter);
            var wrong = $"wrong {Guid.CreateVersion7():N}";
            await FailToSignIn(wrong);
            var changed = await ChangePassword();

            Secrets =
            [
                .. Journey.Portal.Secrets.All, .. xero.Secrets, .. google.Secrets, wrong, changed,
                .. codes, .. key, .. sessions, .. Journey.Cookies, .. Journey.Visited.SelectMany(Carried),
            ];
            Needles = new(Secrets);
        }

        public async Task DisposeAsync()
        {
            await Journey.DisposeAsync();
            foreach (var tap in Taps) await tap.DisposeAsync();
        }

        /// <summary>Code and state of an address.</summary>
        private static IEnumerable<string> Carried(Uri address)
        {
            var query = HttpUtility.ParseQueryString(address.Query);
            return new[] { query["code"], query["state"] }.OfType<string>().Where(value => value.Length >= 12);
        }

        /// <summary>By the code on the console, after a wrong one and after a right one with a password that is too short.</summary>
        /// <returns>Both codes in the ways in which they can be written.</returns>
        private async Task<IReadOnlyList<string>> BecomeOwner()
        {
            Announcement = Regex.Match(Journey.Portal.Output, "^.*one-time code[^:]*: (?<code>[A-Z0-9-]{39}).*$", RegexOptions.Multiline);
            var code = Announcement.Groups["code"].Value;
            var other = string.Join('-', code.Split('-').Reverse());
            await StartTwice();
            var page = await Journey.Browser.Get("/setup");
            SetUp.Add(page.Text);
            foreach (var (typed, password) in new[] { (other, Journey.Portal.Secrets.OwnerPassword), (code, "short one") })
            {
                page = await Answer(typed, password);
                page.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
                SetUp.Add(page.Text);
            }

            (await Answer(code, Journey.Portal.Secrets.OwnerPassword)).Location.Should().Be("/");
            string[] codes = [code, other];
            return [.. codes.SelectMany(c => new[] { c, c.Replace("-", "", StringComparison.Ordinal) })
                .SelectMany(c => new[] { c, c.ToLowerInvariant() })];

            Task<Page> Answer(string typed, string password) => Journey.Browser.Submit(
                page.Form(), ("Code", typed), ("Workspace", "Books"), ("Name", "Olivia"),
                ("Email", PortalSecrets.OwnerEmail), ("Password", password), ("Again", password));
        }

        /// <summary>By mistake, on the address that is in use: the first one's code stays good.</summary>
        private async Task StartTwice()
        {
            var (exit, said) = await Journey.Portal.Execute(("Logging__LogLevel__Microsoft.AspNetCore", "Warning"));
            exit.Should().Be(1);
            said.Should().Contain("Urls names an address that is already in use").And.NotContain("one-time code");
        }

        /// <returns>The new password.</returns>
        private async Task<string> ChangePassword()
        {
            var next = $"changed {Guid.CreateVersion7():N}";
            var page = await Journey.Browser.Get("/account/password");
            var answer = await Journey.Browser.Submit(
                page.Form("form[action='/account/password']"),
                ("Current", Journey.Portal.Secrets.OwnerPassword), ("Next", next), ("Again", next));
            answer.Status.Should().Be(HttpStatusCode.Redirect);
            return next;
        }

        /// <returns>The lines of its private key.</returns>
        private async Task<IReadOnlyList<string>> ServiceAccount(string address)
        {
            var key = (await sandbox.Control.Post("_/google/service-accounts", new { }))!.AsObject();
            key["token_uri"] = $"{address}/token";
            var connect = await Journey.Browser.Get("/spreadsheets/connect");
            await Journey.Follow(await Journey.Browser.Submit(
                connect.Form("form[action='/spreadsheets/service-account']"), ("Key", key.ToJsonString())));
            return [.. key["private_key"]!.GetValue<string>().Split('\n').Where(line => line.Length > 60)];
        }

        private async Task Reconnect()
        {
            var connections = JsonNode.Parse(await Journey.Api.GetStringAsync("api/v1/connections"))!.AsArray();
            var page = await Journey.Browser.Get($"/connections/{connections[0]!["id"]}/reconnect");
            var consent = await Journey.Follow(await Journey.Browser.Submit(page.Form("form[action$='/reconnect']")));
            await Journey.Follow(await Journey.Browser.Submit(consent.OwnForm(), ("answer", "allow")));
        }

        private async Task FailToSignIn(string password)
        {
            var page = await Journey.Browser.Get("/sign-in");
            var answer = await Journey.Browser.Submit(
                page.Form("form[action='/sign-in']"), ("Email", PortalSecrets.OwnerEmail), ("Password", password));
            answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        }
    }
}
