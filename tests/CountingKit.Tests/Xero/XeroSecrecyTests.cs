using System.Text;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace CountingKit.Tests.Xero;

/// <summary>No token, code, cookie or secret in any log, exception or file outside the keys.</summary>
public sealed class XeroSecrecyTests
{
    [Fact]
    public async Task Secrets_are_in_no_log_no_exception_and_no_file()
    {
        using var folder = new TempFolder();
        await using var xero = await FakeXero.Start();
        var house = new XeroHouse(xero.Address, folder);
        List<string> texts = [];
        HashSet<string> secrets = [XeroHouse.ClientSecret, XeroHouse.Browser];
        await using (house)
        {
            xero.Grant("Acme Ltd");
            var started = await house.Start();
            secrets.Add(started.State);
            var outcome = await house.Answer(started.State, xero.Code);
            var connectionId = Guid.CreateVersion7();
            await house.SignIn.Attach(started.Id, connectionId, xero.Connections[0].tenantId, default);
            texts.AddRange([outcome.ToString()!, started.Id.ToString()]);

            await house.Expire();
            string[] echoes =
                ["nonsense {0}", """{{"Detail":"{0}","Message":"{0}","error":"{0}"}}""", """{{"access_token":"{0}"""];
            foreach (var echo in echoes)
            foreach (var status in new[] { 200, 400, 401, 403, 404, 500 })
            {
                xero.Before = async context =>
                {
                    var said = $"{context.Request.Headers.Authorization} {context.Items["body"]}";
                    await FakeXero.Json(context, string.Format(null, echo, said.Replace("\"", "")), status);
                    return true;
                };
                texts.Add((await Failing(() => house.Connections.ReadOrganization(connectionId, default))).ToString());
                texts.Add((await Failing(() => house.Disconnect.RemoveAtXero(connectionId, default))).ToString());
                var again = await house.Start();
                secrets.Add(again.State);
                texts.Add((await house.Answer(again.State, xero.Code)).ToString()!);
            }

            xero.Before = _ => Task.FromResult(false);
            xero.Accounting = async context =>
            {
                var said = context.Request.Headers.Authorization.ToString();
                await FakeXero.Json(context, $$"""{"Detail":"{{said}}"}""", 403);
            };
            texts.Add((await Failing(() => house.Connections.ReadOrganization(connectionId, default))).ToString());
            house.Logs.Lines.Should().NotBeEmpty("what was to be searched was written");
            texts.AddRange(house.Logs.Lines);
        }

        secrets.UnionWith(xero.Secrets);
        foreach (var request in xero.Requests.Where(r => r.Path == "/connect/token"))
            secrets.UnionWith(FakeXero.Form(request.Body)
                .Where(field => field.Key is "code" or "code_verifier" or "refresh_token")
                .Select(field => field.Value));
        foreach (var file in Directory.GetFiles(folder["vault"]))
            texts.Add(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));

        secrets.Should().HaveCountGreaterThan(10);
        foreach (var form in secrets.SelectMany(Forms))
            texts.Should().NotContain(text => text.Contains(form, StringComparison.Ordinal), "{0} is a secret", form);
    }

    private static IEnumerable<string> Forms(string secret) =>
    [
        secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
        WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(secret)),
    ];

    private static async Task<Exception> Failing(Func<Task> call)
    {
        try
        {
            await call();
            return new InvalidOperationException("It went well.");
        }
        catch (SourceException failed)
        {
            return failed;
        }
    }
}
