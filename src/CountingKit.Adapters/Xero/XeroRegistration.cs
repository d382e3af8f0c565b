using System.Net;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

public static class XeroRegistration
{
    /// <summary>Xero, by the settings of section <c>Xero</c>. Needs the vault and its keys.</summary>
    public static IServiceCollection AddXero(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorkLanes>();
        services.AddSingleton<IValidateOptions<XeroOptions>, XeroOptionsCheck>();
        services.AddOptions<XeroOptions>().Bind(configuration.GetSection(XeroOptions.Section)).ValidateOnStart();

        services.AddTransient<GetOnlyHandler>();
        Client(services, XeroWire.Accounting, AnswerLimit.OfData).AddHttpMessageHandler<GetOnlyHandler>();
        Client(services, XeroWire.Connections, AnswerLimit.OfAnythingElse);
        Client(services, XeroWire.Identity, AnswerLimit.OfAnythingElse);

        services.TryAddSingleton(XeroPatience.Usual);
        services.AddSingleton<BudgetStore>();
        services.AddSingleton<XeroBudget>();
        services.AddSingleton<XeroCallLog>();
        services.AddSingleton<XeroWire>();
        services.AddSingleton<XeroIdentity>();
        services.AddSingleton<XeroConnectionsApi>();
        services.AddSingleton<XeroGrantStore>();
        services.AddSingleton<XeroGrantLock>();
        services.AddSingleton<XeroGrants>();
        services.AddSingleton<XeroApi>();
        services.AddSingleton<PendingSignIns>();
        services.AddSingleton<XeroRefusal>();
        services.AddSingleton<XeroConsent>();
        services.AddSingleton<XeroDisconnect>();
        services.AddSingleton<IXeroSignIn, XeroSignIn>();
        services.AddSingleton<IXeroConnections, XeroConnections>();
        services.AddSingleton<IXeroDisconnect>(provider => provider.GetRequiredService<XeroDisconnect>());
        services.AddSingleton<IXeroUpkeep, XeroUpkeep>();
        services.AddSingleton<IAccountingSource, XeroSource>();
        return services;
    }

    /// <summary>
    /// No log of its own (it would hold addresses and headers), no cookies, no redirects (a token must not wander), and
    /// no limit of time: a call waits for its turn before its own limit begins.
    /// </summary>
    private static IHttpClientBuilder Client(IServiceCollection services, string name, long most) => services
        .AddHttpClient(name, client =>
        {
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.DefaultRequestHeaders.UserAgent.ParseAdd("CountingKit");
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        .AddHttpMessageHandler(() => new AnswerLimit(most))
        .RemoveAllLoggers();
}
