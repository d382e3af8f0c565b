using System.Data.Common;
using CountingKit.Adapters.Database;
using CountingKit.EventSourcing;
using Microsoft.AspNetCore.Diagnostics;

namespace CountingKit.Web.Features.Errors;

/// <summary>What the portal stands on is away: nobody's mistake, and over again without anybody's help.</summary>
internal static class Outage
{
    /// <returns>Null = it is something else.</returns>
    public static ErrorCode? Of(Exception failure) => failure switch
    {
        EventStoreUnavailableException => StorageCodes.EventStoreAway,
        OutcomeUnknownException => StorageCodes.OutcomeUnknown,
        WrongExpectedRevisionException => StorageCodes.Overtaken,
        DbException database when DatabaseOutage.Is(database) => StorageCodes.DatabaseAway,
        { InnerException: { } inner } => Of(inner),
        _ => null,
    };

    /// <summary>The request failed by one, and its page is made now: nothing of it may ask the database again.</summary>
    public static bool IsShownBy(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>() is { Error: { } failure } && Of(failure) is not null;
}
